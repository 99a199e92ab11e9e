import { randomBytes } from 'node:crypto'
import type { WallTime } from './clock.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new identifier: `<prefix>-<10 characters of time><12 random characters>`, lower case, sortable by creation time,
 * valid as a device id (`[a-z0-9-]{8,64}`).
 */
export function newId(prefix: string, now: WallTime): string {
  let time = ''
  for (let rest = Math.floor(now), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32]! + time
  let random = ''
  for (const byte of randomBytes(12)) random += alphabet[byte & 31]
  return `${prefix}-${time}${random}`
}
