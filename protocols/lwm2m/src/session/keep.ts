import type { Memory } from './memory.ts'
import type { Registration } from './registration.ts'

/** Remembers the registration, so that another hub can go on from it. Throws SessionOver. */
export function keep(memory: Memory, registration: Registration): Promise<void> {
  const { id, endpoint, deviceClass, lifetime, queue, version, objects, path } = registration
  const listed = [...objects]
    .slice(0, 256)
    .map(([object, of]) => [object, of.version, of.instances.slice(0, 64)] as const)
  const of = {
    location: id,
    endpoint,
    deviceClass,
    lifetime,
    queue,
    lwm2m: version,
    objects: listed,
    address: path.address,
  }
  return memory.put({ ...memory.value, ...of })
}
