import { connectStatement, limits, readConnectPassword } from '@sutler/wire'
import type { WallTime } from '../../../platform/clock.ts'
import { signed } from '../domain/device-key.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { DeviceKeys } from './device-keys.ts'
import { grouped } from '../../../platform/grouped.ts'

/** Milliseconds that a device's clock may be off. */
const skew = limits.connectSkewSeconds * 1000
const group = { most: 500, waiting: 20_000 }

interface Connection {
  readonly device: string
  readonly time: WallTime
}

/**
 * Authentication of connecting devices. The signature is checked against the device's key, which never changes and is
 * remembered; the database then records the connection's time, many devices at once, which at the same time refuses
 * replays (at any hub) and devices that are no longer enrolled.
 */
export function deviceConnect(deps: RegistrationDependencies, keys: DeviceKeys, hub: () => string) {
  const { database, clock, storage } = deps
  const record = grouped<Connection, boolean>(group, async (connections) => {
    // Of two connections of one device in one group the later one counts: the earlier is cut off by it anyway.
    const latest = new Map<string, WallTime>()
    for (const { device, time } of connections) latest.set(device, Math.max(time, latest.get(device) ?? 0))
    const accepted = new Set(await storage.devices.connect(database.sql, latest, clock.now() + skew))
    return connections.map(({ device, time }) => {
      if (latest.get(device) !== time || !accepted.has(device)) return false
      // The same statement twice in one group: once.
      latest.delete(device)
      return true
    })
  })

  /** True if the password is that device's, fresh, and not used before. */
  return async (device: string, password: string): Promise<boolean> => {
    const parts = readConnectPassword(password)
    if (!parts || !/^[a-z0-9-]{8,64}$/.test(device)) return false
    const { time, nonce, signature } = parts
    if (Math.abs(time - clock.now()) > skew) return false
    const key = await keys.find(device)
    if (!key || !signed(key, connectStatement(hub(), device, time, nonce), signature)) return false
    return record({ device, time })
  }
}
