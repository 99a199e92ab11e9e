import { randomBytes } from 'node:crypto'
import type { WallTime } from './clock.ts'

/** What a device is called: the name in its certificate, its MQTT client id, a part of its topics. */
export const deviceId = /^[a-z0-9-]{8,64}$/

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The last one's time, and how many came before it in the same millisecond. */
const last = { time: -1, count: 0 }

/**
 * A new identifier: `<prefix>-<10 characters of time><3 that count within a millisecond><9 random characters>`, lower case,
 * valid as a device id (`[a-z0-9-]{8,64}`). Those that one hub makes sort in the order in which they were made.
 */
export function newId(prefix: string, now: WallTime): string {
  last.count = last.time === now ? last.count + 1 : 0
  last.time = now
  let random = ''
  for (const shift of [10, 5, 0]) random += alphabet[(last.count >> shift) & 31]
  for (const byte of randomBytes(9)) random += alphabet[byte & 31]
  return `${firstIdOf(prefix, now)}${random}`
}

/** Sorts before all identifiers that are made then or later, and after all that were made before. */
export function firstIdOf(prefix: string, now: WallTime): string {
  let time = ''
  for (let rest = Math.floor(now), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32]! + time
  return `${prefix}-${time}`
}
