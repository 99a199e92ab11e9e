import type { ConfigData } from '../wire/config-data.ts'
import { attributeLimits, type InstalledVersion } from '../wire/config-data.ts'
import { memoryBounds, withUnit, type Memory } from './memory.ts'

/** By which a device says in its attributes what it runs: `installed.<name>` = version. */
export const installedPrefix = 'installed.'

/** What the device has now said of itself. Pure. Beyond the bounds the newest names are left out. */
export function takeConfigData(memory: Memory, { mode, data }: ConfigData): Memory {
  const attributes = new Map(mode === 'replace' ? [] : Object.entries(memory.attributes ?? {}))
  let room =
    memoryBounds.attributes - [...attributes].reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  for (const [name, value] of data) {
    const before = attributes.get(name)
    const needed = before === undefined ? name.length + value.length : value.length - before.length
    if (mode === 'remove') attributes.delete(name)
    else if (needed <= room && (before !== undefined || attributes.size < attributeLimits.attributes)) {
      attributes.set(name, value)
      room -= needed
    }
  }
  const said: Memory = { ...memory, attributes: Object.fromEntries(attributes), stale: false }
  const running = mode === 'remove' ? [] : data.filter(([name]) => name.startsWith(installedPrefix))
  return running.reduce(
    (known, [name, version]) => withUnit(known, { name: name.slice(installedPrefix.length), version }),
    said,
  )
}

/** What it runs without the hub having sent it, or still runs. Pure. */
export function takeInstalledVersion(memory: Memory, { name, version }: InstalledVersion): Memory {
  return withUnit(memory, { name, version })
}
