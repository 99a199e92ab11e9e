import type { Input, Unit } from '@sutler/device-model'
import { attributeLimits, type ConfigData, type InstalledVersion } from '../wire/config-data.ts'
import { memoryBounds, withUnit, type Memory } from './memory.ts'
import { proofsIn } from './proof.ts'

/** By which a device says in its attributes what it runs: `installed.<name>` = version. */
export const installedPrefix = 'installed.'

/** What the device has now said of itself, and what it proves by it. Pure. */
export function takeConfigData(before: Memory, given: ConfigData): { memory: Memory; inputs: readonly Input[] } {
  const attributes = merged(before.attributes ?? {}, given)
  const memory = { ...withUnits(before, given), attributes, stale: false, reports: before.reports + 1 }
  return proofsIn(memory, 'configData')
}

/** Beyond the bounds the newest names are left out. */
function merged(before: Readonly<Record<string, string>>, { mode, data }: ConfigData): Record<string, string> {
  const attributes = new Map(mode === 'replace' ? [] : Object.entries(before))
  let room = memoryBounds.attributes
  for (const [name, value] of attributes) room -= name.length + value.length
  for (const [name, value] of data) {
    const old = attributes.get(name)
    const needed = old === undefined ? name.length + value.length : value.length - old.length
    if (mode === 'remove') attributes.delete(name)
    else if (needed <= room && (old !== undefined || attributes.size < attributeLimits.attributes)) {
      attributes.set(name, value)
      room -= needed
    }
  }
  return Object.fromEntries(attributes)
}

/** A device that has named what it runs once names all of it whenever it replaces its attributes. */
function withUnits(before: Memory, { mode, data }: ConfigData): Memory {
  const named = data.filter(([name]) => name.startsWith(installedPrefix))
  const units: Unit[] = named.map(([name, version]) => ({ name: name.slice(installedPrefix.length), version }))
  if (mode === 'remove') {
    const left = before.units?.filter((unit) => !units.some(({ name }) => name === unit.name)) ?? null
    return { ...before, units: left }
  }
  const from: Memory = mode === 'replace' && before.units !== null ? { ...before, units: [] } : before
  return units.reduce(withUnit, from)
}

/** PUT installedBase: what it runs, by whoever has put it there. Pure. */
export function takeInstalledVersion(
  before: Memory,
  unit: InstalledVersion,
): { memory: Memory; inputs: readonly Input[] } {
  return proofsIn({ ...withUnit(before, unit), reports: before.reports + 1 }, 'PUT installedBase')
}
