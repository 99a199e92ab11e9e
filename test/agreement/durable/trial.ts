import {
  compileModel,
  defaultLimits,
  type JsonObject,
  type Model,
  parseUrl,
  simulate,
  type SimulationLine,
} from '@sutler/engine'
import { type Command, Endless, NaiveSimulation } from '../naive/simulation.ts'
import { commandOf, type Draft, scriptLine } from '../random-scripts.ts'

/** One model and one script, and what the simulation says of them. */
export interface Trial {
  readonly model: Model
  /** One for each round; null where there is nothing to end. */
  readonly commands: readonly (Command | null)[]
  /** How many lines there were before each round. */
  readonly before: readonly number[]
  readonly lines: readonly SimulationLine[]
  /** External tasks that run at the same time, at most. */
  readonly tasks: number
}

export const call: JsonObject = { k: 3 }
/** Lines of one script; what makes more is left out. */
const longest = 150

/** Plays drafts so that what they mean is settled; null when a hub could not be told so, or not as fast. */
export function trialOf(model: Model, drafts: readonly Draft[]): Trial | null {
  const naive = new NaiveSimulation({ model, limits: defaultLimits, id: 'simulation', call }, longest)
  const player = new Player(model, naive)
  try {
    for (const draft of drafts) player.play(draft)
  } catch (error) {
    if (error instanceof Endless) return null
    throw error
  }
  if (player.calledAgain) return null
  return trialFor(model, player.commands, player.before, player.tasks)
}

function trialFor(model: Model, commands: Trial['commands'], before: Trial['before'], tasks: number): Trial {
  const script = commands.map((command) => (command === null ? '' : scriptLine(command)))
  const lines = [...simulate(compileModel(model), script, { call })]
  return { model, commands, before, lines, tasks }
}

/** A trial of a script that is written out. */
export function writtenTrial(model: Model, commands: readonly Command[]): Trial {
  const compiled = compileModel(model)
  const script = commands.map(scriptLine)
  const before = script.map((_, index) => [...simulate(compiled, script.slice(0, index), { call })].length)
  return trialFor(model, commands, before, 10)
}

class Player {
  readonly commands: (Command | null)[] = []
  readonly before: number[] = []
  tasks = 0
  /** A subinstance that has ended was called again: the script knows no more of it, the hub joins what has ended. */
  calledAgain = false
  #running = 0
  readonly #model: Model
  readonly #naive: NaiveSimulation
  readonly #ended = new Set<string>()
  /** Arguments by model and id. */
  readonly #called = new Map<string, JsonObject>()

  constructor(model: Model, naive: NaiveSimulation) {
    this.#model = model
    this.#naive = naive
  }

  play(draft: Draft): void {
    const { lines } = this.#naive
    const from = lines.length
    this.before.push(from)
    const command = this.#command(draft)
    this.commands.push(command)
    if (command === null) return
    this.#naive.play(command)
    for (const { url } of lines.slice(from).flatMap(({ calls }) => calls)) this.#call(url)
    // Those of an instance that is done run on.
    this.#running += lines.slice(from).flatMap(({ tasks }) => tasks).length - ('task' in command ? 1 : 0)
    this.tasks = Math.max(this.tasks, this.#running)
  }

  #command(draft: Draft): Command | null {
    const command = commandOf(draft, this.#model, this.#naive.situation)
    if (command === null || !('child' in command)) return command
    const { whom } = this.#naive.situation.children.find(({ as }) => as === command.child)!
    this.#ended.add(whom)
    if ('failed' in command.end) return { child: command.child, end: { failed: 'cancelled' } }
    // A puppet passes on what an expression can hold.
    const n = command.end.done['n'] === 1e300 ? 0 : (command.end.done['n'] ?? 0)
    return { child: command.child, end: { done: { ...this.#called.get(whom), n } } }
  }

  #call(url: string): void {
    const { model, id, args } = parseUrl(url)!
    const whom = `${model}/${id}`
    if (this.#ended.has(whom)) this.calledAgain = true
    if (!this.#called.has(whom)) this.#called.set(whom, args)
  }
}
