import type { DeviceSetting } from './report.ts'

/** Values by the names of settings. */
export type Settings = Readonly<Record<string, DeviceSetting['value']>>

/** Why a device that names these settings cannot be set so, as a sentence without its full stop; null when it can. */
export function settingsRefusal(
  declared: Readonly<Record<string, DeviceSetting>> | undefined,
  wanted: Settings,
): string | null {
  for (const [name, value] of Object.entries(wanted)) {
    const setting = declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined
    const reason = setting === undefined ? unknown(declared ?? {}, name) : misfit(name, setting, value)
    if (reason !== null) return reason
  }
  return null
}

function unknown(declared: Readonly<Record<string, DeviceSetting>>, name: string): string {
  const names = Object.keys(declared)
  const known = names.length === 0 ? 'it names none' : `it has ${names.toSorted().join(', ')}`
  return `the device has no setting ${name}: ${known}`
}

function misfit(name: string, setting: DeviceSetting, value: DeviceSetting['value']): string | null {
  const { least = 0, most = Number.MAX_SAFE_INTEGER, choices } = setting
  if (typeof value !== typeof setting.value) return `${name} takes ${kinds[typeof setting.value as keyof typeof kinds]}`
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= least && value <= most))
    return `${name} takes a whole number from ${least} to ${most}`
  if (typeof value === 'string' && choices !== undefined && !choices.includes(value))
    return `${name} takes one of ${choices.join(', ')}`
  return null
}

const kinds = { string: 'a text', number: 'a whole number', boolean: 'true or false' } as const
