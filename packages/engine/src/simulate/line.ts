import { timestampText } from '@sutler/expressions'
import type { Effect, Emitted, Instant, JsonObject, Outcome, StepRecord } from '../types.ts'

/** One line of output: one step (section 10). */
export interface SimulationLine {
  readonly signal: string
  readonly outcome: Outcome
  readonly reason?: string
  /** What exactly was wrong: each bad argument, the failing transition and expression. */
  readonly detail?: string
  readonly fired: readonly string[]
  readonly states: readonly string[]
  readonly args: JsonObject
  readonly data: JsonObject
  readonly shared: JsonObject
  readonly tasks: readonly { readonly task: string; readonly args: JsonObject }[]
  readonly emitted: readonly {
    readonly signal: string
    readonly to: string
    readonly args: JsonObject
    readonly due?: string
  }[]
  readonly calls: readonly { readonly url: string; readonly as: string; readonly wait: boolean }[]
  readonly done: boolean
}

export function lineOf(record: StepRecord): SimulationLine {
  const { signal, outcome, reason, detail, fired, states, args, data, shared, emitted, effects, done } = record
  return {
    signal: signal.type,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
    fired,
    states,
    args,
    data,
    shared,
    tasks: effects.filter(isTask).map(({ use, args }) => ({ task: use.task, args })),
    emitted: emitted.map(emittedLine),
    calls: effects.filter(isCall).map(({ url, as, wait }) => ({ url, as, wait })),
    done,
  }
}

/** A signal whose id was taken already: nothing happens, the first outcome is the reason, the first reply is given again. */
export function duplicateLine(
  first: StepRecord,
  now: Pick<StepRecord, 'states' | 'data' | 'shared' | 'done'>,
): SimulationLine {
  const { signal, outcome, fired, args } = first
  const { states, data, shared, done } = now
  const nothing = { tasks: [], emitted: [], calls: [] }
  return {
    signal: signal.type,
    outcome: 'duplicate',
    reason: outcome,
    fired,
    states,
    args,
    data,
    shared,
    ...nothing,
    done,
  }
}

type TaskEffect = Extract<Effect, { kind: 'task' }>

export function isTask(effect: Effect): effect is TaskEffect {
  return effect.kind === 'task'
}

export function isCall(effect: Effect): effect is Extract<Effect, { kind: 'call' }> {
  return effect.kind === 'call'
}

function emittedLine({ to, signal, due }: Emitted): SimulationLine['emitted'][number] {
  const line = { signal: signal.type, to, args: signal.args }
  return due === undefined ? line : { ...line, due: instantText(due) }
}

function instantText(instant: Instant): string {
  const seconds = Math.floor(instant / 1000)
  return timestampText({ seconds: BigInt(seconds), nanos: (instant - seconds * 1000) * 1_000_000 })
}
