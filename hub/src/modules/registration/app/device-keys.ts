import type { KeyObject } from 'node:crypto'
import { deviceKey } from '../domain/x509/csr.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import { grouped } from '../../../platform/grouped.ts'

/** Devices whose keys are kept in memory, about 0.5 KB each. */
const mostDevices = 50_000
const group = { most: 500, waiting: 20_000 }

/** A certificate that is good now, as far as a signature needs it. */
export interface CertifiedKey {
  readonly serial: string
  readonly key: KeyObject
}

/** The keys of devices that sign: those of their certificates, newest first. What was seen once is remembered. */
export class DeviceKeys {
  readonly #kept = new Map<string, readonly CertifiedKey[]>()
  readonly #load: (device: string) => Promise<readonly CertifiedKey[]>

  constructor({ database, storage, clock }: Pick<RegistrationDependencies, 'database' | 'storage' | 'clock'>) {
    this.#load = grouped<string, readonly CertifiedKey[]>(group, async (devices) => {
      const now = new Date(clock.now())
      const rows = await storage.certificates.ofDevices(database.sql, [...new Set(devices)], now)
      const found = Map.groupBy(rows, ({ device }) => device)
      return devices.map((device) =>
        (found.get(device) ?? []).map(({ serial, publicKey }) => ({
          serial,
          key: deviceKey(Buffer.from(publicKey, 'base64url'))!,
        })),
      )
    })
  }

  /**
   * The first of the device's certificates whose key `fits`; null when none does. What is remembered may be old, so the
   * database is asked once more before the answer is no. @throws OutsideError `overloaded`
   */
  async find(device: string, fits: (key: KeyObject) => boolean): Promise<string | null> {
    const known = this.#kept.get(device)?.find(({ key }) => fits(key))
    if (known) return known.serial
    const keys = await this.#load(device)
    this.#kept.delete(device)
    if (keys.length > 0) this.#kept.set(device, keys)
    if (this.#kept.size > mostDevices) this.#kept.delete(this.#kept.keys().next().value!)
    return keys.find(({ key }) => fits(key))?.serial ?? null
  }

  forget(device: string): void {
    this.#kept.delete(device)
  }
}
