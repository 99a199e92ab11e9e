import { setTimeout as pause } from 'node:timers/promises'
import { HubGone, HubRefused, HubSilent, type Hub } from './hub.ts'
import type { Hubs } from './hubs.ts'
import { idOf, type Ledger } from './ledger.ts'
import type { Sent } from './protocol.ts'
import type { Random } from './random.ts'

/** A caller waits so long for a hub's answer, then asks another one. */
export const answerWithin = 4_000
/** And so long in all. */
const patience = 90_000

export interface Sending {
  readonly hubs: Hubs
  readonly ledger: Ledger
  readonly random: Random
}

const standing: readonly (readonly [model: string, count: number])[] = [
  ['account', 16],
  ['till', 8],
  ['tally', 6],
]

/** The instances that are there from the beginning to the end. */
export const instances: readonly string[] = standing.flatMap(([model, count]) =>
  Array.from({ length: count }, (_, n) => `model:${model}/${model}${n}`),
)

/** Sends, awaiting each answer or in transactions of its own, with the same ids until somebody has accepted it. */
export class Sender {
  readonly #name: string
  readonly #sending: Sending
  readonly #next = new Map<string, number>()

  constructor(name: string, sending: Sending) {
    this.#name = name
    this.#sending = sending
  }

  /** Signals of any kind to any of the standing instances, in one way or the other. */
  async sendAny(): Promise<void> {
    const { random, ledger } = this.#sending
    const kind = random.next()
    if (kind < 0.5) {
      const to = random.one(instances)
      await this.awaited(this.#some(random.whole(1, 4), () => to))
    } else if (kind < 0.93) await this.queued(this.#some(random.whole(1, 12), () => random.one(instances)))
    else {
      const to = random.one(instances)
      await this.#deliver({ signals: [{ to, id: `undone:${ledger.undone++}`, type: 'note', args: {} }], undo: true })
    }
    await pause(random.whole(2, 25))
  }

  /** One of several callers of a hub at once, for one instance. */
  async awaited(signals: readonly Sent[]): Promise<void> {
    const { ledger, random } = this.#sending
    ledger.try(signals)
    for (let left = signals; left.length > 0;) {
      left = await this.#ask(left)
      // As a caller does who has lost an answer.
      if (left.length === 0 && random.chance(0.02)) await this.#ask(signals)
    }
  }

  /** @returns those that were not answered */
  async #ask(signals: readonly Sent[]): Promise<readonly Sent[]> {
    const { ledger } = this.#sending
    const hub = await this.#anyHub()
    const answers = await Promise.allSettled(signals.map((signal) => hub.signal(signal, answerWithin)))
    const left: Sent[] = []
    for (const [index, signal] of signals.entries()) {
      const answer = answers[index]!
      if (answer.status === 'fulfilled') ledger.answered(signal, answer.value)
      else left.push(signal)
    }
    const errors = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    for (const error of errors) this.#judge(error)
    if (errors.some((error) => !(error instanceof HubGone))) ledger.torn(signals)
    return left
  }

  async queued(signals: readonly Sent[]): Promise<void> {
    const { ledger, random } = this.#sending
    ledger.try(signals)
    await this.#deliver({ signals, undo: false })
    ledger.committed(signals)
    if (random.chance(0.1)) await this.#deliver({ signals, undo: false })
  }

  async #deliver(batch: { signals: readonly Sent[]; undo: boolean }): Promise<void> {
    await this.insist((hub) => hub.send(batch, answerWithin))
  }

  /** The same, at one hub or another, until it is done. */
  async insist(what: (hub: Hub) => Promise<void>): Promise<void> {
    for (;;) {
      const hub = await this.#anyHub()
      try {
        return await what(hub)
      } catch (error) {
        this.#judge(error)
      }
    }
  }

  /** An error that does not say to send again is a finding; it is sent again all the same. @throws what is no hub's doing */
  #judge(error: unknown): void {
    const { ledger } = this.#sending
    ledger.retries++
    if (error instanceof HubGone || error instanceof HubSilent) return
    if (!(error instanceof HubRefused)) throw error
    if (!error.refused.again) ledger.refused(`${this.#name} was refused for good: ${error.message}`)
  }

  async #anyHub(): Promise<Hub> {
    const { hubs, random } = this.#sending
    for (let end = performance.now() + patience; performance.now() < end; await pause(5)) {
      const hub = hubs.any(random)
      if (hub) return hub
    }
    throw new Error(`no hub is at work for ${patience} ms`)
  }

  #some(count: number, to: () => string): Sent[] {
    return Array.from({ length: count }, () => this.#any(to()))
  }

  #any(to: string): Sent {
    const { random } = this.#sending
    if (!to.startsWith('model:account/') || random.chance(0.6)) return this.next(to, 'note')
    const payee = random.one(instances.filter((url) => url.startsWith('model:account/'))).slice('model:account/'.length)
    return random.one([
      () => this.next(to, 'pay', { to: payee, amount: random.whole(1, 9) }),
      () => this.next(to, 'sleep', { ms: random.whole(0, 900) }),
      () => this.next(to, 'sleep', { ms: random.whole(0, 90) }),
      () => this.next(to, 'stir'),
    ])()
  }

  /** This sender's next signal to the instance. */
  next(to: string, type: string, args: Sent['args'] = {}): Sent {
    const n = this.#next.get(to) ?? 0
    this.#next.set(to, n + 1)
    return { to, id: idOf(this.#name, n), type, args, create: {} }
  }
}
