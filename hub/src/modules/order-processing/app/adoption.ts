import { actAsHub } from '../../../platform/acting.ts'
import type { Clock } from '../../../platform/clock.ts'
import { day } from '../domain/outcomes.ts'

/** What became of a service's versions on devices, counted: for its developer, who may not see orders and households. */

/** Devices whose state this is, by version and component. */
export interface DevicesOfVersion {
  readonly version: string
  readonly component: string
  /**
   * `installed`: what the device has proved last is this version; `pending`: its newest delivery of the service is this version's and
   * open; `failed`: what was ordered for it last was this version, and failed; it may have been given an older one back since.
   */
  readonly standing: 'installed' | 'pending' | 'failed'
  readonly devices: number
}

/** Deliveries of a version that ended on one day, UTC. */
export interface AdoptionDay {
  /** `2026-11-26`. */
  readonly day: string
  readonly confirmed: number
  readonly failed: number
}

/** Failed deliveries of a version that say the same. */
export interface FailedAlike {
  readonly detail: string
  readonly count: number
  readonly newest: Date
  /** The newest ones, at most five. */
  readonly samples: readonly {
    readonly device: string
    readonly delivery: string
    readonly component: string
    readonly at: string
  }[]
}

/** A delivery of a version that failed and that nothing newer of the service has followed on its device. */
export interface FailedDelivery {
  readonly device: string
  readonly delivery: string
  readonly component: string
  readonly detail: string
}

/** Sums of what is written as deliveries settle; only reasons are read from the deliveries, of the newest failures. */
export interface Adoption {
  standings(tenant: string, service: string): Promise<DevicesOfVersion[]>
  /** Those days on or after `since` on which something ended. */
  days(tenant: string, service: string, version: string, since: Date): Promise<AdoptionDay[]>
  /** Of at most the 10,000 newest failures; at most 2,000 different ones, most frequent first. */
  failures(tenant: string, service: string, version: string): Promise<FailedAlike[]>
  /** Devices on which the version failed last, newest first; of `devices` only, unless that is null. */
  failedDevices(
    tenant: string,
    service: string,
    version: string,
    devices: readonly string[] | null,
    limit: number,
  ): Promise<FailedDelivery[]>
}

export interface AdoptionUpkeep {
  /** One row for each count instead of many; days before `kept` are forgotten. */
  addUp(before: { readonly kept: Date }): Promise<void>
}

/** Days that are told of, and some more, for how far a clock may be off. */
const retention = 92 * day

/** Housekeeping; any hub may do it at any time. */
export function addUpAdoption(clock: Clock, storage: AdoptionUpkeep): Promise<void> {
  return actAsHub(() => storage.addUp({ kept: new Date(clock.now() - retention) }))
}
