import type { Path } from '../transport/path.ts'
import type { Registration } from './registration.ts'
import type { Remembered } from './remembered.ts'

/** A registration that another hub, or this one before its restart, has taken; null when the device has to come by itself. */
export function restored(device: string, memory: Remembered, path: Path, now: number): Registration | null {
  const { location, endpoint, deviceClass, lifetime, queue, lwm2m, objects } = memory
  if (location === '' || queue) return null
  return {
    id: location,
    device,
    deviceClass,
    endpoint,
    version: lwm2m,
    path,
    lifetime,
    queue,
    objects: new Map(objects.map(([object, version, instances]) => [object, { version, instances }])),
    heard: now,
  }
}
