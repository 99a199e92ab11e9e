import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { GetSupportedDmResp } from '../wire/index.ts'
import { inventoryOf, inventoryPaths, unitsOf } from './inventory.ts'
import { features } from './limits.ts'
import { instancesOf, type Values } from './values.ts'

/** What a Get has to ask for, so that a report can be made of it. */
export const reportPaths: readonly string[] = [
  'Device.DeviceInfo.Manufacturer',
  'Device.DeviceInfo.ModelName',
  'Device.DeviceInfo.ProductClass',
  'Device.DeviceInfo.HardwareVersion',
  'Device.DeviceInfo.SoftwareVersion',
  'Device.DeviceInfo.MemoryStatus.',
  'Device.DeviceInfo.Processor.',
  'Device.SoftwareModules.ExecEnv.',
  'Device.Time.LocalTimeZone',
  ...inventoryPaths,
]

/** Objects whose commands say what the agent can do. */
export const featurePaths: readonly string[] = [
  'Device.',
  'Device.SoftwareModules.',
  'Device.SoftwareModules.DeploymentUnit.{i}.',
  'Device.DeviceInfo.FirmwareImage.{i}.',
]

/** The report's features, from the commands that the agent says it has. */
export function featuresOf({ reqObjResults }: GetSupportedDmResp): string[] {
  const commands = new Set<string>()
  for (const { supportedObjs } of reqObjResults)
    for (const { supportedObjPath, supportedCommands } of supportedObjs)
      for (const { commandName } of supportedCommands) commands.add(supportedObjPath + commandName)
  return Object.entries(features)
    .filter(([, command]) => commands.has(command))
    .map(([feature]) => feature)
}

/** Texts of a device go into a report cut to this many characters. */
const textLength = 200
/** Units and execution environments that a report names at most. */
const most = 256

/**
 * What the device says of itself, in the neutral model (TR-181). Memory and storage are in kibibytes there.
 * @param deviceClass from the device's registration: no data model says it
 */
export function reportOf(
  values: Values,
  deviceClass: DeviceClass,
  deviceFeatures: readonly string[],
): CapabilityReport {
  const info = (name: string): string => (values.get(`Device.DeviceInfo.${name}`) ?? '').slice(0, textLength)
  const processors = instancesOf(values, 'Device.DeviceInfo.Processor.')
  const memory = kibibytes(info('MemoryStatus.Total'))
  const storage = storageOf(values)
  const timeZone = ianaZone(values.get('Device.Time.LocalTimeZone') ?? '')
  const units = unitsOf(inventoryOf(values)).slice(0, most)
  return {
    class: deviceClass,
    protocol: 'usp',
    hardware: {
      model: info('ModelName') || info('ProductClass') || 'unknown',
      arch: processors[0]?.get('Architecture').slice(0, textLength) || 'unknown',
      ...(processors.length > 0 && { cpus: processors.length }),
    },
    os: { name: info('Manufacturer') || 'unknown', version: info('SoftwareVersion') || 'unknown' },
    ...(memory !== null && { memory: { total: memory } }),
    ...(storage !== null && { storage }),
    runtimes: runtimesOf(values),
    features: [...deviceFeatures],
    ...(timeZone !== null && { timeZone }),
    installed: [],
    units: units.map(({ name, version }) => ({
      name: name.slice(0, textLength),
      version: version.slice(0, textLength),
    })),
  }
}

/** A whole number of kibibytes as bytes; null where it says none (`-1` = unknown or unlimited in TR-181). */
function kibibytes(text: string): number | null {
  const value = Number(text)
  return text !== '' && Number.isSafeInteger(value * 1024) && value >= 0 ? value * 1024 : null
}

/** Of the execution environment with the most room. */
function storageOf(values: Values): { total: number; free: number } | null {
  let best: { total: number; free: number } | null = null
  for (const { get } of instancesOf(values, 'Device.SoftwareModules.ExecEnv.')) {
    const total = kibibytes(get('AllocatedDiskSpace'))
    const free = kibibytes(get('AvailableDiskSpace'))
    if (total !== null && free !== null && free >= (best?.free ?? -1)) best = { total, free }
  }
  return best
}

/** Execution environments by type, for example `{ "OCI": "1.0" }`. */
function runtimesOf(values: Values): Record<string, string> {
  const runtimes: [string, string][] = []
  for (const { get } of instancesOf(values, 'Device.SoftwareModules.ExecEnv.').slice(0, most)) {
    const type = get('Type') || get('Name')
    if (/^[A-Za-z][\w .-]{0,60}$/.test(type)) runtimes.push([type, get('Version').slice(0, textLength)])
  }
  return Object.fromEntries(runtimes)
}

/** TR-181 has POSIX time zones; only an IANA name (`Europe/Berlin`, `UTC`) is of use here. */
function ianaZone(text: string): string | null {
  return /^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+-]+){1,2})$/.test(text) ? text : null
}
