import type { Action, Role, Scope } from '../../../platform/access.ts'
import type { WallTime } from '../../../platform/clock.ts'
import type { Sql } from '../../../platform/database.ts'
import type { Account, ApiKey, OpenSession } from '../domain/account.ts'
import type { IdentityProvider } from '../domain/identity-provider.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { AuditEntry } from '../domain/audit-entry.ts'
import type { ChainEnd, SignedHead } from '../domain/audit-head.ts'
import type { CertificateStore, ClaimStore, DeviceCredentialStore, TicketStore } from './device-storage.ts'
import type { PageRequest } from './page-request.ts'
import type { PeopleStore } from './people/storage.ts'
import type { ArrivalStore } from './identities/arrival-storage.ts'
import type { GatewayStore } from './identities/gateway-storage.ts'
import type { DeviceIdentityStore } from './identities/storage.ts'

/** Everything that this module keeps, as its use cases see it. Hashes are SHA-256 in base64url. */
export interface RegistrationStorage {
  readonly tenants: TenantStore
  readonly installation: InstallationStore
  readonly authority: AuthorityStore
  readonly accounts: AccountStore
  readonly invitations: InvitationStore
  readonly identityProviders: IdentityProviderStore
  readonly credentials: CredentialStore
  readonly apiKeys: ApiKeyStore
  readonly claims: ClaimStore
  readonly tickets: TicketStore
  readonly devices: DeviceCredentialStore
  readonly certificates: CertificateStore
  readonly deviceIdentities: DeviceIdentityStore
  readonly gateways: GatewayStore
  readonly arrivals: ArrivalStore
  readonly audit: AuditStore
  readonly people: PeopleStore
}

/** Which rows of the audit are wanted; all that are given must hold. */
export interface AuditQuery {
  readonly tenant: string
  readonly since: Date
  /** The rows have all of these among the ids that they are about. */
  readonly ids: readonly string[]
  readonly action: string | undefined
  readonly limit: number
  /** By time. */
  readonly sort: AuditOrder
  /** The last of the page before. */
  readonly after: { readonly at: Date; readonly chain: number; readonly position: number } | undefined
}

export type AuditOrder = 'oldest' | 'newest'

/** Which signed heads are wanted. */
export interface HeadQuery {
  readonly limit: number
  readonly sort: AuditOrder
  /** Number of the last of the page before. */
  readonly after: number | undefined
}

/** A row for one tenant: the text of its own, of the others what the chain needs. Hashes in hexadecimal. */
export interface AuditRow {
  readonly position: number
  readonly hash: string
  readonly entry: string | null
  readonly digest: string | null
  readonly tenant: string | null
  readonly at: Date | null
  readonly about: readonly string[] | null
}

export interface AuditStore {
  /** Appends rows to a chain, in their order. It is to be the last statement of its transaction. */
  append(sql: Sql, entries: readonly AuditEntry[]): Promise<void>
  page(sql: Sql, query: AuditQuery): Promise<{ chain: number; position: number; entry: string }[]>
  /** Stores `proposal` unless there is one already; returns the one that counts. */
  settleKey(sql: Sql, proposal: { publicKey: string; sealed: Buffer }): Promise<{ publicKey: string; sealed: Buffer }>
  /** Keeps other hubs from signing until the end of the transaction. */
  lockLastHead(sql: Sql): Promise<SignedHead | undefined>
  /** Of all chains, in their order, at one moment. */
  ends(sql: Sql): Promise<ChainEnd[]>
  addHead(sql: Sql, head: SignedHead): Promise<void>
  heads(sql: Sql, query: HeadQuery): Promise<SignedHead[]>
  lastHeadBefore(sql: Sql, before: Date): Promise<SignedHead | null>
  /** Removes the rows up to that head and the heads before it. */
  cut(sql: Sql, number: number, statement: string): Promise<void>
  rows(
    sql: Sql,
    which: { tenant: string; chain: number; after: number; until: number; limit: number },
  ): Promise<AuditRow[]>
  /** Rows beyond the ends of their chains: nobody appended them as it is done. */
  strays(sql: Sql): Promise<{ chain: number; position: number }[]>
}

export interface Installation {
  readonly hub: string
  /** Sealed. */
  readonly fileLinkSecret: Buffer
}

export interface InstallationStore {
  /** Stores `proposal` unless there is one already; returns the one that counts. */
  settle(sql: Sql, proposal: Installation, at: Date): Promise<Installation>
  /** Replaces the file links' secret by its sealed form. */
  seal(sql: Sql, fileLinkSecret: Buffer): Promise<void>
}

/** An authority of the hub's own. */
export interface StoredAuthority {
  readonly id: string
  readonly kind: 'root' | 'intermediate'
  /** Common name. */
  readonly name: string
  /** DER; null while the root has not signed it yet. */
  readonly certificate: Buffer | null
  /** PKCS #8, sealed; null when it is kept offline. */
  readonly privateKey: Buffer | null
}

export interface AuthorityStore {
  /** Keeps others from changing them until the end of the transaction. */
  lock(sql: Sql): Promise<void>
  /** Oldest first. */
  all(sql: Sql): Promise<StoredAuthority[]>
  insert(sql: Sql, authority: StoredAuthority, at: Date): Promise<void>
  /** Intermediates that the root never signed. */
  forgetUncertified(sql: Sql): Promise<void>
  certify(sql: Sql, id: string, certificate: Buffer): Promise<void>
  forgetKey(sql: Sql, id: string): Promise<void>
}

export interface TenantStore {
  /** False when there is one of that id. */
  insert(sql: Sql, tenant: Tenant): Promise<boolean>
  find(sql: Sql, id: string, lock?: boolean): Promise<Tenant | null>
  page(sql: Sql, page: PageRequest): Promise<Tenant[]>
  /** Writes name, disabled and version. */
  update(sql: Sql, tenant: Tenant): Promise<void>
}

export interface AccountStore {
  /** @param password null = it logs in elsewhere. Returns false when the name or the user is taken. */
  insert(sql: Sql, account: Account, password: string | null): Promise<boolean>
  /** Of people who log in elsewhere. Returns those that were written: whose name and user were free. */
  insertProvisioned(sql: Sql, accounts: readonly Account[]): Promise<Set<string>>
  find(sql: Sql, id: string, lock?: boolean): Promise<Account | null>
  /** With the stored password, if it has one. */
  named(sql: Sql, name: string): Promise<{ account: Account; password: string | null } | null>
  page(sql: Sql, page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<Account[]>
  /** Writes roles, disabled and version. */
  update(sql: Sql, account: Account): Promise<void>
  /** With its sessions, keys and links to identity providers. */
  remove(sql: Sql, id: string): Promise<void>
  password(sql: Sql, id: string): Promise<string | null>
  setPassword(sql: Sql, id: string, password: string): Promise<void>
  /** Ids of all accounts of the tenant that are enabled and have the role operator. Keeps others from changing accounts until the end of the transaction. */
  lockedOperators(sql: Sql, tenant: string): Promise<string[]>
}

export interface InvitationStore {
  insert(sql: Sql, invitation: Invitation, hash: string): Promise<void>
  /** The invitation, open or not, of a tenant that is not disabled. */
  byHash(sql: Sql, hash: string): Promise<Pick<Invitation, 'id' | 'tenant'> | null>
  /** Locks it; null when it was used or has expired. */
  open(sql: Sql, id: string, now: Date): Promise<Invitation | null>
  /** The oldest open one for that address; locks it. */
  openFor(sql: Sql, tenant: string, email: string, now: Date): Promise<Invitation | null>
  use(sql: Sql, id: string, at: Date): Promise<void>
  page(sql: Sql, page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<Invitation[]>
  /** Returns null when there is none that was not used. */
  remove(sql: Sql, tenant: string, id: string): Promise<Invitation | null>
  /** Those that the hub itself made for its first operator. */
  forgetHubs(sql: Sql): Promise<void>
  forgetExpired(sql: Sql, before: Date): Promise<void>
}

/** Secrets are sealed. */
export interface IdentityProviderStore {
  /** False when there is one with this issuer and client already. */
  insert(sql: Sql, provider: IdentityProvider, secret: Buffer | null): Promise<boolean>
  find(sql: Sql, id: string, lock?: boolean): Promise<IdentityProvider | null>
  withSecret(sql: Sql, id: string): Promise<{ provider: IdentityProvider; secret: Buffer | null } | null>
  page(sql: Sql, page: PageRequest, scope: Pick<Scope, 'tenant'>): Promise<IdentityProvider[]>
  /** Of any of these tenants, unless it is disabled. */
  offered(sql: Sql, tenants: readonly string[], most: number): Promise<{ id: string; name: string }[]>
  /** @param secret undefined = it stays */
  update(sql: Sql, provider: IdentityProvider, secret: Buffer | null | undefined): Promise<void>
  remove(sql: Sql, id: string): Promise<void>
  identity(sql: Sql, provider: IdentityProvider, subject: string): Promise<Identity | null>
  /** Whether anybody logs in elsewhere as that account. */
  isLinked(sql: Sql, account: string): Promise<boolean>
  link(sql: Sql, provider: IdentityProvider, subject: string, identity: Identity, at: Date): Promise<void>
  begin(sql: Sql, login: OidcLogin): Promise<void>
  /** Ends a log-in that was begun in this browser. False when there is none that has not expired. */
  finish(sql: Sql, provider: string, state: string, browser: string, now: Date): Promise<boolean>
  forgetExpired(sql: Sql, now: Date): Promise<void>
}

/** Whom of an identity provider is whom here. */
export interface Identity {
  readonly account: string
  /** Made by the role mapping, which goes on to decide. */
  readonly mapped: boolean
}

/** A log-in under way elsewhere. */
export interface OidcLogin {
  readonly state: string
  readonly browser: string
  readonly provider: IdentityProvider
  readonly expiresAt: Date
}

/** Who a bearer token is. */
export interface CredentialOwner {
  readonly account: Account
  readonly kind: 'person' | 'system'
  /** Name of the API key; null for a person's session. */
  readonly keyName: string | null
  readonly keyId: string | null
  readonly roles: readonly Role[]
  readonly actions: readonly Action[] | null
  readonly expiresAt: WallTime
}

export interface CredentialStore {
  /** The owner of an unexpired session of an enabled account; of a browser’s only if it was used after `idleSince`. */
  session(sql: Sql, hash: string, now: Date, idleSince: Date): Promise<CredentialOwner | null>
  /** The owner of an unexpired, unrevoked API key of an enabled account. */
  apiKey(sql: Sql, hash: string, now: Date): Promise<CredentialOwner | null>
  /** An enabled account, as if it came with all that it has. */
  account(sql: Sql, id: string): Promise<CredentialOwner | null>
  /** Also ends the account's oldest sessions beyond `most`. */
  addSession(sql: Sql, account: string, hash: string, session: OpenSession, most: number): Promise<void>
  /** Those that are open, the newest first. */
  sessions(sql: Sql, account: string, now: Date, idleSince: Date): Promise<(OpenSession & { hash: string })[]>
  /** The last use of each, unless a later one is known. */
  used(sql: Sql, uses: readonly CredentialUse[]): Promise<void>
  endSession(sql: Sql, hash: string): Promise<void>
  endSessions(sql: Sql, account: string): Promise<void>
  forgetExpired(sql: Sql, now: Date): Promise<void>
}

export interface CredentialUse {
  readonly kind: 'session' | 'api-key'
  readonly hash: string
  readonly at: WallTime
}

/** All keys, or those that are limited to some actions, this one among them. */
export interface ApiKeyPage extends PageRequest {
  readonly action?: Action | undefined
}

export interface ApiKeyStore {
  insert(sql: Sql, key: ApiKey, hash: string): Promise<void>
  find(sql: Sql, id: string): Promise<ApiKey | null>
  page(sql: Sql, page: ApiKeyPage, scope: Scope): Promise<ApiKey[]>
  revoke(sql: Sql, id: string, at: Date): Promise<void>
  /** Good keys that end within `notice` milliseconds and last longer; each is returned once. */
  expiring(sql: Sql, now: Date, notice: number): Promise<ApiKey[]>
}
