import type { KeyObject } from 'node:crypto'
import { connectStatement, limits, readConnectPassword } from '@sutler/wire'
import type { WallTime } from '../../../platform/clock.ts'
import { deviceKey, signed } from '../domain/device-key.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import { grouped } from './grouped.ts'

/** Keys kept in memory, about 0.5 KB each. */
const mostKeys = 50_000
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
export function deviceConnect(deps: RegistrationDependencies, hub: () => string) {
  const { database, clock, storage } = deps
  const keys = new Map<string, KeyObject>()

  const loadKey = grouped<string, KeyObject | null>(group, async (devices) => {
    const rows = await storage.devices.publicKeys(database.sql, [...new Set(devices)])
    const found = new Map(rows.map(({ device, publicKey }) => [device, deviceKey(publicKey)]))
    return devices.map((device) => found.get(device) ?? null)
  })

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

  const keyOf = async (device: string): Promise<KeyObject | null> => {
    const known = keys.get(device)
    const key = known ?? (await loadKey(device))
    if (!key) return null
    keys.delete(device)
    keys.set(device, key)
    if (keys.size > mostKeys) keys.delete(keys.keys().next().value!)
    return key
  }

  /** True if the password is that device's, fresh, and not used before. */
  return async (device: string, password: string): Promise<boolean> => {
    const parts = readConnectPassword(password)
    if (!parts || !/^[a-z0-9-]{8,64}$/.test(device)) return false
    const { time, nonce, signature } = parts
    if (Math.abs(time - clock.now()) > skew) return false
    const key = await keyOf(device)
    if (!key || !signed(key, connectStatement(hub(), device, time, nonce), signature)) return false
    return record({ device, time })
  }
}
