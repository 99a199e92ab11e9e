import type { Clause } from '@sutler/expressions'
import type { Scope } from '../../../../platform/access.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { FiringState, PolicyState, TrialView } from '../../contract-policies.ts'
import type { PolicyDocument } from '../../contract-policy-document.ts'
import type { PlannedAction } from '../../domain/policies/judge.ts'

/** What is kept of policies, as their use cases see it. */

export interface Policy {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly newest: number
  readonly active: number | null
  readonly group: string | null
  readonly createdAt: Date
}

export interface PolicyVersion {
  readonly policy: string
  readonly version: number
  readonly tenant: string
  readonly state: PolicyState
  readonly document: PolicyDocument
  readonly createdBy: string
  readonly createdAt: Date
  readonly activatedBy: string | null
  readonly activatedAt: Date | null
  readonly decision: string | null
  readonly trial: string | null
  readonly detail: string
}

/** A version in force. */
export interface ActivePolicy extends PolicyVersion {
  readonly name: string
  readonly group: string | null
  /** Transaction of its activation. */
  readonly since: number
}

export interface Trial {
  readonly id: string
  readonly tenant: string
  readonly policy: string
  readonly version: number
  readonly at: Date
  readonly result: Omit<TrialView, 'id' | 'policy' | 'version' | 'at'>
}

/** A place in the event log (decision 0004). */
export interface Place {
  readonly xact: number
  readonly event: number
}

export interface LogEvent extends Place {
  readonly at: Date
  readonly tenant: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface Cause {
  readonly kind: 'event' | 'schedule' | 'localTime' | 'delivery'
  /** Unique of its kind: place in the log, or moment. */
  readonly id: string
  /** Type of the event, or the schedule. */
  readonly what: string
}

/** An action of a firing, and what became of it. */
export interface FiringAction {
  readonly kind: PlannedAction['kind']
  readonly state: 'open' | 'waiting' | 'done' | 'refused' | 'dropped'
  readonly detail: string
  readonly order?: string
  readonly approval?: string
  readonly wanted: Readonly<Record<string, unknown>>
}

export interface Firing {
  readonly id: string
  readonly tenant: string
  readonly policy: string
  readonly version: number
  readonly name: string
  readonly cause: Cause
  readonly subject: string
  readonly household: string | null
  readonly at: Date
  readonly state: FiringState
  readonly detail: string
  readonly clauses: readonly Clause[]
  readonly actions: readonly FiringAction[]
  readonly depth: number
  /** By whom, and on what decision, its policy was switched on: what it does rests on that. */
  readonly authority: string
}

export interface Run {
  readonly id: string
  readonly tenant: string
  readonly policy: string
  readonly version: number
  readonly cause: Cause
  readonly given: Readonly<Record<string, unknown>>
  readonly zones: readonly string[] | null
  readonly depth: number
  readonly position: string
  readonly createdAt: Date
}

export interface Due {
  readonly policy: string
  readonly version: number
  readonly tenant: string
  readonly dueAt: Date
  readonly zones: readonly string[] | null
}

export interface Hold {
  readonly id: string
  readonly tenant: string
  readonly policy: string
  readonly name: string
  readonly version: number
  readonly firing: string
  readonly household: string | null
  readonly until: Date
  readonly deliveries: string
  readonly why: string
}

export interface Approval {
  readonly id: string
  readonly tenant: string
  readonly policy: string
  readonly name: string
  readonly version: number
  readonly firing: string | null
  readonly delivery: string | null
  readonly household: string | null
  readonly question: string
  readonly asked: 'operator' | 'household'
  readonly otherwise: 'deny' | 'approve'
  readonly state: 'waiting' | 'approved' | 'denied' | 'expired'
  readonly until: Date
  readonly askedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly reason: string
  readonly decision: string
}

export interface PageRequest {
  readonly limit: number
  readonly after: string | undefined
}

export interface PolicyStore {
  add(sql: Sql, policy: Policy): Promise<boolean>
  find(sql: Sql, tenant: string, idOrName: string): Promise<Policy | null>
  /** Locked until the transaction ends. */
  lock(sql: Sql, id: string): Promise<Policy | null>
  page(sql: Sql, tenant: string, page: PageRequest): Promise<Policy[]>
  update(sql: Sql, policy: Pick<Policy, 'id' | 'newest' | 'active' | 'group'>): Promise<void>
  addVersion(sql: Sql, version: PolicyVersion, trigger: string, types: readonly string[]): Promise<void>
  version(sql: Sql, policy: string, version: number): Promise<PolicyVersion | null>
  versions(sql: Sql, policy: string, page: PageRequest): Promise<PolicyVersion[]>
  setState(sql: Sql, policy: string, version: number, state: PolicyState, detail: string): Promise<void>
  activate(
    sql: Sql,
    version: Pick<PolicyVersion, 'policy' | 'version' | 'activatedBy' | 'activatedAt' | 'decision' | 'trial'>,
  ): Promise<void>
  /** Whether any policy in force is set off by events. */
  listening(sql: Sql): Promise<boolean>
  /** Of these tenants, or of all. */
  active(sql: Sql, trigger: string | null, tenants: readonly string[] | null): Promise<ActivePolicy[]>
  /** Null when this version is not in force. */
  activeVersion(sql: Sql, policy: string, version: number): Promise<ActivePolicy | null>
  addTrial(sql: Sql, trial: Trial): Promise<void>
  trial(sql: Sql, id: string): Promise<Trial | null>
  trials(sql: Sql, policy: string, version: number, page: PageRequest): Promise<Trial[]>
}

export interface EventLog {
  /** Takes the turn to follow the log; false when another hub has it. Given back at the transaction's end. */
  takeTurn(sql: Sql): Promise<boolean>
  cursor(sql: Sql): Promise<Place | null>
  moveCursor(sql: Sql, to: Place): Promise<void>
  end(sql: Sql): Promise<Place>
  /** Events of these types behind a place and before `end`, in order. */
  after(sql: Sql, place: Place, end: Place, types: readonly string[], limit: number): Promise<LogEvent[]>
  /** A tenant's events of these types, newest first, from before `place` back to `since`: looked at are at most `look`. */
  before(
    sql: Sql,
    tenant: string,
    types: readonly string[],
    place: Place,
    since: Date,
    look: number,
  ): Promise<{ events: LogEvent[]; reached: Place | null }>
}

export interface FiringStore {
  /** Those of which none with the same cause is there already. */
  add(sql: Sql, firings: readonly Firing[]): Promise<ReadonlySet<string>>
  find(sql: Sql, id: string): Promise<Firing | null>
  page(
    sql: Sql,
    scope: Scope,
    page: PageRequest & {
      policy?: string | undefined
      household?: string | undefined
      state?: FiringState | undefined
    },
  ): Promise<Firing[]>
  /** Firings with something to do that nobody works on; they are this caller's until then. */
  lease(sql: Sql, now: Date, until: Date, limit: number): Promise<Firing[]>
  /** Locked until the transaction ends. */
  lock(sql: Sql, id: string): Promise<Firing | null>
  settle(sql: Sql, firing: Pick<Firing, 'id' | 'state' | 'detail' | 'actions'>): Promise<void>
  /** Firings of each policy and household since then that came to something: `<policy> <household>` → count. */
  recent(
    sql: Sql,
    policies: readonly string[],
    households: readonly string[],
    since: Date,
  ): Promise<Map<string, number>>
  /** Adds to the hour's counts. @returns per policy how many there were before */
  count(
    sql: Sql,
    hour: Date,
    counts: readonly { policy: string; tenant: string; held: number; passed: number }[],
  ): Promise<Map<string, { held: number; passed: number }>>
  /** Held firings of a version so far, these included. */
  countTotal(sql: Sql, policy: string, version: number, more: number): Promise<number>
  depths(sql: Sql, ids: readonly string[]): Promise<Map<string, number>>
  prune(sql: Sql, heldBefore: Date, passedBefore: Date, limit: number): Promise<number>
}

export interface WorkStore {
  /** Replaces what is due of a policy. */
  setDue(sql: Sql, policy: string, due: readonly Due[]): Promise<void>
  addDue(sql: Sql, due: readonly Due[]): Promise<void>
  /** Locked; others pass over them. */
  takeDue(sql: Sql, now: Date, limit: number): Promise<Due[]>
  removeDue(sql: Sql, policy: string, dueAt: Date): Promise<void>
  addRuns(sql: Sql, runs: readonly Run[]): Promise<void>
  /** Locked; others pass over it. */
  takeRun(sql: Sql, now: Date): Promise<Run | null>
  moveRun(sql: Sql, id: string, position: string, open: boolean, notBefore: Date, seen: number): Promise<void>
  endRuns(sql: Sql, policy: string): Promise<void>
  addHold(sql: Sql, hold: Hold): Promise<void>
  /** Holds that have not ended, of these tenants. */
  holds(sql: Sql, tenants: readonly string[], now: Date): Promise<Hold[]>
  endHolds(sql: Sql, policy: string): Promise<void>
  /** False when there is one already for that delivery. */
  addApproval(sql: Sql, approval: Approval): Promise<boolean>
  approval(sql: Sql, id: string, lock?: boolean): Promise<Approval | null>
  approvals(
    sql: Sql,
    scope: Scope,
    page: PageRequest & { state?: Approval['state'] | undefined; household?: string | undefined },
  ): Promise<Approval[]>
  approvalsOf(sql: Sql, deliveries: readonly string[]): Promise<Approval[]>
  settleApproval(
    sql: Sql,
    approval: Pick<Approval, 'id' | 'state' | 'decidedBy' | 'decidedAt' | 'reason' | 'decision'>,
  ): Promise<void>
  /** Locked; others pass over them. */
  expired(sql: Sql, now: Date, limit: number): Promise<Approval[]>
}

export interface PolicyStorage {
  readonly policies: PolicyStore
  readonly log: EventLog
  readonly firings: FiringStore
  readonly work: WorkStore
}
