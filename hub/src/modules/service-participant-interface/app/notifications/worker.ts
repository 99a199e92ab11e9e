import { actAsHub } from '../../../../platform/acting.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import { newId } from '../../../../platform/ids.ts'
import { concerns } from '../../domain/interest.ts'
import { typesOf } from '../../domain/notifications/kinds.ts'
import { happened, nothing, notificationMail, total, type Happened } from '../../domain/notifications/message.ts'
import { paced, type Notification, type SentMail } from '../../domain/notifications/notification.ts'
import { retryDelay } from '../../domain/webhook-message.ts'
import { scopeNow } from '../scope-now.ts'
import type { NotificationDependencies } from './dependencies.ts'
import { linkTo } from './links.ts'

/** Longer than a turn can take. */
const lease: Milliseconds = 120_000
const pollEvery: Milliseconds = 2_000
/** How soon one that had nothing to tell is looked at again. */
const rest: Milliseconds = 2_000
/** Read at once, and in one turn at most: the rest is for the next. */
const pageSize = 1_000
const mostPages = 50
/** Told at the same time by one hub. */
const most = 4
const day: Milliseconds = 24 * 3600 * 1000
const keepMails = 14 * day
const keepUnconfirmed = 7 * day
const pruneEvery: Milliseconds = 60_000
/** Rows removed by one statement, at most. */
const pruned = 5_000

/** Tells people by e-mail of what they asked for: at least once, much that happens at a time in one message. */
export class NotificationWorker {
  readonly #deps: NotificationDependencies
  #running = false
  #cancel: (() => void)[] = []
  #looking: Promise<void> = Promise.resolve()
  #pruning: Promise<void> = Promise.resolve()

  constructor(deps: NotificationDependencies) {
    this.#deps = deps
  }

  start(): void {
    if (this.#deps.mailer === null) return
    this.#running = true
    this.#again(0, pollEvery, () => (this.#looking = this.#attempt(() => this.#look(), 'people could not be told')))
    this.#again(
      1,
      pruneEvery,
      () => (this.#pruning = this.#attempt(() => this.#prune(), 'old mail could not be forgotten')),
    )
  }

  async stop(): Promise<void> {
    this.#running = false
    for (const cancel of this.#cancel) cancel()
    await Promise.all([this.#looking, this.#pruning])
  }

  #again(slot: number, every: Milliseconds, work: () => Promise<void>): void {
    this.#cancel[slot] = this.#deps.clock.after(every, () => {
      if (!this.#running) return
      void work().finally(() => this.#running && this.#again(slot, every, work))
    })
  }

  #attempt(work: () => Promise<void>, failure: string): Promise<void> {
    return actAsHub(work).catch((error: unknown) =>
      this.#deps.log.error({ err: error }, `${failure}; it is tried again`),
    )
  }

  /** Tells all that are due. */
  async #look(): Promise<void> {
    const lanes = Array.from({ length: most }, async () => {
      while (this.#running && (await this.#turn()));
    })
    await Promise.all(lanes)
  }

  async #turn(): Promise<boolean> {
    const { clock, database, notifications, storage } = this.#deps
    const now = clock.now()
    const end = await storage.end(database.sql)
    const found = await notifications.lease(database.sql, new Date(now), new Date(now + lease), end)
    if (found === null) return false
    const { result, mail } = await this.#tell(found)
    await database.transaction(async (tx) => {
      if (mail !== null) await notifications.addMail(tx.sql, mail)
      await notifications.settle(tx.sql, found.id, result)
    })
    return true
  }

  async #tell(found: Notification): Promise<{ result: Notification; mail: SentMail | null }> {
    const { access, clock, mailer, publicUrl } = this.#deps
    const scope = await scopeNow(access, found)
    if (scope === null) return { result: { ...found, state: 'disabled', why: 'account' }, mail: null }
    const { what, position } = await this.#since(found, scope)
    const count = total(what)
    if (count === 0) return { result: { ...found, position, dueAt: new Date(clock.now() + rest) }, mail: null }
    const message = notificationMail(found.email, what, {
      hub: publicUrl(),
      unsubscribe: linkTo(this.#deps, 'unsubscribe', found.id),
    })
    const { outcome, detail } = await mailer!.send(message)
    const at = new Date(clock.now())
    const about = { id: newId('eml', clock.now()), tenant: found.tenant, notification: found.id, at }
    const mail = { ...about, subject: message.subject, events: count, outcome, detail, nextTry: null }
    if (outcome === 'taken') {
      const sent = { failures: 0, lastError: null, lastSentAt: at }
      return { result: { ...found, ...sent, position, ...paced(found, clock.now()) }, mail }
    }
    const failures = found.failures + 1
    const delay = outcome === 'refused' ? null : retryDelay(failures)
    const failed = { ...found, failures, lastError: detail }
    if (delay === null) {
      const why = outcome === 'refused' ? 'refused' : 'failing'
      this.#deps.log.warn({ notification: found.id, why }, 'a person is told by e-mail no more')
      return { result: { ...failed, state: 'disabled', why }, mail }
    }
    const nextTry = new Date(clock.now() + delay)
    return { result: { ...failed, dueAt: nextTry }, mail: { ...mail, nextTry } }
  }

  /** What it is to be told of since its place, and up to where that was looked for. */
  async #since(
    found: Notification,
    scope: NonNullable<Awaited<ReturnType<typeof scopeNow>>>,
  ): Promise<{ what: Happened; position: Notification['position'] }> {
    const { database, storage } = this.#deps
    const interest = { ...found, types: typesOf(found), scope }
    const end = await storage.end(database.sql)
    let what = nothing
    let { position } = found
    for (let page = 0; page < mostPages; page++) {
      const events = await storage.eventsAfter(database.sql, position, pageSize)
      what = happened(
        what,
        events.filter((event) => concerns(event, interest)),
      )
      if (events.length < pageSize) return { what, position: events.at(-1)?.position ?? end }
      position = events.at(-1)!.position
    }
    return { what, position }
  }

  async #prune(): Promise<void> {
    const { clock, database, notifications } = this.#deps
    const before = (age: number): Date => new Date(clock.now() - age)
    await notifications.forgetUnconfirmed(database.sql, before(keepUnconfirmed))
    while ((await notifications.forgetMails(database.sql, before(keepMails), pruned)) === pruned && this.#running);
  }
}
