import type { CompiledModel } from './compiled.ts'
import type { Instance, Instant, JsonObject, Timer } from './types.ts'

export interface StartOptions {
  readonly id: string
  /** The arguments of the call; `{}` from outside. */
  readonly call?: JsonObject
  readonly parent?: { readonly url: string; readonly as: string } | null
  /** 0 from outside, the parent's + 1 for a subinstance. */
  readonly depth?: number
}

/** A new instance in the model's initial states. */
export function start(compiled: CompiledModel, options: StartOptions): Instance {
  const { model } = compiled
  const states = [...new Set(model.initial)].sort()
  return {
    id: options.id,
    model: model.model,
    version: model.version,
    states,
    data: model.data ?? {},
    call: options.call ?? {},
    parent: options.parent ?? null,
    depth: options.depth ?? 0,
    steps: 0,
    children: [],
    ended: [],
    held: [],
    deferred: [],
    timers: [],
    tasks: [],
    done: compiled.markings.of(states).done,
    attention: null,
  }
}

/** Timers due at or before `now`, in order of due time, ties in order of emission. */
export function dueTimers(instance: Instance, now: Instant): readonly Timer[] {
  return instance.timers.filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due)
}

/** Section 2.4: whether a subinstance runs that its parent waits for. */
export function isWaiting(instance: Instance): boolean {
  return instance.children.length > 0 && instance.children.some((child) => child.wait)
}
