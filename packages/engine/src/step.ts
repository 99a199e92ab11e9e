import type { CompiledModel, CompiledTransition } from './compiled.ts'
import { Firing } from './firing.ts'
import { type Scope, valueOf, valuesOf } from './evaluation.ts'
import { StepFailure } from './errors.ts'
import { withoutConflicts } from './marking.ts'
import type { Effect, Emitted, Instance, Instant, JsonObject, Signal } from './types.ts'

/** What a step that fired made of an instance. */
export interface Fired {
  readonly instance: Instance
  readonly shared: JsonObject
  readonly names: readonly string[]
  /** The signal's arguments as changed. */
  readonly args: JsonObject
  readonly effects: readonly Effect[]
  readonly emitted: readonly Emitted[]
  /** Undelayed signals to the instance itself. */
  readonly own: readonly Signal[]
}

/** Sections 2.5 and 2.6. Throws StepFailure when a guard fails or gives no bool. */
export function firing(
  compiled: CompiledModel,
  instance: Instance,
  signal: Signal,
  scope: Scope,
): readonly CompiledTransition[] {
  const { markings } = compiled
  const candidates = markings.candidates(markings.of(instance.states), signal.type)
  const [only] = candidates
  if (only === undefined) return candidates
  if (candidates.length === 1) return holds(only, scope) ? candidates : []
  return withoutConflicts(candidates.filter((transition) => holds(transition, scope)))
}

function holds({ when, name }: CompiledTransition, scope: Scope): boolean {
  if (when === null) return true
  const value = valueOf(when, scope, name)
  if (typeof value === 'boolean') return value
  throw new StepFailure('type-error', `transition "${name}", expression ${when.source}: a guard must be true or false`)
}

/** Sections 2.8 to 2.12 for the transitions that fire. Throws StepFailure; `scope` is used up. */
export function fire(
  compiled: CompiledModel,
  instance: Instance,
  signal: Signal,
  fired: readonly CompiledTransition[],
  scope: Scope,
  now: Instant,
  cancelled: boolean,
): Fired {
  const { markings } = compiled
  const next = markings.after(markings.of(instance.states), fired)
  scope.states = next.names
  const work = new Firing(compiled, instance, signal, scope, now)
  for (const transition of fired) work.transition(transition)
  work.finish()
  work.cancelTimers((timer) => timer.while.some((state) => !next.names.includes(state)))
  work.reply()
  if (next.done) end(compiled, instance, work, cancelled)
  const stepped: Instance = {
    id: instance.id,
    model: instance.model,
    version: instance.version,
    states: next.names,
    data: scope.data,
    call: instance.call,
    parent: instance.parent,
    depth: instance.depth,
    steps: instance.steps + 1,
    children: next.done ? [] : work.children,
    ended: next.done ? [] : instance.ended,
    held: next.done ? [] : instance.held,
    deferred: next.done ? [] : instance.deferred,
    timers: next.done ? [] : work.timers,
    tasks: next.done ? [] : work.tasks,
    done: next.done,
    attention: instance.attention,
  }
  const names = fired.map((transition) => transition.name)
  const { effects, emitted, own } = work
  return { instance: stepped, shared: scope.shared, names, args: scope.args, effects, emitted, own }
}

/** Section 2.11: what is kept is dropped, running subinstances are cancelled, the parent is told. */
function end(compiled: CompiledModel, instance: Instance, work: Firing, cancelled: boolean): void {
  const { effects, scope } = work
  for (const { id, signal } of work.timers) {
    effects.push({ kind: 'timer-cancelled', id }, { kind: 'dropped', signal, why: 'done' })
  }
  for (const signal of [...instance.ended, ...instance.held, ...instance.deferred])
    effects.push({ kind: 'dropped', signal, why: 'done' })
  for (const { url } of work.children) effects.push({ kind: 'cancel-child', url })
  const returns = { ...scope.call, ...valuesOf(compiled.returns, scope, null) }
  if (instance.parent === null) return
  effects.push({ kind: 'ended', parent: instance.parent, returns, failure: cancelled ? 'cancelled' : null })
}
