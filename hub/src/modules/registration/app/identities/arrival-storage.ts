import type { DeviceClass } from '@sutler/device-model'
import type { Sql } from '../../../../platform/database.ts'
import type { WallTime } from '../../../../platform/clock.ts'
import type { Crowd } from '../../domain/arrival.ts'
import type { ForeignProtocol } from '../../domain/device-identity.ts'
import type { Ticket } from '../../domain/ticket.ts'

/** An unknown device that has proved something. */
export interface Arriving {
  readonly protocol: ForeignProtocol
  readonly tenant: string
  readonly identity: string
  readonly gateway: string | null
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer | null
}

export interface NewArrival extends Arriving {
  readonly id: string
  readonly serial: string
  readonly household: string | null
  readonly class: DeviceClass | null
  readonly device: string | null
  readonly says: Readonly<Record<string, string>>
  readonly source: string
  readonly at: Date
  readonly expiresAt: Date
}

export interface ArrivalStore {
  /** Keeps other hubs from judging arrivals of this tenant until the end of the transaction. */
  lock(sql: Sql, tenant: string): Promise<void>
  /** One that has not expired. */
  find(
    sql: Sql,
    arriving: Arriving,
    now: Date,
  ): Promise<{ id: string; state: Ticket['state']; seenAt: WallTime } | null>
  crowd(sql: Sql, tenant: string, source: string, now: Date): Promise<Crowd>
  /** In the place of one of the same device that has ended. */
  insert(sql: Sql, arrival: NewArrival): Promise<Ticket>
  touch(sql: Sql, ticket: string, at: Date, expiresAt: Date): Promise<void>
  remove(sql: Sql, ticket: string): Promise<void>
  /** Those that wait with that credential. */
  removeOf(sql: Sql, gateway: string): Promise<void>
  /** Under lock; null when there is none of a foreign device. */
  lockTicket(sql: Sql, id: string): Promise<Ticket | null>
  enrolled(sql: Sql, ticket: Pick<Ticket, 'id' | 'device' | 'decidedBy'>, now: Date, expiresAt: Date): Promise<void>
}
