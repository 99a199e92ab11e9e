import type { WallTime } from '../../../platform/clock.ts'

/** Devices under one name. */
export interface DeviceGroup {
  readonly id: string
  readonly tenant: string
  readonly name: string
  /** Static: a list that people keep. Live: whatever matches the filter at the time. */
  readonly kind: 'static' | 'live'
  readonly filter: string | null
  /** Grows with every change by people: the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

/** What depends on a group, so that it is not deleted. */
export interface GroupUse {
  /** For example `campaign`. */
  readonly kind: string
  readonly id: string
  readonly name: string
}
