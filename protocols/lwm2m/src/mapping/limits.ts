import type { Asked, CapabilityReport } from '@sutler/device-model'

/** Largest package that is carried: resource 0 of object 5 and 2 of object 9 name none; this is what block numbers reach. */
const mostBytes = 2 ** 20 * 1024

/** Why LwM2M, or this device, cannot carry what is asked; null when it can. */
export function limitsOf(asked: Asked, report: CapabilityReport | null): string | null {
  switch (asked.kind) {
    case 'install':
      return installLimits(asked, report)
    case 'remove':
      if (asked.role === 'firmware') return 'LwM2M firmware cannot be removed, only replaced by another version.'
      return unless(
        report,
        'units',
        'This device has no Software Management object (9), so nothing can be removed from it.',
      )
    case 'configure':
      return settingsLimits(asked.settings)
    case 'collect-log':
      return 'LwM2M devices of the objects 0 to 9 keep no log that could be collected.'
    case 'message':
      return 'LwM2M has no way to show a text to the person at the device.'
    case 'restart':
      return unless(report, 'restart', 'This device has no Device object (3), so it cannot be restarted.')
    default:
      return null
  }
}

function installLimits(asked: Asked & { kind: 'install' }, report: CapabilityReport | null): string | null {
  if (asked.files !== 1) return `LwM2M carries one package per component; this one has ${asked.files} files.`
  if (asked.bytes > mostBytes) return `LwM2M carries packages of up to 1 GiB; this one has ${asked.bytes} bytes.`
  if (asked.role === 'configuration') return 'LwM2M has no configuration files; settings are written to resources.'
  if (asked.role === 'firmware')
    return unless(report, 'firmware', 'This device has no Firmware Update object (5), so it takes no firmware.')
  return unless(report, 'units', 'This device has no Software Management object (9), so it takes no packages.')
}

/** The sentence when the device has said what it has, and that is not among it. */
function unless(report: CapabilityReport | null, feature: string, sentence: string): string | null {
  return report && !report.features.includes(feature) ? sentence : null
}

function settingsLimits(settings: Readonly<Record<string, unknown>>): string | null {
  const strange = Object.keys(settings).find((name) => !/^\/\d{1,5}\/\d{1,5}\/\d{1,5}(\/\d{1,5})?$/.test(name))
  return strange === undefined
    ? null
    : `LwM2M settings are named by paths such as /3/0/15; ${strange.slice(0, 60)} is none.`
}
