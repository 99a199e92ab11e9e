import type { CompiledModel } from './compiled.ts'
import { Run, type TakeOptions } from './run.ts'
import type { Effect, Instance, Instant, JsonObject, Signal, Taken, Timer } from './types.ts'
import { instanceUrl, percentEncoded } from './url.ts'

/** How a subinstance ended. `returns` = its arguments as changed. */
export type End = { readonly returns: JsonObject } | { readonly failure: string }
/** How a task ended: after its last attempt, when it failed. */
export type TaskEnd = { readonly result: JsonObject } | { readonly error: string; readonly attempts: number }

/**
 * One signal, or a due timer (its `timer.signal`; the timer is taken off the instance), with its whole macrostep:
 * sections 2 to 5 and 10. `now` is in milliseconds since the epoch. Pure: the same arguments give the same answer.
 */
export function take(
  compiled: CompiledModel,
  instance: Instance,
  shared: JsonObject,
  signal: Signal,
  now: Instant,
  options?: TakeOptions,
): Taken {
  const timer = instance.timers.length === 0 ? undefined : instance.timers.find((other) => isTimer(other, signal))
  const rest =
    timer === undefined ? instance : { ...instance, timers: instance.timers.filter((other) => other !== timer) }
  const run = new Run(compiled, rest, shared, now, options)
  if (timer?.to !== undefined) return run.taken([{ kind: 'signal', to: timer.to, signal: timer.signal }])
  run.macrostep(signal)
  run.settle()
  return run.taken()
}

/** The id alone does not do: a signal from outside may carry any id. */
function isTimer(timer: Timer, signal: Signal): boolean {
  return timer.id === signal.id && timer.signal.from === signal.from
}

/** Section 4: a task's end. One that names no signal for it: nothing, or the instance is flagged when it failed. */
export function taskEnded(
  compiled: CompiledModel,
  instance: Instance,
  shared: JsonObject,
  key: string,
  end: TaskEnd,
  now: Instant,
  options?: TakeOptions,
): Taken {
  const task = instance.tasks.find((other) => other.key === key)
  const failed = 'error' in end
  const type = failed ? task?.failed : task?.done
  const rest = task === undefined ? instance : { ...instance, tasks: instance.tasks.filter((other) => other !== task) }
  if (type === undefined) {
    if (!failed || instance.done) return unchanged(rest, shared)
    return unchanged({ ...rest, attention: `task ${task?.task ?? key} failed: ${end.error}` }, shared)
  }
  const args = failed ? { error: end.error, attempts: end.attempts } : end.result
  const run = new Run(compiled, rest, shared, now, options)
  run.macrostep({ id: `${key}/${failed ? 'failed' : 'done'}`, type, args, from: 'task', returned: true })
  run.settle()
  return run.taken()
}

/**
 * Section 5: a subinstance's end, by the name its parent gave it. While others are waited for, the signal of one that was
 * waited for is kept back; with the last of them all are taken in the order of their ends, then what was held.
 */
export function childEnded(
  compiled: CompiledModel,
  instance: Instance,
  shared: JsonObject,
  as: string,
  end: End,
  now: Instant,
  options?: TakeOptions,
): Taken {
  const child = instance.children.find((other) => other.as === as)
  if (child === undefined) return unchanged(instance, shared)
  const failed = 'failure' in end
  const type = failed ? child.failed : child.done
  const children = instance.children.filter((other) => other !== child)
  let rest: Instance = { ...instance, children }
  if (failed && type === undefined) rest = { ...rest, attention: `subinstance ${as} failed: ${end.failure}` }
  const signal: Signal | null =
    type === undefined
      ? null
      : {
          id: `${instanceUrl(instance)}/${instance.steps}/ended/${percentEncoded(as)}`,
          type,
          args: failed ? { error: end.failure } : end.returns,
          from: child.url,
          returned: true,
        }
  if (child.wait && signal !== null) rest = { ...rest, ended: [...rest.ended, signal] }
  const run = new Run(compiled, rest, shared, now, options)
  if (!child.wait && signal !== null) run.macrostep(signal)
  if (child.wait) run.resume()
  run.settle()
  return run.taken()
}

function unchanged(instance: Instance, shared: JsonObject): Taken {
  return { instance, shared, records: [], effects: [] }
}

/**
 * What `take` would have answered had the step failed: for a host that had to undo it. The instance keeps its states and
 * is flagged; the signal's timer, if it was one, is used up.
 */
export function undone(instance: Instance, shared: JsonObject, signal: Signal, reason: string, detail: string): Taken {
  const steps = instance.steps + 1
  const timers = instance.timers.filter((timer) => !isTimer(timer, signal))
  const flagged: Instance = { ...instance, timers, steps, attention: `${signal.type} failed: ${reason}: ${detail}` }
  const effects: readonly Effect[] = []
  const { states, data, done } = instance
  const { args } = signal
  const record = {
    step: steps,
    signal,
    outcome: 'failed' as const,
    reason,
    detail,
    fired: [],
    states,
    args,
    data,
    shared,
    emitted: [],
    effects,
    done,
  }
  return { instance: flagged, shared, records: [record], effects }
}
