import type { Access, Decision, Scope } from '../../../../platform/access.ts'
import type { Clock, Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { Database, Sql, Tx } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import type { Log } from '../../../../platform/log.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import type { PolicyAndPreferences } from '../../../policy-and-preferences/index.ts'
import type {
  DeviceOperation,
  OperationException,
  OperationPreview,
  Progress,
} from '../../domain/operations/operation.ts'

/** What operations are made of: the faces of the modules that do the work. */
export interface OperationDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly entities: Pick<EntityManagement, 'devices' | 'countSelected' | 'pageSelected' | 'groups'>
  readonly policy: Pick<PolicyAndPreferences, 'devicePreferences'>
  readonly decommission: (device: string, decision: Decision) => Promise<void>
  readonly askCapabilities: (
    devices: readonly { readonly id: string; readonly tenant: string }[],
    decision: Decision,
  ) => Promise<void>
  /** How long what has ended is kept. */
  readonly operationRetention: Milliseconds
  readonly operations: OperationStorage
}

/** An operation that this hub has for itself until `until`. */
export interface Lease {
  readonly lease: string
  readonly now: WallTime
  readonly until: WallTime
}

export interface OperationStorage {
  /** Forgets the tenant's expired previews, and those beyond the newest 100. */
  addPreview(sql: Sql, preview: OperationPreview, now: WallTime): Promise<void>
  preview(sql: Sql, id: string): Promise<OperationPreview | null>
  /** Uses it up. False: somebody else has. */
  takePreview(sql: Sql, id: string): Promise<boolean>
  /** One after the other, per tenant, until the transaction's end. */
  countRunning(tx: Tx, tenant: string): Promise<number>
  insert(sql: Sql, operation: DeviceOperation): Promise<void>
  find(sql: Sql, id: string): Promise<DeviceOperation | null>
  page(
    sql: Sql,
    page: {
      readonly limit: number
      readonly after: string | undefined
      readonly state: DeviceOperation['state'] | undefined
    },
    scope: Scope,
  ): Promise<DeviceOperation[]>
  exceptions(sql: Sql, id: string, page: { limit: number; after: string }): Promise<OperationException[]>
  /** One that is due and that no other hub has. */
  lease(sql: Sql, lease: Lease): Promise<DeviceOperation | null>
  /** Null: another hub has it. Also counts what was done to one that was cancelled meanwhile. */
  note(
    tx: Tx,
    id: string,
    lease: string,
    progress: Progress,
    times: { now: WallTime; nextAt: WallTime },
  ): Promise<DeviceOperation | null>
  putOff(sql: Sql, id: string, lease: string, nextAt: WallTime): Promise<void>
  /** Null: it does not run any more, or another hub has it (`lease` absent: whoever has it). */
  end(
    tx: Tx,
    id: string,
    end: { state: Exclude<DeviceOperation['state'], 'running'>; why: string; now: WallTime; lease?: string },
  ): Promise<DeviceOperation | null>
  /** Removes what ended before, some at a time. */
  prune(sql: Sql, before: WallTime): Promise<void>
}
