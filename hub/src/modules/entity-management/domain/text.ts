/** Control characters, lone surrogates, and the marks that turn the reading direction of what follows. */
const unprintable = /[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\uFEFF]/u

/** What is wrong with a name that people read, or null. At most 128 characters, printable, not blank. */
export function nameFault(name: string): string | null {
  if (name.trim() === '') return 'A name must have at least one visible character.'
  if ([...name].length > 128) return 'A name has at most 128 characters.'
  if (unprintable.test(name)) return 'A name has no control characters and no marks that turn the reading direction.'
  return null
}

/** What is wrong with a text of several lines that people read, or null. */
export function textFault(text: string): string | null {
  if (text.trim() === '') return 'There must be at least one visible character.'
  return unprintable.test(text.replaceAll(/[\n\t]/g, ' '))
    ? 'There are no control characters but new lines and tabs, and no marks that turn the reading direction.'
    : null
}

/** The name as stored: without white space around it, in Unicode's composed form. */
export function tidyName(name: string): string {
  return name.trim().normalize('NFC')
}

/** Time zones in their usual spelling by lower-case name, as they are asked for: looking one up in ICU costs as much as storing a device. */
const timeZones = new Map<string, string>()

/**
 * The IANA time zone of that name in its usual spelling, or null when there is none. Offsets such as `+01:00` are no names:
 * they know no summer time.
 */
export function timeZoneNamed(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name) || name.length > 64) return null
  const kept = timeZones.get(name.toLowerCase())
  if (kept !== undefined) return kept
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    if (known.toLowerCase() !== name.toLowerCase()) return name
    timeZones.set(known.toLowerCase(), known)
    return known
  } catch {
    // RangeError: not a zone that this runtime knows.
    return null
  }
}
