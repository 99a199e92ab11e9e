import { CallerError, errorCode } from '../../../platform/errors.ts'
import type { ConsumerDependencies } from './dependencies.ts'

const memoryTooLarge = errorCode(
  'device-memory-too-large',
  500,
  'A protocol wants to remember more of a device than is kept',
  'This is a defect of the protocol package: report it with the device’s model. The device’s work waits.',
)

/** Bytes of JSON per device and protocol. */
const bound = 65_536

/** A protocol's memory of its devices, with a version so that of two sessions with one device only one goes on. */
export function deviceMemory(deps: Pick<ConsumerDependencies, 'memory' | 'database' | 'clock'>, protocol: string) {
  const { memory, database, clock } = deps
  return {
    recall: (device: string) => memory.recall(database.sql, device, protocol),

    /** @throws CallerError `device-memory-too-large` */
    async remember(device: string, value: unknown, version: number): Promise<number | null> {
      const size = Buffer.byteLength(JSON.stringify(value))
      if (size > bound)
        throw new CallerError(memoryTooLarge, `${protocol} wants to remember ${size} bytes of ${device}, of ${bound}.`)
      const done = await memory.remember(database.sql, { device, protocol, value, version }, new Date(clock.now()))
      return done ? version + 1 : null
    },
  }
}
