import type { CompiledModel, CompiledTransition } from './compiled.ts'
import { StepFailure } from './errors.ts'
import { dateOf, type Scope, scopeOf } from './evaluation.ts'
import { isWaiting } from './instance.ts'
import { breaches, declaredOnly } from './parameters.ts'
import { Retries } from './retries.ts'
import { jsonBytes } from './size.ts'
import { fire, type Fired, firing } from './step.ts'
import type { Effect, Instance, Instant, JsonObject, Outcome, Signal, StepRecord, Taken } from './types.ts'
import { instanceUrl } from './url.ts'

export interface Refusal {
  readonly reason: string
  readonly detail: string
  /** The number of the step; absent = the first that fires. */
  readonly step?: number
}

export interface TakeOptions {
  /** Undoes these steps, for what only the host can know: a task that threw, a call it refuses. */
  readonly refuse?: Refusal | readonly Refusal[]
}

/** A deferred signal whose time has come: what it fires, or the error of a guard. */
interface Kept {
  readonly signal: Signal
  readonly transitions: readonly CompiledTransition[]
  readonly error: unknown
}

/** Where a macrostep began. */
interface Before {
  readonly instance: Instance
  readonly shared: JsonObject
  readonly records: number
  readonly changed: boolean
  readonly first: Signal
}

/** One external signal with all that follows from it (section 10, "Order, exactly"). */
export class Run {
  instance: Instance
  shared: JsonObject
  readonly #compiled: CompiledModel
  readonly #now: Instant
  readonly #date: Date
  #records: StepRecord[] = []
  /** Self-emitted signals without delay, first in first out. */
  #own: Signal[] = []
  readonly #retries: Retries
  /** The signal whose macrostep this is. */
  #root = ''
  #refuse: readonly Refusal[]

  constructor(
    compiled: CompiledModel,
    instance: Instance,
    shared: JsonObject,
    now: Instant,
    options: TakeOptions = {},
  ) {
    this.#compiled = compiled
    this.instance = instance
    this.shared = shared
    this.#now = now
    this.#date = dateOf(now)
    this.#retries = new Retries(instance)
    this.#refuse = options.refuse === undefined ? [] : [options.refuse].flat()
  }

  taken(before: readonly Effect[] = []): Taken {
    const effects = this.#records.length === 1 && before.length === 0 ? this.#records[0]?.effects : undefined
    return {
      instance: this.instance,
      shared: this.shared,
      records: this.#records,
      effects: effects ?? [...before, ...this.#records.flatMap((record) => record.effects)],
    }
  }

  /** Takes a signal and what it leads to; more steps than the limit, and all of it is undone. */
  macrostep(signal: Signal): void {
    let before = this.#before(signal)
    let count = 1
    this.#root = signal.type
    this.#take(signal)
    for (;;) {
      const own = this.#own.shift()
      const kept = own === undefined ? this.#nextDeferred() : null
      if (own === undefined && kept === null) return
      // Signals that were deferred before this run are as good as new ones: they begin a count of their own.
      if (kept !== null && this.#retries.isOld(kept.signal)) {
        before = { ...this.#before(kept.signal), instance: this.#without(kept.signal) }
        count = 0
        this.#root = kept.signal.type
      }
      count += 1
      if (count > this.#compiled.limits.macrostepSteps) return this.#undo(before)
      if (own !== undefined) this.#take(own)
      else if (kept !== null) this.#fireKept(kept)
    }
  }

  /**
   * Then, one at a time: deferred signals that fire now, the ends of subinstances that were waited for, and the held signals
   * as long as nothing is waited for.
   */
  settle(): void {
    for (;;) {
      const kept = this.#nextDeferred()
      if (kept !== null) {
        this.instance = this.#without(kept.signal)
        this.macrostep(kept.signal)
        continue
      }
      if (isWaiting(this.instance)) return
      const [ended, ...laterEnded] = this.instance.ended
      const [held, ...laterHeld] = this.instance.held
      if (ended !== undefined) {
        this.instance = { ...this.instance, ended: laterEnded }
        this.macrostep(ended)
      } else if (held === undefined) return
      else {
        this.instance = { ...this.instance, held: laterHeld }
        this.macrostep(held)
      }
    }
  }

  /** The subinstance that has ended was waited for. */
  resume(): void {
    this.#retries.resume()
  }

  /** What a macrostep that runs away goes back to. */
  #before(first: Signal): Before {
    const { instance, shared } = this
    return { instance, shared, records: this.#records.length, changed: this.#retries.changed, first }
  }

  #undo(before: Before): void {
    this.instance = before.instance
    this.shared = before.shared
    this.#records = this.#records.slice(0, before.records)
    this.#own = []
    this.#retries.changed = before.changed
    const { macrostepSteps } = this.#compiled.limits
    this.#fail(before.first, { reason: 'runaway', detail: `more than ${macrostepSteps} steps follow from one signal` })
  }

  /** Sections 2.2 to 2.7 for one signal. */
  #take(arrived: Signal): void {
    const signal = this.#trimmed(arrived)
    const refusal = this.#refusalOf(signal)
    if (refusal !== null) return this.#reject(signal, refusal)
    if (isWaiting(this.instance) && !this.#compiled.urgent.has(signal.type)) return this.#keep(signal, 'held')
    try {
      const scope = this.#scope(signal)
      const transitions = firing(this.#compiled, this.instance, signal, scope)
      if (transitions.length > 0) return this.#fire(signal, transitions, scope)
    } catch (error) {
      return this.#failed(signal, error)
    }
    if (this.#compiled.deferrable.has(signal.type)) return this.#keep(signal, 'deferred')
    this.instance = { ...this.instance, steps: this.instance.steps + 1 }
    this.#record(signal, 'ignored', signal.args)
  }

  #fireKept({ signal, transitions, error }: Kept): void {
    this.instance = this.#without(signal)
    if (transitions.length === 0) return this.#failed(signal, error)
    try {
      this.#fire(signal, transitions, this.#scope(signal))
    } catch (error) {
      this.#failed(signal, error)
    }
  }

  #fire(signal: Signal, transitions: readonly CompiledTransition[], scope: Scope): void {
    this.#refuseStep()
    // Whether the instance's end would be by `cancel`: this very step's, or that of the signal that led to it.
    const cancelled = signal.type === 'cancel' || this.#root === 'cancel'
    this.#apply(signal, fire(this.#compiled, this.instance, signal, transitions, scope, this.#now, cancelled))
  }

  /** The oldest deferred signal that now fires something, or whose guard fails. */
  #nextDeferred(): Kept | null {
    return this.#retries.next(this.instance, this.#compiled.urgent, (signal) => this.#tried(signal))
  }

  #tried(signal: Signal): Kept | null {
    try {
      const transitions = firing(this.#compiled, this.instance, signal, this.#scope(signal))
      return transitions.length > 0 ? { signal, transitions, error: null } : null
    } catch (error) {
      return { signal, transitions: [], error }
    }
  }

  #scope({ args }: Signal): Scope {
    return scopeOf(this.instance, this.shared, args, this.#date)
  }

  #without(signal: Signal): Instance {
    return { ...this.instance, deferred: this.instance.deferred.filter((other) => other !== signal) }
  }

  #apply(signal: Signal, fired: Fired): void {
    if (fired.instance.states !== this.#compiled.markings.of(this.instance.states).names) this.#retries.statesChanged()
    this.instance = fired.instance
    this.shared = fired.shared
    this.#own.push(...fired.own)
    this.#record(signal, 'fired', fired.args, fired)
  }

  #trimmed(signal: Signal): Signal {
    const parameters = signal.returned === true ? this.#compiled.parameters.get(signal.type) : undefined
    return parameters === undefined ? signal : { ...signal, args: declaredOnly(parameters, signal.args) }
  }

  #refusalOf(signal: Signal): Refusal | null {
    const { limits, parameters } = this.#compiled
    if (this.instance.done) return { reason: 'instance-done', detail: `${this.instance.id} is done` }
    if (!this.#compiled.knows(signal.type))
      return { reason: 'unknown-signal', detail: `${this.instance.model} knows no signal ${signal.type}` }
    if (jsonBytes(signal.args, limits.argsBytes) > limits.argsBytes)
      return { reason: 'args-too-large', detail: `arguments above ${limits.argsBytes} bytes` }
    const declared = parameters.get(signal.type)
    const found = declared === undefined ? [] : breaches(declared, signal.args)
    return found.length > 0 ? { reason: 'bad-arguments', detail: found.join('; ') } : null
  }

  #refuseStep(): void {
    if (this.#refuse.length === 0) return
    const next = this.instance.steps + 1
    const found = this.#refuse.find(({ step = next }) => step === next)
    if (found === undefined) return
    this.#refuse = this.#refuse.filter((other) => other !== found)
    throw new StepFailure(found.reason, found.detail)
  }

  #keep(signal: Signal, outcome: 'held' | 'deferred'): void {
    const { held, deferred, steps } = this.instance
    const { waitingSignals } = this.#compiled.limits
    if (held.length + deferred.length >= waitingSignals) {
      return this.#reject(signal, {
        reason: 'too-many-waiting',
        detail: `${waitingSignals} signals are held or deferred already`,
      })
    }
    if (outcome === 'deferred') this.#retries.deferred(signal)
    this.instance = { ...this.instance, steps: steps + 1, [outcome]: [...this.instance[outcome], signal] }
    this.#record(signal, outcome, signal.args)
  }

  /** A rejected signal that nobody outside waits for (a task's or child's end, a timer, its own) must not vanish unseen. */
  #reject(signal: Signal, { reason, detail }: Refusal): void {
    if (
      !this.instance.done &&
      signal.from !== 'external' &&
      (signal.returned === true || signal.from === instanceUrl(this.instance))
    ) {
      this.instance = { ...this.instance, attention: `${signal.type} was rejected: ${reason}: ${detail}` }
    }
    this.#record(signal, 'rejected', signal.args, undefined, { reason, detail })
  }

  #failed(signal: Signal, error: unknown): void {
    if (!(error instanceof StepFailure)) throw error
    this.#fail(signal, { reason: error.reason, detail: error.message })
  }

  #fail(signal: Signal, { reason, detail }: Refusal): void {
    this.instance = {
      ...this.instance,
      steps: this.instance.steps + 1,
      attention: `${signal.type} failed: ${reason}: ${detail}`,
    }
    this.#record(signal, 'failed', signal.args, undefined, { reason, detail })
  }

  #record(signal: Signal, outcome: Outcome, args: JsonObject, fired?: Fired, refusal?: Refusal): void {
    const { steps, states, data, done } = this.instance
    this.#records.push({
      step: steps,
      signal,
      outcome,
      ...refusal,
      fired: fired?.names ?? [],
      states,
      args,
      data,
      shared: this.shared,
      emitted: fired?.emitted ?? [],
      effects: fired?.effects ?? [],
      done,
    })
  }
}
