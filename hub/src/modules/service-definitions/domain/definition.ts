import { deviceClasses, relationKinds, type Relation } from '@sutler/composition'
import type { DeviceClass, Digest, InstallRole, Manifest } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'
import type { Channel } from './channels.ts'
import type { LifecycleState } from './lifecycle.ts'

export { deviceClasses, relationKinds, type Relation }

export interface Service {
  readonly tenant: string
  /** Of the tenant's services. */
  readonly id: string
  readonly title: string
  /** Principal id of the owner. */
  readonly developer: string
  /** What it is about, as the tenant calls that: `[a-z][a-z0-9-]*`, sorted. */
  readonly categories: readonly string[]
  /** The age from which it is meant to be used; 0 = any. Parental limits go by it. */
  readonly parental: number
  /** Follows from the states of its versions. */
  readonly state: LifecycleState
  readonly createdAt: WallTime
}

/** A version without what it is made of: enough for lists and for choosing one. */
export interface VersionSummary {
  readonly tenant: string
  readonly service: string
  readonly version: string
  readonly state: LifecycleState
  /** To which it was released; null before. */
  readonly channel: Channel | null
  readonly notes: string
  readonly createdAt: WallTime
  /** Principal id; '' where it was not written down yet. */
  readonly publishedBy: string
  readonly releasedAt: WallTime | null
}

/** One immutable version; only its state changes. */
export interface VersionDefinition extends VersionSummary {
  readonly relations: readonly Relation[]
  /** In the developer's order: the first that fits a device is the one it gets. */
  readonly components: readonly ComponentDefinition[]
}

export interface ComponentDefinition {
  readonly name: string
  readonly deviceClass: DeviceClass
  /** CEL over `report`, the device's capability report; true = fits. */
  readonly compatibility: string
  readonly restart: Manifest['restart']
  readonly role: InstallRole
  /** How a device without our agent names it, where that is not the service's name and version. */
  readonly reports: Manifest['reports'] | null
  readonly health: Manifest['health']
  /** Components of the same version that must be confirmed in the household before this one is delivered. */
  readonly after: readonly string[]
  /** The file list's identity; `size` in bytes of its canonical JSON. */
  readonly manifest: { readonly digest: Digest; readonly size: number }
  /** Number of files, and their sizes summed. */
  readonly files: number
  readonly bytes: number
}

/** The part of a version that can never change once it is published. */
export type VersionContent = Pick<VersionDefinition, 'notes' | 'relations' | 'components'>

/** Whether publishing `other` under the same number would change nothing. */
export function sameContent(one: VersionContent, other: VersionContent): boolean {
  return contentText(one) === contentText(other)
}

/** One spelling per content: stored JSON does not keep the order of keys. */
function contentText(content: VersionContent): string {
  return JSON.stringify([
    content.notes,
    content.relations.map((relation) => [relation.kind, relation.service, relation.range]),
    content.components.map((component) => [
      component.name,
      component.deviceClass,
      component.compatibility,
      component.restart,
      component.health === null ? null : [component.health.run, component.health.timeoutSeconds],
      component.after,
      component.manifest.digest,
    ]),
  ])
}
