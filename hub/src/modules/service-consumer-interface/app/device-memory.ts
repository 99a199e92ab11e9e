import { InvariantError } from '../../../platform/errors.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { Recalled } from './storage.ts'
import type { ConsumerDependencies } from './dependencies.ts'

/** Bytes of JSON per device and protocol. */
const bound = 65_536

/** A protocol's memory of its devices, with a version so that of two sessions with one device only one goes on. */
export function deviceMemory(deps: Pick<ConsumerDependencies, 'memory' | 'database' | 'clock'>, protocol: string) {
  const { memory, database, clock } = deps
  // Thousands of devices that poll with nothing to do cost few statements.
  const recall = grouped<string, Recalled>({ most: 500, waiting: 20_000 }, async (devices) => {
    const found = await memory.recall(database.sql, devices, protocol)
    return devices.map((device) => found.get(device) ?? { version: 0, value: null })
  })
  return {
    /** Version 0 when nothing is remembered. @throws OutsideError `overloaded` */
    recall,

    /** @throws InvariantError when it is more than is kept: protocols bound what they remember */
    async remember(device: string, value: unknown, version: number): Promise<number | null> {
      const size = Buffer.byteLength(JSON.stringify(value))
      if (size > bound)
        throw new InvariantError(`${protocol} wants to remember ${size} bytes of ${device}, of ${bound}.`)
      const done = await memory.remember(database.sql, { device, protocol, value, version }, new Date(clock.now()))
      return done ? version + 1 : null
    },
  }
}
