import { unitsOf } from './units.ts'
import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { Memory } from '../session/memory.ts'
import type { Attributes } from '../wire/inventory.ts'

/** Attributes of Mender's own inventory scripts that the report is made of; others are the device's business. */
export const known = [
  'device_type',
  'artifact_name',
  'mender_client_version',
  'os',
  'kernel',
  'arch',
  'mem_total_kB',
  'update_modules',
] as const

/** Of an inventory, what is kept. */
export function kept(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    known.flatMap((name) => (attributes.has(name) ? [[name, attributes.get(name)!.slice(0, 400)]] : [])),
  )
}

/** What a device says of itself by its inventory, and what it provides. */
export function reportOf(deviceClass: DeviceClass, { attributes, provides, deviceType }: Memory): CapabilityReport {
  const said = (name: (typeof known)[number]): string => attributes[name] ?? ''
  const kilobytes = Number(said('mem_total_kB'))
  const client = said('mender_client_version')
  return {
    class: deviceClass,
    hardware: { model: said('device_type') || deviceType, arch: said('arch') },
    os: osOf(said('os'), said('kernel')),
    ...(Number.isSafeInteger(kilobytes) && kilobytes > 0 && { memory: { total: kilobytes * 1024 } }),
    runtimes: client === '' ? {} : { 'mender-client': client },
    // A component that needs an update module says so in its compatibility: `"module:script" in features`.
    features: said('update_modules')
      .split(',')
      .filter((module) => module !== '')
      .map((module) => `module:${module}`),
    installed: [],
    units: unitsOf(new Map(provides)),
  }
}

/** `Debian GNU/Linux 12 (bookworm)` → name and version; else the kernel's, from /proc/version. */
function osOf(os: string, kernel: string): CapabilityReport['os'] {
  const named = /^(\D{1,100}?)\s+(\d.{0,100})$/.exec(os)
  if (named) return { name: named[1]!, version: named[2]! }
  if (os !== '') return { name: os.slice(0, 200), version: '' }
  return { name: kernel === '' ? '' : 'Linux', version: /^Linux version (\S{1,100})/.exec(kernel)?.[1] ?? '' }
}
