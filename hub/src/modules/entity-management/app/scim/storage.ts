import type { Role } from '../../../../platform/access.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { Filter } from '../../domain/scim/filter.ts'
import type { UserGroup } from '../../domain/scim/group-resource.ts'
import type { ScimObject } from '../../domain/scim/resource.ts'
import type { Sort } from '../../domain/scim/sort.ts'
import type { Named, ScimUser } from '../../domain/scim/user-resource.ts'
import type { PageRequest } from '../page-request.ts'

/** Of an account what this module keeps: how it is called where it comes from, and what SCIM sent. */
export interface AccountRow {
  readonly user: string
  readonly tenant: string
  readonly userName: string
  readonly externalId: string | null
  readonly active: boolean
  readonly attributes: ScimObject
}

/** What registration tells of an account. */
export type NotedAccount = Pick<AccountRow, 'user' | 'tenant' | 'userName' | 'active'>

/** A part of a list by place and number, as SCIM pages (RFC 7644, 3.4.2.4). */
export interface SlicedWish {
  readonly tenant: string
  readonly filter: Filter | null
  /** Null: in order of id. */
  readonly sort: Sort | null
  readonly offset: number
  readonly limit: number
}

export interface UserWish extends SlicedWish {
  /** This one person; null = all of the tenant. */
  readonly only: string | null
}

export interface Sliced<T> {
  readonly rows: readonly T[]
  readonly total: number
}

export interface ScimUserStore {
  /** The users whose name another has already. */
  taken(sql: Sql, accounts: readonly Pick<AccountRow, 'user' | 'tenant' | 'userName'>[]): Promise<Set<string>>
  /** Returns the users whose name is taken; nothing of them is written. */
  insert(sql: Sql, accounts: readonly AccountRow[], at: Date): Promise<string[]>
  /** In no particular order. */
  find(sql: Sql, ids: readonly string[], lock?: boolean): Promise<ScimUser[]>
  list(sql: Sql, wish: UserWish): Promise<Sliced<ScimUser>>
  /** False when the name is taken. */
  update(sql: Sql, account: AccountRow, at: Date): Promise<boolean>
  /** The one user who goes by this e-mail address or has this external id; null where there is none, or several. */
  knownAs(
    sql: Sql,
    tenant: string,
    known: { readonly email: string | null; readonly subject: string },
  ): Promise<string | null>
  /** What registration tells of accounts: makes the row where there is none, else writes whether it is active. */
  note(sql: Sql, accounts: readonly NotedAccount[], at: Date): Promise<void>
  remove(sql: Sql, user: string): Promise<void>
}

/** All groups of a tenant, or those that one person is in. */
export interface UserGroupPage extends PageRequest {
  readonly user?: string | undefined
}

export interface UserGroupStore {
  /** False when the name is taken. */
  insert(sql: Sql, group: UserGroup): Promise<boolean>
  find(sql: Sql, id: string, lock?: boolean): Promise<UserGroup | null>
  list(sql: Sql, wish: SlicedWish): Promise<Sliced<UserGroup>>
  page(sql: Sql, page: UserGroupPage, tenant: string): Promise<(UserGroup & { readonly members: number })[]>
  /** Writes name, external id, roles, version and when; false when the name is taken. */
  update(sql: Sql, group: UserGroup): Promise<boolean>
  remove(sql: Sql, id: string): Promise<void>
  /** In order of id. */
  members(sql: Sql, groups: readonly string[], limit: number): Promise<(Named & { readonly group: string })[]>
  memberPage(sql: Sql, group: string, page: PageRequest): Promise<Named[]>
  countMembers(sql: Sql, groups: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Those that are people with an account in the tenant. */
  known(sql: Sql, tenant: string, users: readonly string[]): Promise<Set<string>>
  /** Those that were not in it. */
  join(sql: Sql, group: string, users: readonly string[]): Promise<string[]>
  /** Those that were in it. @param users null = all */
  leave(sql: Sql, group: string, users: readonly string[] | null): Promise<string[]>
  /** Out of all groups. */
  leaveAll(sql: Sql, user: string): Promise<void>
  /** What people have by their groups. */
  roles(sql: Sql, user: string): Promise<Role[]>
}
