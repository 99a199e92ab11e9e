import { limits } from '@sutler/wire'
import type { InstallRole, Manifest, ManifestFile } from '@sutler/device-model'
import type { Relation } from './vocabulary.ts'

/** What a developer sends: a version and what it is made of. Only its shape is known; `compositionFindings` judges it. */
export interface Composition {
  readonly version: string
  readonly notes: string
  readonly components: readonly CompositionComponent[]
  readonly relations: readonly (Omit<Relation, 'kind'> & { readonly kind: string })[]
}

export interface CompositionComponent {
  readonly name: string
  readonly deviceClass: string
  readonly compatibility: string
  readonly restart: string
  /** What it is to the device: one of `installRoles`; absent = `files`. */
  readonly role?: string
  /** How a device without our agent names it once it runs it; absent or null = as the service and its version are named. */
  readonly reports?: Manifest['reports'] | null
  readonly health: Manifest['health']
  /** Names of components of this version. */
  readonly after: readonly string[]
  readonly files: readonly ManifestFile[]
}

/** Bounds of one composition. `files` counts one component's. */
export const compositionLimits = {
  components: 32,
  files: limits.filesPerComponent,
  relations: 64,
  /** Characters. */
  version: 64,
  notes: 4_096,
  range: 256,
  compatibility: 2_048,
  healthWords: limits.healthArguments,
  healthWord: 1_024,
  healthSeconds: limits.healthSeconds,
  reported: 256,
  /** Bytes of one file. */
  fileBytes: 4 * 1024 ** 3,
} as const

/** What a component can be to a device. */
export const installRoles = ['files', 'firmware', 'unit', 'configuration'] as const satisfies readonly InstallRole[]
type ForeignRole = Exclude<InstallRole, 'files'>

/** `[a-z][a-z0-9-]{1,62}`: names of services and of components. */
export const namePattern = /^[a-z][a-z0-9-]{1,62}$/

/** The file list of one component of a checked composition, as devices get it. */
export function manifestOf(service: string, version: string, component: CompositionComponent): Manifest {
  return {
    service,
    version,
    component: component.name,
    restart: component.restart as Manifest['restart'],
    health: component.health,
    ...(component.role !== undefined && component.role !== 'files' && { role: component.role as ForeignRole }),
    ...(component.reports && { reports: component.reports }),
    files: component.files.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  }
}
