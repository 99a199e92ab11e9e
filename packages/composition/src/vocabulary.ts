import type { DeviceClass } from '@sutler/device-model'

/** Every device class, in the order lists show them. */
export const deviceClasses: readonly DeviceClass[] = ['set-top-box', 'phone', 'gateway']

export const relationKinds = ['requires', 'conflicts', 'replaces', 'recommends', 'extends'] as const
export type RelationKind = (typeof relationKinds)[number]

/** What a version needs of, or cannot bear beside, another service in the same household. */
export interface Relation {
  readonly kind: RelationKind
  readonly service: string
  /** Semver range, for example `^1.2.0`. */
  readonly range: string
}
