import type { CapabilityReport, DeviceClass, Unit } from '@sutler/device-model'

/** Names by which clients send what the report has a place for; the first that is there counts. In any case. */
const names = {
  model: ['hardware.model', 'model', 'product', 'board', 'device'],
  arch: ['hardware.arch', 'arch', 'architecture', 'machine'],
  cpus: ['hardware.cpus', 'cpus'],
  osName: ['os.name', 'os', 'distribution'],
  osVersion: ['os.version', 'osversion', 'os_version', 'sw_version', 'swversion'],
  memory: ['memory.total', 'memory'],
  storage: ['storage.total', 'storage'],
  free: ['storage.free'],
  timeZone: ['timezone', 'tz'],
  features: ['features'],
  networkType: ['network.type'],
  metered: ['network.metered'],
} as const

const runtimePrefix = 'runtime.'

/** What a device says of itself, from its attributes (docs/guide/devices/ddi.md lists them). @param units null: it never says */
export function reportOf(
  deviceClass: DeviceClass,
  attributes: Readonly<Record<string, string>>,
  units: readonly Unit[] | null,
): CapabilityReport {
  const given = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value.trim()]))
  const text = (which: keyof typeof names) => names[which].map((name) => given.get(name)).find((value) => value) ?? ''
  const number = (which: keyof typeof names) => wholeNumber(text(which))
  const [cpus, total, memory, type] = [number('cpus'), number('storage'), number('memory'), text('networkType')]
  return {
    class: deviceClass,
    hardware: { model: text('model'), arch: text('arch'), ...(cpus !== null && { cpus }) },
    os: { name: text('osName'), version: text('osVersion') },
    ...(memory !== null && { memory: { total: memory } }),
    ...(total !== null && { storage: { total, free: number('free') ?? total } }),
    runtimes: runtimesIn(given),
    features: text('features')
      .split(/[\s,]+/)
      .filter((feature) => feature !== ''),
    ...(text('timeZone') !== '' && { timeZone: text('timeZone') }),
    ...(type !== '' && { network: { type, metered: /^(true|yes|1)$/i.test(text('metered')) } }),
    installed: [],
    ...(units !== null && { units }),
  }
}

function runtimesIn(given: ReadonlyMap<string, string>): Record<string, string> {
  const found = [...given].filter(([name]) => name.startsWith(runtimePrefix))
  return Object.fromEntries(found.map(([name, version]) => [name.slice(runtimePrefix.length), version]))
}

function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
