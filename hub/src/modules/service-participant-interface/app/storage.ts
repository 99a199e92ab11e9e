import type { Sql } from '../../../platform/database.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import type { Position } from '../domain/position.ts'
import type { Attempt, Webhook } from '../domain/webhook.ts'

export interface EventStorage {
  /** Events after `position` that no later commit can precede, in order, at most `limit`. */
  eventsAfter(sql: Sql, position: Position, limit: number): Promise<LoggedEvent[]>
  /** The event in that very place. */
  eventAt(sql: Sql, position: Position): Promise<LoggedEvent | null>
  /** The place behind the newest event that `eventsAfter` could return now. */
  end(sql: Sql): Promise<Position>
  /** A place before every event that happened at that moment or later; events before that moment may come after it. */
  placeBefore(sql: Sql, at: Date): Promise<Position>
  /** A place behind every event that happened at that moment or before; later ones may come before it. */
  placeBehind(sql: Sql, at: Date): Promise<Position>
  prune(sql: Sql, before: Date, limit: number): Promise<number>
}

/** What a person changes. */
export type WebhookChange = Pick<
  Webhook,
  'name' | 'url' | 'types' | 'household' | 'subject' | 'filter' | 'state' | 'why' | 'position' | 'replay' | 'version'
> &
  Pick<Webhook, 'secret' | 'previousSecret' | 'previousUntil' | 'failures' | 'retryAt'>

/** What a turn of sending changes. */
export type WebhookResult = Pick<
  Webhook,
  | 'position'
  | 'replay'
  | 'failures'
  | 'retryAt'
  | 'lastError'
  | 'lastSuccessAt'
  | 'lastDuration'
  | 'state'
  | 'why'
  | 'version'
>

export interface WebhookStorage {
  addWebhook(sql: Sql, webhook: Webhook): Promise<void>
  webhooks(sql: Sql, tenant: string, owner: string | null, limit: number, after: string): Promise<Webhook[]>
  countWebhooks(sql: Sql, owner: string): Promise<number>
  webhook(sql: Sql, id: string, lock?: boolean): Promise<Webhook | null>
  changeWebhook(sql: Sql, id: string, change: WebhookChange): Promise<void>
  /** Ids and secrets of all whose secret does not begin so. */
  secretsWithout(sql: Sql, beginning: string): Promise<Pick<Webhook, 'id' | 'secret'>[]>
  setSecret(sql: Sql, id: string, secret: string): Promise<void>
  removeWebhook(sql: Sql, id: string): Promise<boolean>
  /**
   * Takes one webhook that is due and that no other hub works on; it is this hub's until `leasedUntil`.
   * @param ailing those whose receiver fails or is slow, or those whose does not
   */
  leaseWebhook(sql: Sql, now: Date, leasedUntil: Date, end: Position, ailing: boolean): Promise<Webhook | null>
  /** Gives the webhook back with what became of it, unless a person has changed it meanwhile. @param rest not before then again */
  settleWebhook(sql: Sql, id: string, result: WebhookResult, rest: Date): Promise<void>
  addAttempts(sql: Sql, attempts: readonly Attempt[]): Promise<void>
  /** Newest first. */
  attempts(
    sql: Sql,
    webhook: string,
    page: { readonly limit: number; readonly before: string | undefined; readonly outcome: string | undefined },
  ): Promise<Attempt[]>
  forgetAttempts(sql: Sql, before: Date, limit: number): Promise<number>
}

export type ParticipantStorage = EventStorage & WebhookStorage
