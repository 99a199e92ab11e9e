import type { Scope } from '../../../platform/access.ts'
import type { Sql } from '../../../platform/database.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import type { ConsentState, ConsentSubject } from '../domain/situation.ts'

/** What the module keeps about preferences, as its use cases see it. */

/** An answer as policy gave it, on its way into storage. */
export interface GivenAnswer {
  readonly delivery: string
  readonly tenant: string
  readonly device: string
  readonly household: string
  readonly decision: Omit<PolicyDecision, 'asks'>
}

export interface Answer extends Omit<GivenAnswer, 'tenant' | 'household'> {
  /** Grows with time. */
  readonly id: number
  readonly at: Date
  readonly lastAt: Date
  readonly times: number
}

export interface AnswerStore {
  /** What was answered last about each of these deliveries that something is kept of. */
  latest(sql: Sql, deliveries: readonly string[]): Promise<Answer[]>
  /** The same answer again. */
  repeat(sql: Sql, answers: readonly { readonly id: number; readonly until: Date | null }[], at: Date): Promise<void>
  /** Answers that take the place of whatever was the latest about their deliveries. */
  add(sql: Sql, answers: readonly GivenAnswer[], at: Date): Promise<void>
  /** Newest first: at most `limit`, older than the answer `before`. */
  page(sql: Sql, delivery: string, limit: number, before: number | undefined): Promise<Answer[]>
  /** Of each of these deliveries the newest, at most `most`; oldest first. */
  of(sql: Sql, deliveries: readonly string[], most: number): Promise<Answer[]>
  /** Those of these devices that something is held back for until something changes. */
  waiting(sql: Sql, devices: readonly string[]): Promise<string[]>
  /** Forgets at most `most` answers that were last given before `before`; returns how many. */
  forget(sql: Sql, before: Date, most: number): Promise<number>
}

export interface Consent extends ConsentSubject {
  readonly id: string
  readonly tenant: string
  readonly household: string
  readonly state: ConsentState
  /** Id of the delivery that it was first asked for; null when somebody answered before anybody asked. */
  readonly askedFor: string | null
  readonly changedAt: Date
}

export interface ConsentChange {
  readonly state: ConsentState
  readonly at: Date
  /** Id of the principal; null when the hub asked. */
  readonly by: string | null
  readonly reason: string
  readonly decision: string | null
  readonly delivery: string | null
}

export interface ConsentFilter {
  readonly household?: string | undefined
  readonly state?: ConsentState | undefined
}

export interface ConsentStore {
  ofHouseholds(sql: Sql, households: readonly string[]): Promise<Consent[]>
  find(sql: Sql, id: string): Promise<Consent | null>
  /** Locked until the transaction ends. */
  findFor(sql: Sql, household: string, subject: ConsentSubject): Promise<Consent | null>
  /** Those that nobody has been asked yet; returns them. */
  ask(sql: Sql, consents: readonly Consent[]): Promise<Consent[]>
  /** Makes it or changes its state. */
  set(sql: Sql, consent: Consent): Promise<Consent>
  addChanges(sql: Sql, changes: readonly (ConsentChange & { readonly consent: string })[]): Promise<void>
  /** Oldest first, at most 200 of the latest. */
  changes(sql: Sql, consent: string): Promise<ConsentChange[]>
  page(
    sql: Sql,
    page: ConsentFilter & { readonly limit: number; readonly after: string | undefined },
    scope: Scope,
  ): Promise<Consent[]>
}

export interface MeteredUse {
  readonly device: string
  readonly delivery: string
  readonly tenant: string
  readonly month: string
  readonly bytes: number
}

export interface MeteredStore {
  /** Bytes per device in the given month of each, these deliveries left out. */
  used(sql: Sql, months: ReadonlyMap<string, string>, without: readonly string[]): Promise<ReadonlyMap<string, number>>
  record(sql: Sql, uses: readonly MeteredUse[], at: Date): Promise<void>
  forget(sql: Sql, before: Date, most: number): Promise<number>
}

export interface PreferenceStorage {
  readonly answers: AnswerStore
  readonly consents: ConsentStore
  readonly metered: MeteredStore
}
