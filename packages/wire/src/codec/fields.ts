import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { utf8Length } from './cbor-encode.ts'
import type { CborValue } from './cbor-decode.ts'

/** Reads one decoded value as a T, or throws WireError with `where` relative to the value. Absent = undefined. */
export type FieldReader<T> = (value: CborValue | undefined) => T

type Fields<T> = { readonly [Key in keyof T]-?: FieldReader<T[Key]> }

function wrong(expected: string, value: CborValue | undefined): WireError {
  return new WireError('bad-field', '', value === undefined ? `missing, expected ${expected}` : `expected ${expected}`)
}

function text(expected: string, least: number, mostBytes: number): FieldReader<string> {
  return (value) => {
    if (typeof value !== 'string' || value.length < least) throw wrong(expected, value)
    // A UTF-16 unit is at most three bytes: only a text near its bound has to be measured.
    if (value.length * 3 > mostBytes && utf8Length(value) > mostBytes) throw wrong(expected, value)
    return value
  }
}

export const anyText = text(`a text of at most ${limits.textBytes} bytes`, 0, limits.textBytes)
export const identifier = text(`a text of 1 to ${limits.idBytes} bytes`, 1, limits.idBytes)

export const flag: FieldReader<boolean> = (value) => {
  if (typeof value !== 'boolean') throw wrong('true or false', value)
  return value
}

export function count(most = Number.MAX_SAFE_INTEGER): FieldReader<number> {
  return (value) => {
    if (typeof value !== 'number' || value < 0 || value > most) throw wrong(`a whole number from 0 to ${most}`, value)
    return value
  }
}

/** A copy, so that a digest kept for long does not keep its whole message in memory. */
export const digest: FieldReader<Uint8Array> = (value) => {
  if (!(value instanceof Uint8Array) || value.length !== 32) throw wrong('a SHA-256 digest of 32 bytes', value)
  return value.slice()
}

export function oneOf<Word extends string>(words: readonly Word[]): FieldReader<Word> {
  const known: ReadonlySet<string> = new Set(words)
  return (value) => {
    if (typeof value !== 'string' || !known.has(value)) throw wrong(`one of ${words.join(', ')}`, value)
    return value as Word
  }
}

/** What the first reader that takes it makes of it. @param expected for people */
export function either<T>(expected: string, ...readers: readonly FieldReader<T>[]): FieldReader<T> {
  return (value) => {
    for (const reader of readers) {
      try {
        return reader(value)
      } catch (error) {
        if (!(error instanceof WireError)) throw error
      }
    }
    throw wrong(expected, value)
  }
}

export function optional<T>(reader: FieldReader<T>): FieldReader<T | undefined> {
  return (value) => (value === undefined ? undefined : reader(value))
}

export function orNull<T>(reader: FieldReader<T>): FieldReader<T | null> {
  return (value) => (value === null ? null : reader(value))
}

export function list<T>(reader: FieldReader<T>, least: number, most: number): FieldReader<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      throw wrong(`a list of ${least} to ${most} entries`, value)
    }
    return value.map((entry, index) => inside(String(index), reader, entry))
  }
}

export function dictionary<T>(reader: FieldReader<T>, most: number): FieldReader<Record<string, T>> {
  return (value) => {
    if (!(value instanceof Map) || value.size > most) throw wrong(`a map of at most ${most} entries`, value)
    const entries = [...value].map(([key, entry]) => [key, inside(key, reader, entry)] as const)
    // fromEntries defines own properties: a key `__proto__` is a key like any other.
    return Object.fromEntries(entries)
  }
}

/** A map with these fields; other keys are ignored. */
export function record<T>(fields: Fields<T>): FieldReader<T> {
  const readers = Object.entries(fields) as [string, FieldReader<unknown>][]
  return (value) => {
    if (!(value instanceof Map)) throw wrong('a map', value)
    const result: Record<string, unknown> = {}
    for (const [name, reader] of readers) {
      const field = inside(name, reader, value.get(name))
      if (field !== undefined) result[name] = field
    }
    return result as T
  }
}

function inside<T>(name: string, reader: FieldReader<T>, value: CborValue | undefined): T {
  try {
    return reader(value)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw error.within(name)
  }
}
