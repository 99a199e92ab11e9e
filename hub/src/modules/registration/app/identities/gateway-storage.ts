import type { Sql } from '../../../../platform/database.ts'
import type { WallTime } from '../../../../platform/clock.ts'
import type { GatewayRule } from '../../domain/arrival.ts'
import type { PageRequest } from '../page-request.ts'
import type { ForeignProtocol, StoredCredential } from '../../domain/device-identity.ts'

/** What a batch of devices shows, as people see it. */
export interface GatewayCredential extends GatewayRule {
  readonly id: string
  readonly tenant: string
  readonly protocol: ForeignProtocol
  readonly kind: 'token' | 'password' | 'psk'
  readonly name: string
  readonly username: string | null
  /** Account id. */
  readonly createdBy: string
  readonly createdAt: WallTime
  readonly revokedAt: WallTime | null
}

/** The same, for judging who shows it. */
export interface GatewayRecord extends GatewayRule {
  readonly id: string
  readonly tenant: string
  readonly createdBy: string
  readonly credential: StoredCredential
}

/** A token by its digest, hexadecimal; all others by the name that is shown with it. */
export interface GatewayName {
  readonly protocol: ForeignProtocol
  readonly by: 'digest' | 'username'
  readonly value: string
}

export interface GatewayStore {
  /** False when its token or user name is in use. */
  insert(
    sql: Sql,
    gateway: GatewayCredential,
    secret: { readonly digest: Buffer | null; readonly sealed: Buffer | null },
  ): Promise<boolean>
  find(sql: Sql, id: string): Promise<GatewayCredential | null>
  page(sql: Sql, page: PageRequest, tenant: string): Promise<GatewayCredential[]>
  revoke(sql: Sql, id: string, at: Date): Promise<void>
  /** Of those in use. */
  named(sql: Sql, name: GatewayName): Promise<GatewayRecord | null>
}
