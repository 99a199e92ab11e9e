/** Zones of TR-181's POSIX texts, by their names of standard and summer time. */
const posix: Readonly<Record<string, string>> = {
  GMT0BST: 'Europe/London',
  WET0WEST: 'Europe/Lisbon',
  'CET-1CEST': 'Europe/Berlin',
  'EET-2EEST': 'Europe/Helsinki',
  'MSK-3': 'Europe/Moscow',
  EST5EDT: 'America/New_York',
  CST6CDT: 'America/Chicago',
  MST7MDT: 'America/Denver',
  PST8PDT: 'America/Los_Angeles',
  'JST-9': 'Asia/Tokyo',
  'KST-9': 'Asia/Seoul',
  'IST-5:30': 'Asia/Kolkata',
  'AEST-10AEDT': 'Australia/Sydney',
  'NZST-12NZDT': 'Pacific/Auckland',
}

/**
 * IANA name for what a device says: itself (TR-098 LocalTimeZoneName), a POSIX text (TR-181 LocalTimeZone; the rules behind the
 * comma are the usual ones) or an offset (TR-098 LocalTimeZone). Null for what is none of these.
 */
export function timeZoneOf(texts: readonly string[]): string | null {
  for (const text of texts) {
    const zone = named(text.trim()) ?? posix[text.split(',', 1)[0]!.trim()] ?? offset(text.trim())
    if (zone !== null) return zone
  }
  return null
}

function named(text: string): string | null {
  if (!/^[A-Za-z]+\/[A-Za-z_/+-]+$/.test(text) && text !== 'UTC') return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** `+01:00`, `GMT+01:00` (as people write it, not as POSIX does), `UTC0`, `<+03>-3`: whole hours have names of their own, with the sign turned round (IANA `Etc/GMT-1` is UTC+1). */
function offset(text: string): string | null {
  const iso = /^(?:GMT|UTC)?([+-])(\d\d):00$/.exec(text)
  if (iso) return etc(iso[1] === '+' ? Number(iso[2]) : -Number(iso[2]))
  const fixed = /^(?:[A-Za-z]{3,}|<[+-]?\w+>)([+-]?)(\d{1,2})(?::00)?$/.exec(text)
  return fixed ? etc(fixed[1] === '-' ? Number(fixed[2]) : -Number(fixed[2])) : null
}

function etc(hours: number): string | null {
  if (hours === 0) return 'UTC'
  if (hours > 14 || hours < -12) return null
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}
