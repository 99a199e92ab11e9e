import type { Json } from './value.ts'

const encoder = new TextEncoder()

/**
 * The bytes that are signed: OLPC's canonical JSON (TUF 1.0, section 4.1). No white space, keys sorted, and in texts only the quote and
 * the backslash are escaped: a line break stands for itself, so the result need not be JSON.
 */
export function canonicalBytes(value: Json): Uint8Array {
  return encoder.encode(write(value, quoteCanonical))
}

/** The same as JSON that every parser reads, for files. */
export function jsonBytes(value: Json): Uint8Array {
  return encoder.encode(write(value, JSON.stringify))
}

function quoteCanonical(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function write(value: Json, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map((entry) => write(entry, quote)).join(',')}]`
  const entries = [...value].sort(([one], [other]) => byCodePoint(one, other))
  return `{${entries.map(([key, entry]) => `${quote(key)}:${write(entry, quote)}`).join(',')}}`
}

/** `Array.isArray` does not narrow a readonly list away. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * As Python sorts texts, and as their UTF-8 sorts. UTF-16 units sort differently where one key has a surrogate and the other a
 * character from U+E000 on at the first place at which they differ.
 */
function byCodePoint(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at++) {
    const difference = rank(one.charCodeAt(at)) - rank(other.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** Puts the surrogates behind all other units. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
