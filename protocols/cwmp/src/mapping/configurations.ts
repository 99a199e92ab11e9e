import type { Unit } from '@sutler/device-model'
import type { Parameter } from '../wire/values.ts'

const rowLimit = 64

/** Rows of `DeviceInfo.VendorConfigFile.{i}.` as units; those without a name are left out. */
export function configurationUnits(root: string, values: ReadonlyMap<string, Parameter>): Unit[] {
  const table = `${root}DeviceInfo.VendorConfigFile.`
  const found: Unit[] = []
  for (const [name, { value }] of values) {
    if (!name.startsWith(table) || !name.endsWith('.Name') || value === '' || found.length >= rowLimit) continue
    const version = values.get(`${name.slice(0, -'Name'.length)}Version`)?.value ?? ''
    found.push({ name: value, version })
  }
  return found
}
