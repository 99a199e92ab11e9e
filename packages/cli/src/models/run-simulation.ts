import {
  readDuration,
  ScriptError,
  simulate,
  type CompiledModel,
  type JsonObject,
  type SimulationLine,
} from '@sutler/engine'
import { CommandError } from '../command-error.ts'
import { counted, painted, printable, type Terminal } from '../terminal.ts'
import { compiledSource } from './compiled-source.ts'
import type { ModelSource } from './model-source.ts'
import { simulationText, simulationTitle, type Before } from './simulation-text.ts'

/** One instance and what happens to it. */
export interface Scenario {
  readonly model: ModelSource
  /** JSON lines. */
  readonly script: { readonly file: string; readonly text: string }
  readonly call?: JsonObject
  readonly id?: string
}

/**
 * Plays a script (engine.md section 10) and prints each step when it is computed; for people, below the line of the script
 * that caused it.
 * @throws ModelSourceError, CommandError `script-unreadable` with the line
 */
export function runSimulation({ model, script, ...given }: Scenario, terminal: Terminal): void {
  const compiled = compiledSource(model)
  const told = new Transcript(compiled, terminal)
  try {
    for (const step of simulate(compiled, told.read(script.text.split('\n')), given)) told.step(step)
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    const message = error.message.replace(/^line (\d+): /, '$1: ')
    throw new CommandError(
      'script-unreadable',
      `${script.file}:${message}`,
      'Each line is like {"signal":"start"}, {"advance":"15m"}, {"task":"device.offer","result":{}} or {"child":"disk","done":{}}.',
      error,
    )
  }
  told.end()
}

/** What the terminal is told, in order. */
class Transcript {
  readonly #terminal: Terminal
  readonly #compiled: CompiledModel
  #steps = 0
  /** Steps since the last line of the script. */
  #since: number | null = null
  #clock = Date.UTC(2026, 0, 1)
  #before: Before
  #last: Pick<SimulationLine, 'states' | 'done'>

  constructor(compiled: CompiledModel, terminal: Terminal) {
    const { data = {}, shared = {}, initial } = compiled.model
    this.#compiled = compiled
    this.#terminal = terminal
    this.#before = { data, shared }
    this.#last = { states: [...initial].sort(), done: false }
  }

  /** The script's lines, each told when the simulation takes it. */
  *read(script: readonly string[]): Generator<string> {
    const { model, version, title } = this.#compiled.model
    this.#tell(painted('bold', printable([model, version, title].filter(Boolean).join(' '))))
    this.#tell(simulationTitle())
    for (const line of script) {
      this.#close()
      if (line.trim() !== '') {
        this.#tell(painted('cyan', printable(`> ${line.trim()}`)))
        this.#since = 0
        this.#advance(line)
      }
      yield line
    }
    this.#close()
  }

  step(step: SimulationLine): void {
    this.#steps += 1
    this.#since = (this.#since ?? 0) + 1
    this.#terminal.result(step, () => simulationText(step, this.#steps, this.#before))
    this.#before = step
    this.#last = step
  }

  end(): void {
    const { states, done } = this.#last
    const clock = new Date(this.#clock).toISOString().replace('.000', '')
    const now = `${states.join(' ')}${done ? ', done,' : ''} at ${clock}`
    this.#tell(painted('bold', printable(`${counted(this.#steps, 'step')}; now in ${now}`)))
  }

  #close(): void {
    if (this.#since === 0) this.#tell('      nothing happens')
    this.#since = null
  }

  #advance(line: string): void {
    const by = /^\s*\{\s*"advance"\s*:\s*"([^"]*)"\s*\}\s*$/.exec(line)?.[1]
    this.#clock += (by === undefined ? null : readDuration(by)) ?? 0
  }

  #tell(text: string): void {
    if (!this.#terminal.json) this.#terminal.result(null, () => text)
  }
}
