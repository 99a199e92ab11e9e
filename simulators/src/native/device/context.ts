import type { FleetOptions } from '../options.ts'
import type { HttpClient } from '../net/http-client.ts'
import type { LinkTraffic } from '../net/device-link.ts'
import type { TimerWheel } from '../net/timer-wheel.ts'
import type { Statistics } from '../fleet/statistics.ts'
import type { ManifestShelf } from './manifest-shelf.ts'
import type { NativeDevice } from './native-device.ts'

/** What became of one delivery, once the hub has acknowledged the device's report. */
export interface DeliveryReport {
  /** Index of the device in the fleet. */
  readonly index: number
  readonly device: string
  /** The hub's id of it. */
  readonly household: string
  readonly delivery: string
  readonly service: string
  /** installed | removed | failed | rolled-back | declined */
  readonly result: string
  /** Milliseconds from the first offer to the hub's acknowledgement. */
  readonly milliseconds: number
}

/** What all devices of a fleet share. */
export interface FleetContext {
  readonly options: FleetOptions
  readonly wheel: TimerWheel
  readonly http: HttpClient
  readonly statistics: Statistics
  readonly traffic: LinkTraffic
  readonly manifests: ManifestShelf
  /** Prefix of this run's message ids: another at every run. */
  readonly run: string
  /** The device is connected and the hub has acknowledged its capabilities, for the first time. */
  ready(device: NativeDevice): void
  reported(report: DeliveryReport): void
}
