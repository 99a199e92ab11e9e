import type { Digest } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import type { Channel } from '../domain/channels.ts'
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

/** What a version says of other services. */
export type RelatedVersion = Pick<VersionDefinition, 'service' | 'version' | 'state' | 'relations'>

export interface TenantServices {
  readonly tenant: string
  readonly services: readonly string[]
}

/** Whether a version is released by another person than who published it. */
export interface ReleaseRule {
  readonly secondPerson: boolean
  /** Principal id; null when nobody has ever said. */
  readonly changedBy: string | null
  readonly changedAt: WallTime | null
}

/** The rows of this module. `null` instead of a transaction reads outside of one. */
export interface DefinitionStorage {
  service(tx: Tx | null, tenant: string, id: string): Promise<Service | null>
  /** The same, and no other transaction changes the service or its versions until this one ends. */
  lockService(tx: Tx, tenant: string, id: string): Promise<Service | null>
  /** By id, those after `after`, at most `limit`; of one category, unless that is null. */
  services(visible: Visibility, category: string | null, after: string | null, limit: number): Promise<Service[]>
  /** With that in the id or the title, whatever the case; at most `limit`, those that begin so first. */
  called(visible: Visibility, text: string, limit: number): Promise<Service[]>
  /** All of one service, in no order; their number is bounded (`versionsPerService`). */
  summaries(tx: Tx | null, tenant: string, service: string): Promise<VersionSummary[]>
  version(tx: Tx | null, tenant: string, service: string, version: string): Promise<VersionDefinition | null>
  /** @returns false when there was one of that id */
  insertService(tx: Tx, service: Service): Promise<boolean>
  insertVersion(tx: Tx, version: VersionDefinition): Promise<void>
  releaseRule(tx: Tx | null, tenant: string): Promise<ReleaseRule>
  setReleaseRule(tx: Tx, tenant: string, secondPerson: boolean, by: string, at: WallTime): Promise<void>
  /** To be called at every change of a service's versions: by its revision, readers see that something changed. */
  setServiceState(tx: Tx, tenant: string, id: string, state: LifecycleState): Promise<void>
  setServiceDetails(
    tx: Tx,
    service: Pick<Service, 'tenant' | 'id' | 'title' | 'categories' | 'parental'>,
  ): Promise<void>
  setVersionState(
    tx: Tx,
    version: VersionSummary,
    state: LifecycleState,
    since: { readonly releasedAt: WallTime | null; readonly retiredAt: WallTime | null },
    channel: Channel | null,
  ): Promise<void>
  /** The revision of each of these services that there is, by tenant and service. */
  revisions(tx: Tx | null, wanted: readonly TenantServices[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>
  /** All versions of `services` that are public, in no order. */
  versionsOf(tx: Tx | null, tenant: string, services: readonly string[]): Promise<VersionDefinition[]>
  /** Versions, at most `limit`, of this service and of those that name it; only those that may be seen. In no order. */
  around(visible: Visibility, service: string, limit: number): Promise<RelatedVersion[]>
  /** Whether some component's file list, of whatever tenant, has this digest, and its version still has its files. */
  isManifest(digest: Digest): Promise<boolean>
}
