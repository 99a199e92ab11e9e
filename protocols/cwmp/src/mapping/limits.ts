import type { Asked, CapabilityReport } from '@sutler/device-model'

/** Files of one component that are sent one after the other, a Download each. */
const fileLimit = 16

/** Why CWMP, or this device, cannot carry what is asked; null when it can. */
export function limitOf(asked: Asked, report: CapabilityReport | null): string | null {
  const without = (feature: string) => report?.features.includes(`no-${feature}`) === true
  switch (asked.kind) {
    case 'install':
      return installLimit(asked, without)
    case 'remove':
      if (asked.keep)
        return 'CWMP cannot take a service out of use and keep its files: a deployment unit is there or it is not.'
      if (asked.role === 'unit' && !without('deployment-units')) return null
      if (asked.role === 'unit')
        return 'The device does not know ChangeDUState: what was installed by Download cannot be removed.'
      return `CWMP cannot remove ${asked.role === 'files' ? 'files' : `a ${asked.role}`}; only deployment units can be removed.`
    case 'message':
      return 'CWMP has no message to the person at the device.'
    case 'restart':
      return without('restart') ? 'The device does not know Reboot.' : null
    default:
      return null
  }
}

function installLimit(
  asked: Extract<Asked, { kind: 'install' }>,
  without: (feature: string) => boolean,
): string | null {
  if ((asked.role === 'firmware' || asked.role === 'unit') && asked.files !== 1) {
    const what = asked.role === 'firmware' ? 'A firmware image' : 'A deployment unit'
    return `${what} is one file in CWMP; the component has ${asked.files}.`
  }
  if (asked.files > fileLimit)
    return `CWMP sends files one by one: at most ${fileLimit}; the component has ${asked.files}.`
  if (asked.bytes > 4_294_967_295) return 'CWMP tells sizes of files in 32 bits: at most 4 GiB.'
  const byUnits = asked.role === 'unit' && !without('deployment-units')
  return without('download') && !byUnits ? 'The device knows neither Download nor, for this, ChangeDUState.' : null
}
