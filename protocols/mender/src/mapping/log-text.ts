import type { LogLine } from '../wire/log.ts'

/** Of a device's log this much is kept, in UTF-16 units: the end, where it says what went wrong. */
export const logLength = 65_536

/** What may be a secret in a device's log, and what stands in its place. The hub's own links and tokens are among it. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\b(bearer|basic|digest)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]'],
  // ▲ mender-client 3.4 writes its token into its log as the numbers of its bytes.
  [/\[\d{1,3}(?: \d{1,3}){31,}\]?/g, '[bytes]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(https?:\/\/[^\s?"'\\]+)\?[^\s"'\\]+/gi, '$1?[redacted]'],
  [/\b(https?:\/\/)[^\s/@"']+@/gi, '$1[redacted]@'],
  [/\b(password|passwd|secret|token|api[_-]?key|psk)("?\s*[=:]\s*"?)[^\s",;\\]+/gi, '$1$2[redacted]'],
]

/** The lines as text, oldest first, without what may be a secret, and without control characters. */
export function logText(lines: readonly LogLine[]): string {
  const text: string[] = []
  let length = 0
  for (const line of lines.toReversed()) {
    const one = redacted([line.time, line.level, line.message].filter((part) => part !== '').join(' '))
    length += one.length + 1
    if (length > logLength) {
      text.push(`… ${lines.length - text.length} earlier lines are left out`)
      break
    }
    text.push(one)
  }
  return text.toReversed().join('\n')
}

function redacted(line: string): string {
  // eslint-disable-next-line no-control-regex
  let clean = line.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
  for (const [secret, instead] of secrets) clean = clean.replaceAll(secret, instead)
  return clean
}
