import type { CompiledModel } from '../compiled.ts'
import { isInstant } from '../durations.ts'
import { dueTimers, start } from '../instance.ts'
import { childEnded, take, taskEnded } from '../take.ts'
import type { Effect, Instance, Instant, JsonObject, Signal, StepRecord, Taken } from '../types.ts'
import { duplicateLine, isCall, isTask, lineOf, type SimulationLine } from './line.ts'
import { readScriptLine, ScriptError, type ScriptLine } from './script.ts'

export { ScriptError, type SimulationLine }

export interface SimulateOptions {
  /** The arguments of the call. */
  readonly call?: JsonObject
  /** The instance's id; `simulation` when absent. */
  readonly id?: string
}

/** 2026-01-01T00:00:00Z */
const beginning: Instant = Date.UTC(2026, 0, 1)
/** Signals due at one and the same instant; a model that delays by nothing for ever would never reach the next. */
const dueAtOnce = 10_000

/**
 * Runs one instance through a script (JSON lines) in virtual time and yields a line per step (section 10). Subinstances
 * and tasks do only what the script says. Throws ScriptError, lazily, for a line that cannot be read.
 */
export function* simulate(
  compiled: CompiledModel,
  script: Iterable<string>,
  options: SimulateOptions = {},
): Generator<SimulationLine> {
  const simulation = new Simulation(compiled, options)
  let number = 0
  for (const text of script) {
    number += 1
    const line = readScriptLine(text, number)
    if (line === null) continue
    yield* simulation.play(line, number)
    yield* simulation.advance(0, number)
  }
}

type TaskEffect = Extract<Effect, { kind: 'task' }>

class Simulation {
  readonly #compiled: CompiledModel
  #instance: Instance
  #shared: JsonObject
  #now = beginning
  /** Oldest first. */
  #running: TaskEffect[] = []
  /** Names of the subinstances that were called and have not ended; they run on when the instance is done. */
  readonly #called = new Set<string>()
  /** Section 2.1: per id of a script's signal that was taken, what first became of it. */
  readonly #known = new Map<string, StepRecord>()

  constructor(compiled: CompiledModel, options: SimulateOptions) {
    this.#compiled = compiled
    this.#instance = start(compiled, { id: options.id ?? 'simulation', call: options.call ?? {} })
    this.#shared = compiled.model.shared ?? {}
  }

  *play(line: ScriptLine, number: number): Generator<SimulationLine> {
    switch (line.kind) {
      case 'signal':
        return yield* this.#signal(line, number)
      case 'advance':
        return yield* this.advance(line.milliseconds, number)
      case 'task':
        return yield* this.#endTask(line, number)
      case 'child': {
        if (!this.#called.delete(line.as)) throw new ScriptError(number, `no subinstance ${line.as} is running`)
        return yield* this.#taken(
          childEnded(this.#compiled, this.#instance, this.#shared, line.as, line.end, this.#now),
        )
      }
    }
  }

  /** Moves the clock to each due signal in turn, then to the end. */
  *advance(milliseconds: number, number: number): Generator<SimulationLine> {
    const end = this.#now + milliseconds
    if (!isInstant(end)) throw new ScriptError(number, 'the clock ends with the year 9999')
    let atOnce = 0
    for (;;) {
      const [timer] = dueTimers(this.#instance, end)
      if (timer === undefined) break
      atOnce = timer.due > this.#now ? 0 : atOnce + 1
      if (atOnce > dueAtOnce) throw new ScriptError(number, `more than ${dueAtOnce} signals are due at one instant`)
      this.#now = Math.max(this.#now, timer.due)
      yield* this.#taken(take(this.#compiled, this.#instance, this.#shared, timer.signal, this.#now))
    }
    this.#now = end
  }

  *#signal(line: Extract<ScriptLine, { kind: 'signal' }>, number: number): Generator<SimulationLine> {
    const signal: Signal = { id: line.id ?? `line-${number}`, type: line.signal, args: line.args, from: 'external' }
    const first = line.id === null ? undefined : this.#known.get(line.id)
    if (first !== undefined) {
      yield duplicateLine(first, { ...this.#instance, shared: this.#shared })
      return
    }
    const taken = take(this.#compiled, this.#instance, this.#shared, signal, this.#now)
    const [record] = taken.records
    const taking = record !== undefined && record.outcome !== 'rejected' && record.outcome !== 'failed'
    if (line.id !== null && taking) this.#known.set(line.id, record)
    yield* this.#taken(taken)
  }

  *#endTask(line: Extract<ScriptLine, { kind: 'task' }>, number: number): Generator<SimulationLine> {
    const index = this.#running.findIndex(({ use }) => use.task === line.task)
    const task = this.#running[index]
    if (task === undefined) throw new ScriptError(number, `no task ${line.task} is running`)
    this.#running.splice(index, 1)
    const end = 'error' in line.end ? { ...line.end, attempts: task.use.retry?.attempts ?? 1 } : line.end
    yield* this.#taken(taskEnded(this.#compiled, this.#instance, this.#shared, task.key, end, this.#now))
  }

  *#taken(taken: Taken): Generator<SimulationLine> {
    this.#instance = taken.instance
    this.#shared = taken.shared
    for (const record of taken.records) {
      this.#running.push(...record.effects.filter(isTask))
      for (const { as } of record.effects.filter(isCall)) this.#called.add(as)
      yield lineOf(record)
    }
  }
}
