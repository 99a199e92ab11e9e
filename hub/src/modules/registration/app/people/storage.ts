import type { Sql } from '../../../../platform/database.ts'
import type { Merged, Person } from '../../../../platform/keepers.ts'

type Counts = Readonly<Record<string, number>>

export interface PeopleStore {
  /** Account, identities, sessions, keys and invitations without any secret, and the audit's rows about the person. */
  kept(sql: Sql, person: Person): Promise<Readonly<Record<string, unknown>>>
  counts(sql: Sql, person: Person): Promise<Counts>
  /** Returns their ids. */
  forgetInvitations(sql: Sql, person: Person): Promise<string[]>
  /** Claims that are good, enrolments that wait, invitations that are open. */
  householdCounts(sql: Sql, household: string, now: Date): Promise<Counts>
  moveHousehold(sql: Sql, merged: Omit<Merged, 'tenant'>): Promise<void>
  /** What accounts are called, by id; those that there are. */
  names(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}
