/** Versions as people and devices write them (`15`, `1.2`, `1.10.0-rc.1`, `v2.0.0+build`), made comparable by plain order of text. */

const form = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/
const longest = 128

/**
 * A text that sorts among its like as the versions do (SemVer 2.0.0, 11), or null when the text is no version. Missing minor
 * and patch numbers are 0. `entity_version_key` in the database makes the same (hub/migrations/0270).
 */
export function versionKey(text: string): string | null {
  if (text.length > longest) return null
  const [matched, major, minor = '0', patch = '0', before] = form.exec(text) ?? []
  if (matched === undefined) return null
  const numbers = [major!, minor, patch].map((number) => number.padStart(9, '0')).join('.')
  if (before === undefined) return `${numbers}~`
  const identifiers = before.split('.')
  return identifiers.includes('') ? null : `${numbers}-${identifiers.map(identifierKey).join('')}`
}

/** Numbers come before words, shorter numbers before longer; `!` sorts before all that an identifier has. */
function identifierKey(identifier: string): string {
  if (!/^\d+$/.test(identifier)) return `1${identifier}!`
  const digits = identifier.replace(/^0+(?=\d)/, '')
  return `0${String(digits.length).padStart(3, '0')}${digits}!`
}
