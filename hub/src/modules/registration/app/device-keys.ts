import type { KeyObject } from 'node:crypto'
import { deviceKey } from '../domain/device-key.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import { grouped } from '../../../platform/grouped.ts'

/** Keys kept in memory, about 0.5 KB each. */
const mostKeys = 50_000
const group = { most: 500, waiting: 20_000 }

/** The devices' public keys. A device's key never changes, so what was seen once is remembered, the last used longest. */
export class DeviceKeys {
  readonly #kept = new Map<string, KeyObject>()
  readonly #load: (device: string) => Promise<KeyObject | null>

  constructor({ database, storage }: Pick<RegistrationDependencies, 'database' | 'storage'>) {
    this.#load = grouped<string, KeyObject | null>(group, async (devices) => {
      const rows = await storage.devices.publicKeys(database.sql, [...new Set(devices)])
      const found = new Map(rows.map(({ device, publicKey }) => [device, deviceKey(publicKey)]))
      return devices.map((device) => found.get(device) ?? null)
    })
  }

  /** The key of an enrolled device; null for others. @throws OutsideError `overloaded` */
  async find(device: string): Promise<KeyObject | null> {
    const key = this.#kept.get(device) ?? (await this.#load(device))
    if (key !== null) this.remember(device, key)
    return key
  }

  /** A device that has just enrolled connects next. */
  remember(device: string, key: KeyObject): void {
    this.#kept.delete(device)
    this.#kept.set(device, key)
    if (this.#kept.size > mostKeys) this.#kept.delete(this.#kept.keys().next().value!)
  }
}
