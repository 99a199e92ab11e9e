import type { CompiledCall, CompiledEmit, CompiledModel, CompiledTask, CompiledTransition } from './compiled.ts'
import { addressee } from './addressing.ts'
import { dueOf } from './due.ts'
import { StepFailure } from './errors.ts'
import { type Scope, textOf, valueOf, valuesOf } from './evaluation.ts'
import { jsonBytes, withEntry } from './size.ts'
import type { Child, Effect, Emitted, Instance, Instant, JsonObject, RunningTask, Signal, Timer } from './types.ts'
import { instanceUrl, parseUrl, percentEncoded, sameInstance, writeUrl } from './url.ts'

/** Section 2.9: what the fired transitions of one step do, collected in the order written. Nothing of it is kept on failure. */
export class Firing {
  readonly effects: Effect[] = []
  readonly emitted: Emitted[] = []
  /** Undelayed signals to the instance itself. */
  readonly own: Signal[] = []
  timers: readonly Timer[]
  tasks: readonly RunningTask[]
  children: readonly Child[]
  readonly scope: Scope
  readonly #compiled: CompiledModel
  readonly #instance: Instance
  readonly #signal: Signal
  readonly #now: Instant
  #knownUrl: string | undefined
  #index = 0
  /** Signals to subinstances that a later call of the same step may start; `delayed`: the type of a delayed one. */
  #early: { readonly as: string; readonly delayed: string | null; readonly send: (url: string) => void }[] = []
  /** Name of the transition that is being executed. */
  #transition = ''

  constructor(compiled: CompiledModel, instance: Instance, signal: Signal, scope: Scope, now: Instant) {
    this.#compiled = compiled
    this.#instance = instance
    this.#signal = signal
    this.#now = now
    this.scope = scope
    this.timers = instance.timers
    this.tasks = instance.tasks
    this.children = instance.children
  }

  /** Executes one fired transition. Throws StepFailure. */
  transition(transition: CompiledTransition): void {
    const { limits } = this.#compiled
    const { scope } = this
    this.#transition = transition.name
    for (const { name, expression } of transition.args) {
      scope.args = this.#entry(
        scope.args,
        name,
        valueOf(expression, scope, transition.name),
        limits.argsBytes,
        'args-too-large',
      )
    }
    for (const { name, expression } of transition.set) {
      scope.data = this.#entry(
        scope.data,
        name,
        valueOf(expression, scope, transition.name),
        limits.dataBytes,
        'data-too-large',
      )
    }
    for (const { name, expression } of transition.share) {
      scope.shared = this.#entry(
        scope.shared,
        name,
        valueOf(expression, scope, transition.name),
        limits.sharedBytes,
        'shared-too-large',
      )
    }
    if (transition.cancel.length > 0) {
      this.cancelTimers((timer) => transition.cancel.includes(timer.signal.type))
      this.#early = this.#early.filter(({ delayed }) => delayed === null || !transition.cancel.includes(delayed))
    }
    for (const task of transition.tasks) this.#startTask(task, transition.name)
    for (const emit of transition.emit) this.#emit(emit, transition.name)
    for (const call of transition.call) this.#call(call, transition.name)
  }

  /** After the last transition: signals to subinstances that this step called go out after the calls. */
  finish(): void {
    for (const { as, send } of this.#early) {
      const child = this.children.find((other) => other.as === as)
      if (child !== undefined) send(child.url)
    }
    this.#early = []
  }

  cancelTimers(condemned: (timer: Timer) => boolean): void {
    if (!this.timers.some(condemned)) return
    for (const timer of this.timers.filter(condemned)) this.effects.push({ kind: 'timer-cancelled', id: timer.id })
    this.timers = this.timers.filter((timer) => !condemned(timer))
  }

  /** Section 2.12, `reply`: the signal as changed goes back to the instance that emitted it. */
  reply(): void {
    const { reply, from } = this.#signal
    if (reply === undefined || parseUrl(from) === null) return
    const signal: Signal = { id: this.#nextId(), type: reply, args: this.scope.args, from: this.#url, returned: true }
    if (sameInstance(from, this.#url)) this.own.push(signal)
    else this.effects.push({ kind: 'signal', to: from, signal })
  }

  #entry(document: JsonObject, name: string, value: JsonObject[string], limit: number, code: string): JsonObject {
    const changed = withEntry(document, name, value, limit)
    if (changed === null) throw this.#failure(code, `setting ${name} makes more than ${limit} bytes`)
    return changed
  }

  /** Most steps need no URL. */
  get #url(): string {
    return (this.#knownUrl ??= instanceUrl(this.#instance))
  }

  #nextId(): string {
    const id = `${this.#url}/${this.#instance.steps + 1}/${this.#index}`
    this.#index += 1
    return id
  }

  #startTask({ use, args }: CompiledTask, transition: string): void {
    const key = this.#nextId()
    this.effects.push({
      kind: 'task',
      key,
      use,
      args: this.#arguments(valuesOf(args, this.scope, transition), use.task),
    })
    if (use.done === undefined && use.failed === undefined) return
    this.#room(this.tasks.length, this.#compiled.limits.runningTasks, 'too-many-tasks', 'running tasks')
    const { task, as, done, failed } = use
    this.tasks = [
      ...this.tasks,
      {
        key,
        task,
        ...(as !== undefined && { as }),
        ...(done !== undefined && { done }),
        ...(failed !== undefined && { failed }),
      },
    ]
  }

  #emit({ emit, args, to, delay }: CompiledEmit, transition: string): void {
    const values = this.#arguments(valuesOf(args, this.scope, transition), emit.signal)
    const target = addressee(
      to,
      this.scope,
      { instance: this.#instance, signal: this.#signal, children: this.children, url: this.#url },
      transition,
    )
    const due = dueOf(delay, this.scope, this.#now, transition)
    const base = { id: this.#nextId(), type: emit.signal, args: values, from: this.#url }
    const signal: Signal = emit.reply === undefined ? base : { ...base, reply: emit.reply }
    this.emitted.push(due === null ? { to: target.address, signal } : { to: target.address, signal, due })
    const send = (url: string): void =>
      due === null ? this.#send(url, signal) : this.#delay(url, signal, due, emit.while ?? [])
    if (target.url !== null) send(target.url)
    else if (target.child !== null)
      this.#early.push({ as: target.child, delayed: due === null ? null : signal.type, send })
  }

  #send(url: string, signal: Signal): void {
    if (url === this.#url) this.own.push(signal)
    else this.effects.push({ kind: 'signal', to: url, signal })
  }

  #delay(url: string, signal: Signal, due: Instant, states: readonly string[]): void {
    this.#room(this.timers.length, this.#compiled.limits.timers, 'too-many-timers', 'delayed signals')
    const base = { id: signal.id, signal, due, while: states }
    const timer: Timer = url === this.#url ? base : { ...base, to: url }
    this.timers = [...this.timers, timer]
    this.effects.push({ kind: 'timer-set', timer })
  }

  /** Section 5. */
  #call({ call, args, url, as }: CompiledCall, transition: string): void {
    const { scope } = this
    const { limits } = this.#compiled
    // 2, Errors: what an expression gives is judged before the next is evaluated.
    const text = textOf(url, scope, transition, percentEncoded)
    const target = parseUrl(text)
    if (target === null) throw this.#failure('bad-url', `${text} is no model:<name>[@<version>]/<id>`)
    const name = textOf(as, scope, transition)
    if (this.#instance.depth >= limits.callDepth)
      throw this.#failure('too-deep', `calls nest deeper than ${limits.callDepth}`)
    const values = this.#arguments({ ...target.args, ...valuesOf(args, scope, transition) }, text)
    const { model, version, id } = target
    const bare = writeUrl({ ...target, args: {} })
    const wait = call.wait === true
    const ends = {
      ...(call.done !== undefined && { done: call.done }),
      ...(call.failed !== undefined && { failed: call.failed }),
    }
    this.#nextId()
    this.#adopt({ as: name, url: bare, wait, ...ends })
    this.effects.push({
      kind: 'call',
      model,
      version,
      id,
      url: writeUrl({ ...target, args: values }),
      as: name,
      wait,
      args: values,
      ...ends,
    })
  }

  /** Calling twice is calling once: the same name for the same instance joins it; anything else that overlaps is an error. */
  #adopt(child: Child): void {
    const overlapping = this.children.find((other) => other.as === child.as || sameInstance(other.url, child.url))
    if (overlapping === undefined) {
      this.#room(this.children.length, this.#compiled.limits.children, 'too-many-children', 'subinstances')
      this.children = [...this.children, child]
      return
    }
    if (overlapping.as !== child.as || !sameInstance(overlapping.url, child.url)) {
      throw this.#failure(
        'child-name-taken',
        `${child.as} for ${child.url}: ${overlapping.as} is already ${overlapping.url}`,
      )
    }
    this.children = this.children.map((other) => (other === overlapping ? child : other))
  }

  #arguments(args: JsonObject, of: string): JsonObject {
    const { argsBytes } = this.#compiled.limits
    if (jsonBytes(args, argsBytes) > argsBytes)
      throw this.#failure('args-too-large', `arguments of ${of} above ${argsBytes} bytes`)
    return args
  }

  #room(count: number, limit: number, code: string, what: string): void {
    if (count >= limit) throw this.#failure(code, `more than ${limit} ${what}`)
  }

  #failure(code: string, detail: string): StepFailure {
    return new StepFailure(code, `transition "${this.#transition}": ${detail}`)
  }
}
