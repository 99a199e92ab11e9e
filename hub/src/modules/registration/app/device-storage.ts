import type { Scope } from '../../../platform/access.ts'
import type { WallTime } from '../../../platform/clock.ts'
import type { Sql } from '../../../platform/database.ts'
import type { Claim } from '../domain/account.ts'
import type { EnrolledDevice, KeyedDevice, KnownClaim, KnownDevice, KnownTicket } from '../domain/enrolment.ts'
import type { NativeTicket, Ticket } from '../domain/ticket.ts'
import type { PageRequest } from './page-request.ts'

export interface ClaimStore {
  insert(sql: Sql, claims: readonly { readonly claim: Claim; readonly hash: string }[]): Promise<void>
  find(sql: Sql, id: string): Promise<Claim | null>
  page(sql: Sql, page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Claim[]>
  revoke(sql: Sql, id: string, at: Date): Promise<void>
  /** Locks them, in an order that is the same for all callers. */
  lockByHash(sql: Sql, hashes: readonly string[]): Promise<(KnownClaim & { readonly order: string | null })[]>
  /** Adds the numbers of uses, by claim id. */
  use(sql: Sql, uses: ReadonlyMap<string, number>): Promise<void>
}

export interface TicketStore {
  /** Those of these claims that have not expired. */
  ofClaims(sql: Sql, claims: readonly string[], now: Date): Promise<KnownTicket[]>
  /** In the place of one that has expired for the same claim and key. */
  insert(sql: Sql, tickets: readonly NativeTicket[]): Promise<void>
  find(sql: Sql, id: string): Promise<Ticket | null>
  page(sql: Sql, page: PageRequest & { state?: Ticket['state'] | undefined }, scope: Scope): Promise<Ticket[]>
  /** False when it is not waiting any more. */
  decide(sql: Sql, ticket: Pick<Ticket, 'id' | 'state' | 'decidedBy'>, now: Date, expiresAt: Date): Promise<boolean>
  enrolled(sql: Sql, ids: readonly string[]): Promise<void>
  forgetExpired(sql: Sql, now: Date): Promise<void>
}

export interface DeviceCredentialStore {
  /** By device; strangers are missing. */
  tenants(sql: Sql, devices: readonly string[]): Promise<Map<string, string>>
  byKeys(sql: Sql, publicKeys: readonly string[]): Promise<KnownDevice[]>
  /** Returns the ids of those added: one whose key another transaction has just brought in is left out. */
  insert(sql: Sql, devices: readonly EnrolledDevice[], at: Date): Promise<string[]>
  /** Gives devices a key and the claim that it came in with: they speak our agent's protocol from now on. Returns the ids of those that are neither out of service nor quarantined. */
  rekey(sql: Sql, devices: readonly KeyedDevice[], at: Date): Promise<string[]>
  protocolsChangedSince(sql: Sql, since: Date): Promise<{ readonly device: string; readonly at: WallTime }[]>
  /**
   * Records the boots that devices with our agent told; those of a connection before the last one that counted are left out. Returns the
   * devices that told a boot once more that was over: one of the last `remembered`.
   */
  booted(sql: Sql, boots: readonly ToldBoot[], remembered: number): Promise<string[]>
  /** Returns false when there is no such device, or it is quarantined or revoked already. */
  quarantine(sql: Sql, device: string, at: Date): Promise<boolean>
  /** Ends it; the key stays refused. Returns false when the device is not quarantined. */
  release(sql: Sql, device: string): Promise<boolean>
  /** Returns false when there is no such device or it is revoked already. */
  revoke(sql: Sql, device: string, at: Date): Promise<boolean>
  /** Those that were decommissioned or quarantined. */
  revokedSince(sql: Sql, since: Date): Promise<CutOff[]>
}

export interface ToldBoot {
  readonly device: string
  readonly boot: string
  /** The number of the connection over which it was told. */
  readonly connection: number
}

/** A device that is to be connected no more. */
export interface CutOff {
  readonly device: string
  readonly at: WallTime
  /** Else quarantined. */
  readonly decommissioned: boolean
  /** It only has a new identity, or is to speak another protocol: the old one's connection ends. */
  readonly rekeyed: boolean
}

export interface NewCertificate {
  /** Hexadecimal. */
  readonly serial: string
  readonly device: string
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string
  readonly issuedAt: WallTime
  readonly expiresAt: WallTime
}

export interface CertificateUse {
  readonly serial: string
  /** Of the statement that was signed; null = TLS has proved it. */
  readonly time: WallTime | null
}

export interface CertificateStore {
  insert(sql: Sql, certificates: readonly NewCertificate[]): Promise<void>
  /** `revoked` also when its device is out of service or quarantined. */
  find(
    sql: Sql,
    serial: string,
  ): Promise<{ device: string; publicKey: string; expiresAt: WallTime; replaced: boolean; revoked: boolean } | null>
  /** Those good now, newest first. */
  ofDevices(
    sql: Sql,
    devices: readonly string[],
    now: Date,
  ): Promise<{ serial: string; device: string; publicKey: string }[]>
  /**
   * Records connections by certificates that are good now; a signed one only if the device's last was earlier, or later than
   * `implausible`: then a clock was wrong. From then on the device's older certificates are good no more. Returns the number
   * of the connection, by serial, of those recorded.
   */
  use(sql: Sql, uses: readonly CertificateUse[], implausible: WallTime, now: Date): Promise<ReadonlyMap<string, number>>
  revokeOf(sql: Sql, devices: readonly string[], at: Date): Promise<void>
  forgetExpired(sql: Sql, before: Date): Promise<void>
}
