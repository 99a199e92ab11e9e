import type { Sql } from '../../../platform/database.ts'
import type { Position } from '../domain/position.ts'
import type { TmfApi } from '../domain/tmf/links.ts'
import type { LoggedEvent } from '../domain/webhook-message.ts'

export interface Webhook {
  readonly id: string
  readonly tenant: string
  readonly owner: string
  readonly url: string
  readonly types: readonly string[]
  /** Whose notifications it is told; null: CloudEvents. */
  readonly api: TmfApi | null
  /** Of a TM Forum listener. */
  readonly query: string
  /** Null = all households. */
  readonly households: readonly string[] | null
  /** Sealed; webhook-secrets.ts opens it. */
  readonly secret: string
  readonly state: 'active' | 'disabled'
  readonly position: Position
  readonly failures: number
  readonly retryAt: Date | null
  readonly lastError: string | null
  readonly lastSuccessAt: Date | null
  readonly createdAt: Date
}

export interface ParticipantStorage {
  /** Events after `position` that no later commit can precede, in order, at most `limit`. */
  eventsAfter(sql: Sql, position: Position, limit: number): Promise<LoggedEvent[]>
  /** The place behind the newest event that `eventsAfter` could return now. */
  end(sql: Sql): Promise<Position>
  prune(sql: Sql, before: Date, limit: number): Promise<number>

  addWebhook(sql: Sql, webhook: Webhook): Promise<void>
  webhooks(sql: Sql, tenant: string, owner: string | null, limit: number, after: string): Promise<Webhook[]>
  webhook(sql: Sql, id: string): Promise<Webhook | null>
  /** Ids and secrets of all whose secret does not begin so. */
  secretsWithout(sql: Sql, beginning: string): Promise<Pick<Webhook, 'id' | 'secret'>[]>
  setSecret(sql: Sql, id: string, secret: string): Promise<void>
  removeWebhook(sql: Sql, id: string): Promise<boolean>
  /** Takes one webhook that is due and that no other hub works on; it is this hub's until `leasedUntil`. */
  leaseWebhook(sql: Sql, now: Date, leasedUntil: Date, end: Position): Promise<Webhook | null>
  /** Gives the webhook back with what became of it. */
  settleWebhook(
    sql: Sql,
    id: string,
    result: Pick<Webhook, 'position' | 'failures' | 'retryAt' | 'lastError' | 'lastSuccessAt' | 'state'>,
  ): Promise<void>
}
