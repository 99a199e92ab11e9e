import { actAsHub } from '../../../../platform/acting.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import type { Webhook } from '../../domain/webhook.ts'
import type { TmfDependencies } from '../tmf/dependencies.ts'
import { Turn } from './turn.ts'

/** Longer than a whole turn can take. */
const lease: Milliseconds = 60_000
/** Looked for work at least so often, and after a ring no sooner than `gathering` after the last look. */
const pollEvery: Milliseconds = 1_000
const gathering: Milliseconds = 100
/** A webhook whose turn sent nothing has the next one no sooner. */
const rest: Milliseconds = 500
const day: Milliseconds = 24 * 3600 * 1000
const keepEvents = 30 * day
const keepAttempts = 14 * day
const pruneEvery: Milliseconds = 60_000
/** Rows removed by one statement, at most. */
const pruned = 5_000

/**
 * Receivers served at the same time by one hub. Those that fail or are slow have places of their own: they never keep a good one
 * waiting.
 */
const places = [
  { ailing: false, most: 32 },
  { ailing: true, most: 16 },
] as const

/** Tells webhooks of events, each in order, at least once; a receiver that fails is tried again for a day, then switched off. */
export class WebhookWorker {
  readonly #deps: TmfDependencies
  #running = false
  #loops: Promise<void>[] = []
  readonly #turns = new Set<Promise<void>>()
  readonly #busy = [0, 0]
  readonly #wakes = new Set<() => void>()
  /** Until when no further mistake of a webhook's filter is noted. */
  readonly #mistaken = new Map<string, Milliseconds>()
  #stopListening: (() => void)[] = []
  #rung = false
  #wake = (): void => {}

  constructor(deps: TmfDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#running = true
    const { doorbells } = this.#deps
    this.#stopListening = (['webhooks', 'events'] as const).map((bell) => doorbells.listen(bell, () => this.#ring()))
    this.#loops = [this.#dispatch(), this.#pruning()]
  }

  async stop(): Promise<void> {
    this.#running = false
    for (const stop of this.#stopListening) stop()
    this.#ring()
    for (const wake of this.#wakes) wake()
    await Promise.all([...this.#loops, ...this.#turns])
  }

  #ring(): void {
    this.#rung = true
    this.#wake()
  }

  async #dispatch(): Promise<void> {
    while (this.#running) {
      this.#rung = false
      await this.#attempt(() => this.#fill(), 'webhooks could not be served; it is tried again')
      await this.#sleep(gathering)
      if (!this.#rung && this.#running) await this.#sleep(pollEvery - gathering, true)
    }
  }

  async #pruning(): Promise<void> {
    while (this.#running) {
      await this.#attempt(() => this.#prune(), 'old events could not be removed; it is tried again')
      await this.#sleep(pruneEvery)
    }
  }

  async #attempt(work: () => Promise<void>, failure: string): Promise<void> {
    await actAsHub(work).catch((error: unknown) => this.#deps.log.error({ err: error }, failure))
  }

  /** @param ringing whether a ring ends it */
  #sleep(milliseconds: number, ringing = false): Promise<void> {
    if (!this.#running) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel()
        this.#wakes.delete(wake)
        resolve()
      }
      const cancel = this.#deps.clock.after(milliseconds, wake)
      this.#wakes.add(wake)
      if (ringing) this.#wake = wake
    })
  }

  /** Gives every free place to a webhook that is due. */
  async #fill(): Promise<void> {
    const { database, storage, clock } = this.#deps
    for (const [i, { ailing, most }] of places.entries()) {
      while (this.#running && this.#busy[i]! < most) {
        const end = await storage.end(database.sql)
        const now = clock.now()
        const webhook = await storage.leaseWebhook(database.sql, new Date(now), new Date(now + lease), end, ailing)
        if (webhook === null) break
        this.#serve(webhook, i)
      }
    }
  }

  #serve(webhook: Webhook, place: number): void {
    this.#busy[place]!++
    const turn = this.#attempt(() => this.#turn(webhook), 'a webhook could not be served; it is tried again')
    this.#turns.add(turn)
    void turn.finally(() => {
      this.#turns.delete(turn)
      this.#busy[place]!--
      this.#ring()
    })
  }

  async #turn(webhook: Webhook): Promise<void> {
    const { database, storage, clock } = this.#deps
    const { result, attempts } = await new Turn(this.#deps, webhook, () => this.#running).take()
    const idle = !attempts.some(({ kind }) => kind !== 'filter') && result.replay === null
    const kept = attempts.filter(({ kind }) => kind !== 'filter' || this.#isNews(webhook.id))
    await database.transaction(async (tx) => {
      await storage.addAttempts(tx.sql, kept)
      await storage.settleWebhook(tx.sql, webhook.id, result, new Date(clock.now() + (idle ? rest : 0)))
    })
    if (result.why === webhook.why || result.why === null) return
    this.#deps.meter.disabled(result.why)
    const { id, url } = webhook
    this.#deps.log.warn({ webhook: id, host: new URL(url).host, why: result.why }, 'a webhook was switched off')
  }

  /** That a filter cannot be answered is noted once a minute: it may be so for each of thousands of events. */
  #isNews(webhook: string): boolean {
    const now = this.#deps.clock.monotonic()
    if (now < (this.#mistaken.get(webhook) ?? 0)) return false
    this.#mistaken.delete(webhook)
    this.#mistaken.set(webhook, now + 60_000)
    if (this.#mistaken.size > 1_000) this.#mistaken.delete(this.#mistaken.keys().next().value!)
    return true
  }

  async #prune(): Promise<void> {
    const { database, storage, clock } = this.#deps
    const before = (age: number): Date => new Date(clock.now() - age)
    while ((await storage.prune(database.sql, before(keepEvents), pruned)) === pruned && this.#running);
    while ((await storage.forgetAttempts(database.sql, before(keepAttempts), pruned)) === pruned && this.#running);
  }
}
