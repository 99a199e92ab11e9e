import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { Log } from '../../../platform/log.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import type { FilterBounds } from './filters.ts'
import type { EntityStorage } from './storage.ts'

/** What the use cases of this module work with. */
export interface EntityDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly storage: EntityStorage
  /** How long histories of attributes and of capability reports are kept, milliseconds; absent = for good. */
  readonly historyRetention?: number
  /** For directories of people outside; absent = none are asked. */
  readonly outside?: Outside
  /** Absent = `filterBounds`. */
  readonly bounds?: FilterBounds
}

export interface Outside {
  /** For their secrets. */
  readonly sealing: Sealing
  /** Whether they may be inside the hub’s own network. */
  readonly inside: boolean
}
