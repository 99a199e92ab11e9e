import { z } from 'zod'

/** Text that PostgreSQL can keep: no NUL, no half of a surrogate pair. */

// oxlint-disable-next-line no-control-regex
const unstorable = /\u0000|\p{Cs}/u

/** Schema of a text from outside, at most `most` characters. */
export function storableText(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => !unstorable.test(text), 'This has a NUL character or half of a surrogate pair.')
}

/** The value with U+FFFD in place of every character that cannot be kept, in all its texts; itself when there is none. */
export function storable<T>(value: T): T {
  return (isStorable(value) ? value : repaired(value)) as T
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !unstorable.test(value)
  if (Array.isArray(value)) return value.every(isStorable)
  if (typeof value !== 'object' || value === null) return true
  for (const [key, part] of Object.entries(value)) if (unstorable.test(key) || !isStorable(part)) return false
  return true
}

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(repaired)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [repaired(key), repaired(part)]))
}
