import type { CapabilityReport, DeviceClass, Unit } from '@sutler/device-model'
import { timeZoneOf } from './time-zone.ts'
import type { Memory } from '../session/memory.ts'
import type { Parameter } from '../wire/values.ts'

const kibibyte = 1024

/** What is asked for a capability report, relative to the root; TR-098 and TR-181 have most names in common. */
export const reportNames: readonly string[] = [
  'DeviceInfo.ModelName',
  'DeviceInfo.ProductClass',
  'DeviceInfo.HardwareVersion',
  'DeviceInfo.SoftwareVersion',
  'DeviceInfo.MemoryStatus.Total',
  'DeviceInfo.MemoryStatus.Free',
  'DeviceInfo.ProcessorNumberOfEntries',
  'DeviceInfo.Processor.1.Architecture',
  'Time.LocalTimeZone',
  'Time.LocalTimeZoneName',
  'SoftwareModules.ExecEnv.1.Name',
  'SoftwareModules.ExecEnv.1.Type',
  'SoftwareModules.ExecEnv.1.Version',
  'SoftwareModules.ExecEnv.1.AllocatedDiskSpace',
  'SoftwareModules.ExecEnv.1.AvailableDiskSpace',
]

/** The report that the values of one device make. What it does not say is absent. */
export function reportOf(
  memory: Memory,
  values: ReadonlyMap<string, Parameter>,
  registered: DeviceClass,
  units: readonly Unit[],
): CapabilityReport {
  const of = (name: string) => values.get(memory.root + name)?.value.trim() ?? ''
  const cpus = positive(of('DeviceInfo.ProcessorNumberOfEntries'))
  const memoryTotal = positive(of('DeviceInfo.MemoryStatus.Total'))
  const [disk, free] = ['Allocated', 'Available'].map((kind) =>
    positive(of(`SoftwareModules.ExecEnv.1.${kind}DiskSpace`)),
  )
  const zone = timeZoneOf([of('Time.LocalTimeZoneName'), of('Time.LocalTimeZone')])
  return {
    class: classOf(values.get(`${memory.root}DeviceSummary`)?.value ?? '', registered),
    hardware: {
      model: of('DeviceInfo.ModelName') || of('DeviceInfo.ProductClass') || 'unknown',
      arch: of('DeviceInfo.Processor.1.Architecture') || 'unknown',
      ...(cpus !== null && { cpus }),
    },
    os: { name: 'firmware', version: of('DeviceInfo.SoftwareVersion') || memory.softwareVersion },
    ...(memoryTotal !== null && { memory: { total: memoryTotal * kibibyte } }),
    ...(disk != null && free != null && { storage: { total: disk * kibibyte, free: free * kibibyte } }),
    runtimes: runtimesOf(of),
    features: featuresOf(memory),
    ...(zone !== null && { timeZone: zone }),
    installed: [],
    units,
  }
}

function positive(text: string): number | null {
  return /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : null
}

/** TR-106: the summary names the services that a device offers. Without it, what the device was registered as. */
function classOf(summary: string, registered: DeviceClass): DeviceClass {
  if (/\bSTBService:/.test(summary)) return 'set-top-box'
  return registered
}

function runtimesOf(of: (name: string) => string): Record<string, string> {
  const name = of('SoftwareModules.ExecEnv.1.Type') || of('SoftwareModules.ExecEnv.1.Name')
  return name === ''
    ? {}
    : { [name.toLowerCase().replace(/[^a-z0-9]+/g, '-')]: of('SoftwareModules.ExecEnv.1.Version') || '0' }
}

/** Methods that a service may need of a device, by the name of the feature. */
const features: readonly (readonly [string, string])[] = [
  ['download', 'Download'],
  ['upload', 'Upload'],
  ['deployment-units', 'ChangeDUState'],
  ['cancel-transfer', 'CancelTransfer'],
  ['restart', 'Reboot'],
  ['factory-reset', 'FactoryReset'],
]

/**
 * The methods as features, and `no-…` for those that the device is known not to have: limits are told by these, before an order
 * is planned.
 */
function featuresOf({ methods, refused, root }: Memory): string[] {
  const model = root === 'InternetGatewayDevice.' ? 'tr-098' : 'tr-181'
  const known = features.flatMap(([feature, method]) => {
    if (refused.includes(method) || (methods !== null && !methods.includes(method))) return [`no-${feature}`]
    return methods === null ? [] : [feature]
  })
  return ['cwmp', model, ...known]
}
