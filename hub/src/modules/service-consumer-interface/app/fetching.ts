import type { DeviceProtocol, QueuedOutput } from '@sutler/device-model'
import { actAsHub } from '../../../platform/acting.ts'
import { grouped } from '../../../platform/grouped.ts'
import { completed } from './complete-outputs.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import type { Refusing, TakeOut } from './refusing.ts'
import type { OpenOutput } from './storage.ts'

/** Outputs that a device is given at once at most. */
const most = 16

/** What a device that polls is to do, oldest first. @throws OutsideError `overloaded` */
export type Fetch = (protocol: DeviceProtocol, device: string, limit: number) => Promise<QueuedOutput[]>

/** The queue as devices that poll fetch it: thousands of polls with nothing to do cost few statements. */
export function fetching(deps: ConsumerDependencies, refusing: Refusing, takeOut: TakeOut): Fetch {
  const { storage, database, clock } = deps
  const openOf = grouped<string, readonly OpenOutput[]>({ most: 500, waiting: 20_000 }, async (devices) => {
    const open = await storage.open(database.sql, [...new Set(devices)], most)
    const byDevice = Map.groupBy(open, ({ device }) => device)
    return devices.map((device) => byDevice.get(device) ?? [])
  })
  return async (protocol, device, limit) => {
    const open = (await openOf(device)).slice(0, Math.min(most, Math.max(1, limit)))
    if (open.length === 0) return []
    return actAsHub(async () => {
      const able = await refusing.carried(protocol, await completed(deps, protocol, open), takeOut)
      const ids = able.map(({ id }) => id)
      await storage.markSent(database.sql, ids, new Date(clock.now()))
      return able
    })
  }
}
