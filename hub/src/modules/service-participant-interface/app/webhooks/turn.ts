import type { Milliseconds } from '../../../../platform/clock.ts'
import type { Scope } from '../../../../platform/access.ts'
import { heard } from '../../domain/interest.ts'
import type { LoggedEvent } from '../../domain/logged-event.ts'
import { isAfter } from '../../domain/position.ts'
import type { Attempt, AttemptKind, Webhook } from '../../domain/webhook.ts'
import { retryDelay } from '../../domain/webhook-message.ts'
import { scopeNow } from '../scope-now.ts'
import type { TmfDependencies } from '../tmf/dependencies.ts'
import { nothingSent } from './nothing-sent.ts'
import { tell } from './tell.ts'

/** Events that are read at once. */
const eventsRead = 200
/** A turn sends nothing more after so long, milliseconds: others have waited. */
const budget: Milliseconds = 5_000
/** What a webhook may hear is asked anew after so long, milliseconds. */
const believed: Milliseconds = 1_000

export interface TurnResult {
  readonly result: Webhook
  readonly attempts: readonly Attempt[]
}

/** One webhook is told what has happened since its last turn, then what it wanted to have replayed. */
export class Turn {
  readonly #deps: TmfDependencies
  readonly #running: () => boolean
  readonly #end: Milliseconds
  readonly #attempts: Attempt[] = []
  #webhook: Webhook
  #scope: Scope | null = null
  #asked: Milliseconds = Number.NEGATIVE_INFINITY
  #stopped = false
  #mistaken = false

  constructor(deps: TmfDependencies, webhook: Webhook, running: () => boolean) {
    this.#deps = deps
    this.#webhook = webhook
    this.#running = running
    this.#end = deps.clock.monotonic() + budget
  }

  async take(): Promise<TurnResult> {
    const { database, storage } = this.#deps
    const end = await storage.end(database.sql)
    const coming = await storage.eventsAfter(database.sql, this.#webhook.position, eventsRead)
    await this.#tellOf(coming, 'event', (event) => {
      this.#webhook = { ...this.#webhook, position: event.position }
    })
    if (coming.length === 0 && !this.#over) this.#webhook = { ...this.#webhook, position: end }
    await this.#replay()
    return { result: this.#webhook, attempts: this.#attempts }
  }

  get #over(): boolean {
    return this.#stopped || !this.#running() || this.#deps.clock.monotonic() > this.#end
  }

  async #replay(): Promise<void> {
    const { replay } = this.#webhook
    if (replay === null || this.#over) return
    const { database, storage } = this.#deps
    const read = await storage.eventsAfter(database.sql, replay.position, eventsRead)
    const wanted = read.filter(({ position }) => !isAfter(position, replay.until))
    const since = replay.since === null ? 0 : Date.parse(replay.since)
    const to = replay.to === null ? Number.POSITIVE_INFINITY : Date.parse(replay.to)
    await this.#tellOf(
      wanted,
      'replay',
      (event, sent) => {
        const before = this.#webhook.replay!
        const now = { ...before, position: event.position, sent: before.sent + (sent ? 1 : 0) }
        this.#webhook = { ...this.#webhook, replay: now }
      },
      (event) => event.at.getTime() >= since && event.at.getTime() <= to,
    )
    const whole = wanted.length < read.length || read.length < eventsRead
    if (whole && !this.#over) this.#webhook = { ...this.#webhook, replay: null }
  }

  async #tellOf(
    events: readonly LoggedEvent[],
    kind: AttemptKind,
    passed: (event: LoggedEvent, sent: boolean) => void,
    wanted: (event: LoggedEvent) => boolean = () => true,
  ): Promise<void> {
    for (const event of events) {
      if (this.#over) return
      const sent = wanted(event) && (await this.#tell(event, kind))
      if (this.#stopped) return
      passed(event, sent)
    }
  }

  /** Whether the event was sent; afterwards the turn may have to stop. */
  async #tell(event: LoggedEvent, kind: AttemptKind): Promise<boolean> {
    const scope = await this.#scopeNow()
    if (scope === null) {
      this.#switchOff('account')
      return false
    }
    const { holds, mistake } = heard(event, { ...this.#webhook, scope })
    if (mistake !== null) this.#note(event, mistake)
    if (!holds) return false
    const told = await tell(this.#deps, this.#webhook, event, kind, scope.all)
    if (told === null) return false
    this.#settle(told.attempt, told.retryAfter)
    return true
  }

  async #scopeNow(): Promise<Scope | null> {
    const now = this.#deps.clock.monotonic()
    if (now - this.#asked >= believed) {
      this.#scope = await scopeNow(this.#deps.access, this.#webhook)
      this.#asked = now
    }
    return this.#scope
  }

  #settle(attempt: Attempt, retryAfter: Milliseconds): void {
    const { clock } = this.#deps
    const { detail: lastError, duration: lastDuration } = attempt
    if (attempt.outcome === 'delivered') {
      this.#attempts.push(attempt)
      const lastSuccessAt = new Date(clock.now())
      this.#webhook = { ...this.#webhook, failures: 0, retryAt: null, lastError, lastSuccessAt, lastDuration }
      return
    }
    this.#stopped = true
    const failures = this.#webhook.failures + 1
    const delay = attempt.status === 410 ? null : retryDelay(failures, retryAfter)
    const retryAt = delay === null ? null : new Date(clock.now() + delay)
    this.#attempts.push({ ...attempt, nextTry: retryAt })
    this.#webhook = { ...this.#webhook, failures, retryAt, lastError, lastDuration }
    // Standard Webhooks: a receiver that says 410 Gone wants no more.
    if (delay === null) this.#switchOff(attempt.status === 410 ? 'gone' : 'failing')
  }

  #switchOff(why: 'gone' | 'failing' | 'account'): void {
    this.#stopped = true
    this.#webhook = { ...this.#webhook, state: 'disabled', why, retryAt: null }
  }

  /** That the filter could not be answered: once a turn, however many events it was asked about. */
  #note(event: LoggedEvent, detail: string): void {
    if (this.#mistaken) return
    this.#mistaken = true
    this.#attempts.push(nothingSent(this.#deps.clock, this.#webhook, event, { kind: 'filter', try: 1, detail }))
  }
}
