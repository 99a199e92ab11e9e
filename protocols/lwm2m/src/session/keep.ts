import type { Memory } from './memory.ts'
import type { Registration } from './registration.ts'

/** Remembers the registration, so that another hub can go on from it. Throws SessionOver. */
export async function keep(memory: Memory, registration: Registration): Promise<void> {
  const { id, endpoint, deviceClass, lifetime, queue, version, objects, path } = registration
  const listed = [...objects]
    .slice(0, 256)
    .map(([object, of]) => [object, of.version, of.instances.slice(0, 64)] as const)
  const of = {
    endpoint,
    deviceClass,
    lifetime,
    queue,
    lwm2m: version,
    objects: listed,
    address: path.address,
  }
  // A location alone is not worth a write: where it is not known any more, the device registers anew.
  const known = Object.keys(of).every((key) => same(memory.value[key as keyof typeof of], of[key as keyof typeof of]))
  if (known) return
  await memory.put({ ...memory.value, ...of, location: id })
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
