import { preferences } from '#words/preferences.ts'
import { common } from '#words/common.ts'

/** What a matter is called. */
export function matterName(matter: string): string {
  return preferences.matters[matter] ?? matter
}

/** A value of any matter, short: `{ from: '22:00', to: '06:00' }` → `from 22:00, to 06:00`. */
export function preferred(value: unknown): string {
  if (value === null || value === undefined) return common.none
  if (Array.isArray(value)) return value.length === 0 ? common.none : value.map(preferred).join('; ')
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(([name, each]) => `${name} ${preferred(each)}`)
  return entries.length === 0 ? common.none : entries.join(', ')
}
