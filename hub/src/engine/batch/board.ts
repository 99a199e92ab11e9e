import {
  dueTimers,
  parseUrl,
  type Effect,
  type Instant,
  type JsonObject,
  type Refusal,
  type Taken,
  type Timer,
} from '@sutler/engine'
import { InvariantError } from '../../platform/errors.ts'
import { addressKey, type Address } from '../address.ts'
import { nextDue } from '../store/rows.ts'
import type { MailRow, TaskRow } from '../store/writes.ts'
import { decide } from './decide.ts'
import { Journal } from './journal.ts'
import type { Direct, Entry, Item, Returned } from './item.ts'
import { policyOf } from './policy.ts'
import { sameTenant, type Slot } from './slot.ts'

export interface TaskCall {
  /** `<instance>/<step>/<index>`: the same for every attempt. */
  readonly key: string
  /** URL of the instance. */
  readonly instance: string
  readonly model: string
  readonly id: string
  /** Whose the instance is, where that is known. */
  readonly tenant?: string | null
  readonly task: string
  readonly args: JsonObject
}

export type TaskKind = 'transactional' | 'external'

/** A subinstance that a step calls and that is not on the board: it may exist or not. */
export interface Start {
  readonly from: Slot
  readonly effect: Extract<Effect, { kind: 'call' }>
  /** Number of the step. */
  readonly step: number
  readonly address: Address
}

/** A transactional task that a step has started. */
export interface StartedCall {
  readonly slot: Slot
  readonly step: number
  readonly call: TaskCall
  /** Whether the instance hears of its good end. */
  readonly told: boolean
}

/** An item for an instance that is not on the board. */
export interface Outgoing {
  readonly from: Slot
  readonly address: Address
  readonly item: Item
  /** Whether the sender is flagged when there is no such instance. */
  readonly missed: boolean
}

export interface Shared {
  data: JsonObject
  readonly before: JsonObject
  /** This transaction holds the row. */
  readonly locked: boolean
}

/** Something in a step that the host refuses: the step, known by its number, is to be undone, and only it. */
export class StepRefused extends InvariantError {
  readonly reason: string
  readonly step: number | undefined
  constructor(reason: string, detail: string, step?: number, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause })
    this.reason = reason
    this.step = step
  }
}

export interface BoardOptions {
  readonly now: () => Instant
  readonly kindOf: (task: string) => TaskKind | undefined
  /** Items taken in one batch, at most; the rest goes to the mailbox. */
  readonly budget: number
  /** Which ids from outside were taken before is not looked up: where one was, the batch is undone. */
  readonly trusting?: boolean
  /** Steps that are undone, for their numbers. */
  readonly refuse?: readonly Refusal[]
}

/**
 * One batch in memory: the instances it holds, what they have still to take, and what became of it. Takes items until none
 * is left that it can take; what needs the database (instances that are elsewhere, transactional tasks) is collected.
 */
export class Board {
  readonly slots = new Map<string, Slot>()
  readonly shared = new Map<string, Shared>()
  readonly journal = new Journal()
  starts: Start[] = []
  outgoing: Outgoing[] = []
  calls = new Map<string, StartedCall[]>()
  readonly tasks: TaskRow[] = []
  readonly mail: MailRow[] = []
  readonly answers: { direct: Direct; answer: Returned }[] = []
  /** What was taken last. */
  current: Entry | undefined
  #taken = 0
  #busy = new Set<Slot>()
  readonly #options: BoardOptions

  constructor(options: BoardOptions) {
    this.#options = options
  }

  get now(): Instant {
    return this.#options.now()
  }

  get trusting(): boolean {
    return this.#options.trusting ?? false
  }

  /** How many items were taken. */
  get taken(): number {
    return this.#taken
  }

  get exhausted(): boolean {
    return this.#taken >= this.#options.budget
  }

  /** Some instance has more mail than was taken. */
  get behind(): boolean {
    return [...this.slots.values()].some((slot) => slot.more)
  }

  seat(slot: Slot): void {
    this.slots.set(slot.address, slot)
    this.#busy.add(slot)
  }

  /** Puts an item at the end of an instance's mailbox. */
  push(slot: Slot, entry: Entry): void {
    if (slot.more || slot.blocked) {
      this.mail.push({ instance: slot.key, at: entry.at, item: entry.item, seq: entry.seq })
      return
    }
    slot.queue.push(entry)
    this.#busy.add(slot)
  }

  send(from: Slot, address: Address, item: Item, missed: boolean): void {
    const slot = this.slots.get(addressKey(address))
    if (slot && sameTenant(slot, from)) this.push(slot, { item, at: this.now, seq: null })
    else this.outgoing.push({ from, address, item, missed })
  }

  /** Due signals of all instances in order of due time, each after the mail that was there before it; then all mail. */
  work(): void {
    const now = this.now
    const due: { due: Instant; slot: Slot }[] = []
    for (const slot of this.#busy) {
      if (slot.instance.timers.length > 0) {
        for (const timer of dueTimers(slot.instance, now)) due.push({ due: timer.due, slot })
      }
    }
    for (const { due: until, slot } of due.sort((a, b) => a.due - b.due)) this.#drain(slot, until, Infinity)
    while (this.#busy.size > 0) {
      const [slot] = this.#busy
      if (!slot) break
      this.#busy.delete(slot)
      this.#drain(slot, null, Infinity)
    }
  }

  /** Takes one item of one instance, if it has any that is due. */
  workOne(slot: Slot): void {
    this.#drain(slot, null, 1)
    this.#busy.clear()
  }

  /** Takes what was sent or due until `until` (null = whatever is there and due now). */
  #drain(slot: Slot, until: Instant | null, limit: number): void {
    if (slot.blocked) return
    for (let taken = 0; taken < limit && !this.exhausted; taken++) {
      const entry = slot.queue[slot.head]
      const horizon = Math.min(until ?? this.now, entry?.at ?? Infinity)
      const due = slot.instance.timers.length > 0 ? nextDue(slot.instance) : null
      if (due !== null && due <= horizon) {
        this.#fall(slot, dueTimers(slot.instance, due)[0])
      } else if (entry && (until === null || entry.at <= until)) {
        slot.head++
        this.#take(slot, entry)
      } else return
    }
  }

  #fall(slot: Slot, timer: Timer | undefined): void {
    if (!timer) throw new InvariantError(`${slot.url} has a due signal that is not due`)
    this.#take(slot, { item: { kind: 'signal', signal: timer.signal }, at: timer.due, seq: null })
  }

  #take(slot: Slot, entry: Entry): void {
    this.#taken++
    this.current = entry
    const { item } = entry
    if (item.kind === 'signal' && item.optional && !slot.published.compiled.knows(item.signal.type)) return
    const outside = item.kind === 'signal' && item.outside ? item.signal.id : null
    const first = outside === null ? undefined : slot.firstOf(outside)
    if (first) {
      this.answer(entry, { ...first, duplicate: true })
      return
    }
    const shared = this.shared.get(slot.instance.model)
    const { now } = this
    const { compiled } = slot.published
    const taken = decide(compiled, slot.instance, shared?.data ?? {}, item, now, this.#options.refuse)
    this.settle(slot, taken, entry, outside, now)
  }

  /** Takes over what a step changed, and carries out its effects. */
  settle(slot: Slot, taken: Taken, entry: Entry, outside: string | null, now: Instant): void {
    const answer = this.journal.enter(slot, taken, outside, now)
    slot.instance = taken.instance
    const shared = this.shared.get(taken.instance.model)
    if (shared && taken.shared !== shared.data) shared.data = taken.shared
    // A delayed signal for another instance goes out without a step.
    const { records, effects, instance } = taken
    if (records.length === 0) for (const effect of effects) this.#carryOut(slot, effect, instance.steps)
    else for (const { step, effects } of records) for (const effect of effects) this.#carryOut(slot, effect, step)
    if (answer) this.answer(entry, answer)
  }

  answer(entry: Entry, answer: Returned): void {
    if (entry.direct) this.answers.push({ direct: entry.direct, answer })
  }

  #carryOut(slot: Slot, effect: Effect, step: number): void {
    switch (effect.kind) {
      case 'task':
        return this.#startTask(slot, effect, step)
      case 'signal':
        return this.send(slot, addressOf(effect.to, step), { kind: 'signal', signal: effect.signal }, true)
      case 'call':
        this.starts.push({ from: slot, effect, step, address: { model: effect.model, id: effect.id } })
        return
      case 'cancel-child': {
        const id = `${slot.instance.id}/${slot.instance.steps}/cancel`
        const signal = { id, type: 'cancel', args: {}, from: slot.url }
        return this.send(slot, addressOf(effect.url, step), { kind: 'signal', signal, optional: true }, false)
      }
      case 'ended': {
        const { parent, returns, failure } = effect
        slot.result = { returns, failure }
        const end = failure === null ? { returns } : { failure }
        return this.send(slot, addressOf(parent.url, step), { kind: 'child', as: parent.as, end }, false)
      }
      case 'timer-set':
      case 'timer-cancelled':
      case 'dropped':
        // The instance's own list of delayed signals says it all; history names what was dropped.
        return
    }
  }

  #startTask(slot: Slot, { key, use, args }: Extract<Effect, { kind: 'task' }>, step: number): void {
    const kind = this.#options.kindOf(use.task)
    if (kind === undefined) throw new StepRefused('unknown-task', `no task ${use.task} is registered in this hub`, step)
    if (kind === 'external') {
      this.tasks.push({ instance: slot.key, key, task: use.task, args, policy: policyOf(use), due: this.now })
      return
    }
    const { model, id } = slot.instance
    const call = { key, instance: slot.url, model, id, tenant: slot.tenant, task: use.task, args }
    const calls = this.calls.get(use.task) ?? []
    this.calls.set(use.task, calls)
    calls.push({ slot, step, call, told: use.done !== undefined })
  }

  /** Moves what was not taken to the mailbox, in order. Entries that somebody waits for go back to the caller instead. */
  leftovers(): Direct[] {
    const back: Direct[] = []
    for (const slot of this.slots.values()) {
      for (const entry of slot.queue.splice(slot.head)) {
        if (entry.direct) back.push(entry.direct)
        else this.mail.push({ instance: slot.key, at: entry.at, item: entry.item, seq: entry.seq })
      }
    }
    return back
  }
}

/** Which instance a URL means. @throws StepRefused when it is no instance's URL */
export function addressOf(url: string, step?: number): Address {
  const parsed = parseUrl(url)
  if (!parsed) throw new StepRefused('bad-url', `${url} is not an instance's URL`, step)
  return { model: parsed.model, id: parsed.id }
}
