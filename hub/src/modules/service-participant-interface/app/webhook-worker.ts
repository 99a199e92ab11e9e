import { post } from '../../../platform/outgoing-http.ts'
import { concerns } from '../domain/interest.ts'
import {
  eventId,
  retryDelay,
  signedMessage,
  webhookMessage,
  type LoggedEvent,
  type WebhookMessage,
} from '../domain/webhook-message.ts'
import type { TmfDependencies } from './tmf/dependencies.ts'
import { tmfNotification } from './tmf/notify.ts'
import type { Webhook } from './storage.ts'
import { openedSecret } from './webhook-secrets.ts'

const eventsPerTurn = 50
const timeout = 10_000
/** Longer than a whole turn can take: 50 messages of at most ten seconds each. */
const lease = 15 * 60_000
const pollEvery = 1_000
/** Receivers served at the same time by one hub. */
const workers = 4
const keepEvents = 30 * 24 * 3600 * 1000
const pruneEvery = 60_000

/** Tells webhooks of events, each in order, at least once; a receiver that fails is tried again for a day, then switched off. */
export class WebhookWorker {
  readonly #deps: TmfDependencies
  #running = false
  #loops: Promise<void>[] = []
  readonly #wakes = new Set<() => void>()
  #stopListening: (() => void) | null = null

  constructor(deps: TmfDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#running = true
    this.#stopListening = this.#deps.doorbells.listen('webhooks', () => this.#wakeAll())
    this.#loops = [
      ...Array.from({ length: workers }, () => this.#loop(() => this.#turn(), pollEvery)),
      this.#loop(() => this.#prune(), pruneEvery),
    ]
  }

  async stop(): Promise<void> {
    this.#running = false
    this.#stopListening?.()
    this.#wakeAll()
    await Promise.all(this.#loops)
  }

  async #loop(turn: () => Promise<boolean>, every: number): Promise<void> {
    while (this.#running) {
      const more = await turn().catch((error: unknown) => {
        this.#deps.log.error({ err: error }, 'webhooks could not be served; it is tried again')
        return false
      })
      if (!more && this.#running) await this.#sleep(every)
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(milliseconds, () => wake())
      const wake = (): void => {
        cancel()
        this.#wakes.delete(wake)
        resolve()
      }
      this.#wakes.add(wake)
    })
  }

  #wakeAll(): void {
    for (const wake of this.#wakes) wake()
  }

  /** Serves one webhook. Returns whether there may be more to do at once. */
  async #turn(): Promise<boolean> {
    const { database, storage, clock } = this.#deps
    const end = await storage.end(database.sql)
    const now = clock.now()
    const webhook = await storage.leaseWebhook(database.sql, new Date(now), new Date(now + lease), end)
    if (webhook === null) return false
    const events = await storage.eventsAfter(database.sql, webhook.position, eventsPerTurn)
    let served = webhook
    for (const event of events) {
      if (!this.#running) break
      if (concerns(event, interestOf(webhook))) {
        const failure = await this.#tell(webhook, event)
        if (failure !== null) {
          await storage.settleWebhook(database.sql, webhook.id, this.#failed(served, failure))
          return true
        }
        served = { ...served, failures: 0, retryAt: null, lastError: null, lastSuccessAt: new Date(clock.now()) }
      }
      served = { ...served, position: event.position }
    }
    if (events.length === 0) served = { ...served, position: end }
    await storage.settleWebhook(database.sql, webhook.id, served)
    return events.length > 0
  }

  /** Returns what went wrong, or null. */
  async #tell(webhook: Webhook, event: LoggedEvent): Promise<string | null> {
    try {
      const message = await this.#message(webhook, event)
      if (message === null) return null
      const { body, headers } = message
      await post(webhook.url, body, { headers, timeout, allowInside: this.#deps.allowInside })
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** Null: there is nothing in the event that this one wants to be told. */
  async #message(webhook: Webhook, event: LoggedEvent): Promise<WebhookMessage | null> {
    const { clock, sealing, publicUrl } = this.#deps
    const seconds = Math.floor(clock.now() / 1000)
    const signing = { secret: openedSecret(sealing, webhook), seconds, source: publicUrl() }
    const { api } = webhook
    if (api === null) return webhookMessage(event, signing)
    const told = await tmfNotification(this.#deps, { ...webhook, api }, event)
    return told === null ? null : signedMessage(eventId(event), told, 'application/json;charset=utf-8', signing)
  }

  #failed(webhook: Webhook, lastError: string): Webhook {
    const failures = webhook.failures + 1
    const delay = retryDelay(failures)
    if (delay === null) {
      this.#deps.log.warn(
        { webhook: webhook.id, url: webhook.url, lastError },
        'a webhook failed for a day and is switched off',
      )
      return { ...webhook, failures, lastError, retryAt: null, state: 'disabled' }
    }
    return { ...webhook, failures, lastError, retryAt: new Date(this.#deps.clock.now() + delay) }
  }

  async #prune(): Promise<boolean> {
    const before = new Date(this.#deps.clock.now() - keepEvents)
    return (await this.#deps.storage.prune(this.#deps.database.sql, before, 5000)) === 5000
  }
}

function interestOf(webhook: Webhook) {
  return {
    types: webhook.types,
    scope: {
      tenant: webhook.tenant,
      all: webhook.households === null,
      households: webhook.households ?? [],
      owner: webhook.owner,
    },
  }
}
