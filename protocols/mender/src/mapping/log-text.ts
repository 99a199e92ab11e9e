import { redact } from '@sutler/device-model'
import type { LogLine } from '../wire/log.ts'

/** Of a device's log this much is kept, in UTF-16 units: the end, where it says what went wrong. */
export const logLength = 65_536

/** The lines as text, oldest first, without what may be a secret, and without control characters. */
export function logText(lines: readonly LogLine[]): string {
  const text: string[] = []
  let length = 0
  for (const line of lines.toReversed()) {
    const one = withoutSecrets([line.time, line.level, line.message].filter((part) => part !== '').join(' '))
    length += one.length + 1
    if (length > logLength) {
      text.push(`… ${lines.length - text.length} earlier lines are left out`)
      break
    }
    text.push(one)
  }
  return text.toReversed().join('\n')
}

function withoutSecrets(line: string): string {
  // eslint-disable-next-line no-control-regex
  return redact(line.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')).text
}
