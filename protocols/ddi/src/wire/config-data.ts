import { Fields } from './fields.ts'
import { readJson } from './json.ts'

export type UpdateMode = 'merge' | 'replace' | 'remove'

/** What a device says of itself. */
export interface ConfigData {
  readonly mode: UpdateMode
  readonly data: readonly (readonly [name: string, value: string])[]
}

export interface InstalledVersion {
  readonly name: string
  readonly version: string
}

export const attributeLimits = { attributes: 100, name: 128, value: 256 } as const

/** @throws DdiError `too-large`, `bad-json`, `bad-field` */
export function readConfigData(bytes: Uint8Array): ConfigData {
  const fields = new Fields(readJson(bytes, 'configData'), 'configData')
  const mode = fields.get('mode') === undefined ? 'merge' : fields.oneOf('mode', ['merge', 'replace', 'remove'])
  const data = fields.object('data')
  const entries = data.entries()
  if (entries.length > attributeLimits.attributes)
    throw fields.wrong('data', `has over ${attributeLimits.attributes} attributes`)
  return { mode, data: entries.map(([name, value]) => [checkedName(data, name), textOf(data, name, value, mode)]) }
}

/** PUT installedBase: what the device runs without the hub having sent it. @throws DdiError as above */
export function readInstalledVersion(bytes: Uint8Array): InstalledVersion {
  const fields = new Fields(readJson(bytes, 'installedBase'), 'installedBase')
  return { name: fields.text('name', 128), version: fields.text('version', 128) }
}

function checkedName(data: Fields, name: string): string {
  if (name === '' || name.length > attributeLimits.name)
    throw data.wrong(name.slice(0, 20), `a name has 1 to ${attributeLimits.name} characters`)
  return name
}

/** Clients write numbers and truth values as they are; to be removed, an attribute needs no value. */
function textOf(data: Fields, name: string, value: unknown, mode: UpdateMode): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (mode === 'remove' && value === null) return ''
  return data.text(name, attributeLimits.value)
}
