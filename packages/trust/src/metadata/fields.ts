import { TrustError } from '../errors.ts'
import { limits } from '../limits.ts'
import type { Json, JsonObject } from '../json/value.ts'

/** Reads a value as a T. `where` names it in errors. An absent one is undefined. */
export type Reader<T> = (value: Json | undefined, where: string) => T

function wrong(expected: string, value: Json | undefined, where: string): TrustError {
  return new TrustError('bad-field', where, `${value === undefined ? 'missing, ' : ''}expected ${expected}`)
}

export const readObject: Reader<JsonObject> = (value, where) => {
  if (!(value instanceof Map)) throw wrong('an object', value, where)
  return value
}

/** A text of 1 to `most` UTF-16 units. */
export function readText(value: Json | undefined, where: string, most: number = limits.text): string {
  if (typeof value !== 'string' || value === '' || value.length > most)
    throw wrong(`a text of 1 to ${most} characters`, value, where)
  return value
}

export function readCount(value: Json | undefined, where: string, least = 0): number {
  if (typeof value !== 'number' || value < least) throw wrong(`a whole number from ${least}`, value, where)
  return value
}

export const readFlag: Reader<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw wrong('true or false', value, where)
  return value
}

export function readList<T>(value: Json | undefined, where: string, read: Reader<T>, most: number): readonly T[] {
  if (!Array.isArray(value)) throw wrong('a list', value, where)
  if (value.length > most) throw new TrustError('too-many', where, `${value.length} entries, at most ${most}`)
  return value.map((entry: Json, index) => read(entry, `${where}[${index}]`))
}

/** A list in which nothing is there twice. */
export function readSet(value: Json | undefined, where: string, most: number): readonly string[] {
  const list = readList(value, where, readText, most)
  if (new Set(list).size !== list.length) throw new TrustError('duplicate', where, 'an entry is there twice')
  return list
}

/** An object of any keys: what is read of each, and its key. */
export function readEntries<T>(
  value: Json | undefined,
  where: string,
  read: (value: Json, where: string, key: string) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>()
  for (const [key, entry] of readObject(value, where)) {
    const inside = `${where}.${key.slice(0, 100)}`
    readText(key, inside)
    entries.set(key, read(entry, inside, key))
  }
  return entries
}

export function optional<T>(value: Json | undefined, where: string, read: Reader<T>): T | undefined {
  return value === undefined ? undefined : read(value, where)
}

/** Seconds since the Unix epoch of a date-time (section 4.2: `YYYY-MM-DDTHH:MM:SSZ`). */
export const readTime: Reader<number> = (value, where) => {
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? value : ''
  const milliseconds = Date.parse(text)
  // The way back shows the 30th of February, which some engines take for a day in March.
  if (Number.isNaN(milliseconds) || dateTime(milliseconds / 1000) !== text)
    throw wrong('a time such as 2030-01-31T12:00:00Z', value, where)
  return milliseconds / 1000
}

/** The date-time of seconds since the Unix epoch. */
export function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
