import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { Channel } from '../channels.ts'
import type { Relation, VersionDefinition } from '../definition.ts'

/** A version as the resolver looks at it. */
export type CatalogueVersion = Pick<
  VersionDefinition,
  'service' | 'version' | 'state' | 'channel' | 'relations' | 'components'
>

export interface ResolverDevice {
  readonly id: string
  readonly class: DeviceClass
  /** Null: it has never reported. */
  readonly report: CapabilityReport | null
  /** Gets what is not released yet, too, where somebody tries it. */
  readonly tester?: boolean
}

/** A service that the household is to have. */
export interface Wish {
  readonly service: string
  /** Exactly this version, whatever its channel. */
  readonly version?: string
  /** Only versions in this semver range. */
  readonly range?: string
  readonly channel: Channel
  /** Just these, and all of them; otherwise every device that it fits, at least one. */
  readonly devices?: readonly string[]
  /** Prefer the version that is installed, and change it only where something else needs it. */
  readonly keep?: boolean
}

export interface Installed {
  readonly service: string
  readonly version: string
}

/** A version and in which role it would be chosen. */
export interface Role {
  readonly version: CatalogueVersion
  /** Whether somebody wishes the service, rather than a relation asking for it. */
  readonly wished: boolean
  /** Whether the wish names this very version. */
  readonly pinned: boolean
  readonly installed: boolean
}

export interface Problem {
  readonly devices: readonly ResolverDevice[]
  /** Each service at most once. Earlier ones get the newer version where not all can have their newest. */
  readonly wishes: readonly Wish[]
  readonly installed: readonly Installed[]
  /** Which versions the lifecycle lets be chosen; `choosable` when absent. */
  readonly allow?: (role: Role) => boolean
  /** Let services that are there only because others require them stay as they are where they can. */
  readonly keepRequired?: boolean
  /** Also add what chosen versions recommend, as far as it changes nothing else. */
  readonly withRecommended?: boolean
  /** Upper bound of the work, in elementary steps. */
  readonly budget?: number
}

export interface PlacedComponent {
  readonly device: string
  readonly component: string
  /** Deliveries of stage n start when those of the stages before are confirmed. */
  readonly stage: number
}

export interface LeftOut {
  readonly device: string
  readonly reason: string
}

export interface Assigned {
  readonly service: string
  readonly version: string
  readonly because: 'wished' | 'required' | 'recommended'
  /** The service that requires or recommends it; absent for a wished one. */
  readonly by?: string
  readonly devices: readonly PlacedComponent[]
  readonly leftOut: readonly LeftOut[]
}

export interface Removal extends Installed {
  readonly reason: string
  readonly because: 'replaced' | 'unneeded'
}

export interface Resolved {
  readonly ok: true
  /** Wishes first, then what they need, in the order in which it was chosen. */
  readonly assignment: readonly Assigned[]
  /** Layers of services: each layer needs nothing of the later ones. */
  readonly order: readonly (readonly string[])[]
  /** Dependents before what they need. */
  readonly remove: readonly Removal[]
}

/** One of the constraints that cannot all hold. */
export type Constraint =
  | { readonly kind: 'wish' | 'limit' | 'channel' | 'state' | 'fit'; readonly service: string }
  | { readonly kind: 'relation'; readonly service: string; readonly relation: Relation['kind']; readonly to: string }

export interface Reason {
  readonly sentence: string
  readonly services: readonly string[]
  readonly versions?: readonly string[]
  readonly devices?: readonly string[]
  readonly relation?: { readonly kind: Relation['kind']; readonly ranges: readonly string[] }
  /** What would have to be given up for this reason to fall away. */
  readonly constraints: readonly Constraint[]
}

export interface Unresolved {
  readonly ok: false
  /** Without any one of them there would be an answer, as far as `minimal`. */
  readonly reasons: readonly Reason[]
  /** False when the budget ended while reasons were being left out. */
  readonly minimal: boolean
}

export type Answer = Resolved | Unresolved

/**
 * Lets released versions be chosen; deprecated ones only where they are named, there already, or required; candidates only where they are
 * named or there already, and then for test devices alone (`Placement`).
 */
export function choosable({ version, wished, pinned, installed }: Role): boolean {
  if (installed || version.state === 'released') return true
  if (version.state === 'candidate') return pinned
  return version.state === 'deprecated' && (pinned || !wished)
}
