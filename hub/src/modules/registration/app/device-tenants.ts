import { grouped } from '../../../platform/grouped.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Devices remembered at a time. */
const mostKept = 50_000

/** Whose a device is: that of the claim that it enrolled with, for good. */
export class DeviceTenants {
  readonly #kept = new Map<string, string>()
  readonly #load: (device: string) => Promise<string | null>

  constructor({ database, storage }: Pick<RegistrationDependencies, 'database' | 'storage'>) {
    this.#load = grouped<string, string | null>({ most: 500, waiting: 20_000 }, async (devices) => {
      const found = await storage.devices.tenants(database.sql, [...new Set(devices)])
      return devices.map((device) => found.get(device) ?? null)
    })
  }

  /** Null for strangers. */
  async find(device: string): Promise<string | null> {
    const tenant = this.#kept.get(device) ?? (await this.#load(device))
    if (tenant === null) return null
    this.#kept.delete(device)
    this.#kept.set(device, tenant)
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!)
    return tenant
  }
}
