import type { Sql } from '../../../../platform/database.ts'
import type { Notification, SentMail } from '../../domain/notifications/notification.ts'
import type { Position } from '../../domain/position.ts'

/** What a turn of telling changes. */
export type NotificationResult = Pick<
  Notification,
  | 'state'
  | 'why'
  | 'position'
  | 'dueAt'
  | 'hourBegan'
  | 'hourSent'
  | 'failures'
  | 'lastError'
  | 'lastSentAt'
  | 'version'
>

export interface NotificationStorage {
  add(sql: Sql, notification: Notification): Promise<void>
  page(sql: Sql, tenant: string, owner: string | null, limit: number, after: string): Promise<Notification[]>
  count(sql: Sql, owner: string): Promise<number>
  find(sql: Sql, id: string, lock?: boolean): Promise<Notification | null>
  /** What its owner wants of it, its state, and from where on it is told. */
  change(sql: Sql, notification: Notification): Promise<void>
  remove(sql: Sql, id: string): Promise<boolean>
  /** Takes one that is due and that no other hub works on; it is this hub's until `leasedUntil`. */
  lease(sql: Sql, now: Date, leasedUntil: Date, end: Position): Promise<Notification | null>
  /** Gives it back, unless a person has changed it meanwhile. */
  settle(sql: Sql, id: string, result: NotificationResult): Promise<void>
  addMail(sql: Sql, mail: SentMail): Promise<void>
  /** Newest first. */
  mails(sql: Sql, notification: string, limit: number, before: string | undefined): Promise<SentMail[]>
  forgetMails(sql: Sql, before: Date, limit: number): Promise<number>
  forgetUnconfirmed(sql: Sql, before: Date): Promise<void>
}
