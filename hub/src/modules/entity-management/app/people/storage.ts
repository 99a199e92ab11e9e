import type { Sql } from '../../../../platform/database.ts'
import type { Merged } from '../../../../platform/keepers.ts'

/** Several that seem to be one; `key` is its place in the list. */
interface Same {
  readonly key: string
}
export interface SameUsers extends Same {
  readonly because: 'e-mail' | 'name-and-household'
  readonly users: readonly string[]
}
export interface SameHouseholds extends Same {
  readonly because: 'name-and-time-zone'
  readonly households: readonly string[]
}

/** By what is counted. */
type Counts = Readonly<Record<string, number>>

export interface PeopleStore {
  /** Households, preferences, notes and history of a person. */
  kept(sql: Sql, id: string): Promise<Readonly<Record<string, unknown>>>
  /** Memberships, preferences, notes about them, history, notes that they wrote on others, people merged into them. */
  counts(sql: Sql, id: string): Promise<Counts>
  /** Leaves the id; takes along those that were merged into the person. Returns all their ids. */
  erase(sql: Sql, id: string, at: Date): Promise<string[]>
  /** What the one that stays lacks it gets from the other, of which the id is left. */
  mergeUsers(sql: Sql, merged: Omit<Merged, 'tenant'>): Promise<void>
  mergeHouseholds(sql: Sql, merged: Omit<Merged, 'tenant'>): Promise<void>
  mergeCounts(sql: Sql, kind: 'user' | 'household', merged: Omit<Merged, 'tenant'>): Promise<Counts>
  /** In order of `key`, at most `limit` after `after`. */
  duplicateUsers(sql: Sql, tenant: string, limit: number, after: string | undefined): Promise<SameUsers[]>
  duplicateHouseholds(sql: Sql, tenant: string, limit: number, after: string | undefined): Promise<SameHouseholds[]>
}
