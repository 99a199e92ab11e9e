import type { Digest } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import type { Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'
import type { LifecycleState } from '../domain/lifecycle.ts'
import type { WallTime } from '../../../platform/clock.ts'

/** What a list of services may show. */
export interface Visibility {
  readonly tenant: string
  /** Everything; otherwise services of `owner` and public ones. */
  readonly all: boolean
  readonly owner: string
}

/** The rows of this module. `null` instead of a transaction reads outside of one. */
export interface DefinitionStorage {
  service(tx: Tx | null, tenant: string, id: string): Promise<Service | null>
  /** The same, and no other transaction changes the service or its versions until this one ends. */
  lockService(tx: Tx, tenant: string, id: string): Promise<Service | null>
  /** By id, those after `after`, at most `limit`. */
  services(visible: Visibility, after: string | null, limit: number): Promise<Service[]>
  /** All of one service, in no order; their number is bounded (`versionsPerService`). */
  summaries(tx: Tx | null, tenant: string, service: string): Promise<VersionSummary[]>
  version(tx: Tx | null, tenant: string, service: string, version: string): Promise<VersionDefinition | null>
  /** @returns false when there was one of that id */
  insertService(tx: Tx, service: Service): Promise<boolean>
  insertVersion(tx: Tx, version: VersionDefinition): Promise<void>
  setServiceState(tx: Tx, tenant: string, id: string, state: LifecycleState): Promise<void>
  setVersionState(
    tx: Tx,
    version: VersionSummary,
    state: LifecycleState,
    since: { readonly releasedAt: WallTime | null; readonly retiredAt: WallTime | null },
  ): Promise<void>
  /** Whether some component's file list, of whatever tenant, has this digest, and its version still has its files. */
  isManifest(digest: Digest): Promise<boolean>
}
