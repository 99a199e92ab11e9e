import type { DeviceClass } from '@sutler/device-model'
import type { Path } from '../transport/path.ts'
import type { Objects } from './registration-request.ts'

/** A device that is registered (OMA LwM2M Core 1.2, 6.2). */
export interface Registration {
  /** Second part of its location, `/rd/<id>`: unpredictable, as it is all that an update without security shows. */
  readonly id: string
  readonly device: string
  readonly deviceClass: DeviceClass
  readonly endpoint: string
  readonly version: '1.0' | '1.1' | '1.2'
  path: Path
  /** Seconds. */
  lifetime: number
  queue: boolean
  objects: Objects
  /** Milliseconds since the Unix epoch. */
  heard: number
}

/** RFC 7252, 4.8.2: a client in queue mode stays awake for this long after its last message (OMA LwM2M Core 1.2, 6.5). */
const awake = 93_000

export function expires({ heard, lifetime }: Registration): number {
  return heard + lifetime * 1000
}

/** Whether requests reach it now, as far as its registration says. */
export function isAwake(registration: Registration, now: number): boolean {
  return now <= expires(registration) && (!registration.queue || now <= registration.heard + awake)
}
