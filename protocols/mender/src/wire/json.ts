import { MenderError } from '../errors.ts'

/** Bounds on what a device sends. Sizes in bytes, texts in UTF-16 units. */
export const limits = {
  authRequestBytes: 16_384,
  nextBytes: 65_536,
  statusBytes: 4_096,
  inventoryBytes: 262_144,
  logBytes: 1_048_576,
  /** Objects and lists inside one another. */
  depth: 8,
  /** Values of one body in all. */
  values: 50_000,
  /** A name or value of the device's identity or of what it provides. */
  text: 1_024,
  /** The identity as the device writes it, and as it is kept. */
  identity: 4_096,
  identityBytes: 1_024,
  publicKey: 4_096,
  tenantToken: 4_096,
  provides: 256,
  attributes: 1_000,
  logMessages: 10_000,
} as const

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
/** A Map, so that `__proto__` is a key like any other. */
export type JsonObject = ReadonlyMap<string, Json>

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads JSON (RFC 8259); depth and number of values are bounded while it is read. Of a name that comes twice the last one counts.
 * @param clause names the operation in errors
 * @throws MenderError `malformed`, `too-deep`, `too-large`
 */
export function readJson(bytes: Uint8Array, clause: string, mostBytes: number): Json {
  if (bytes.length > mostBytes)
    throw new MenderError('too-large', clause, `${bytes.length} bytes, at most ${mostBytes} are read`)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (cause) {
    throw new MenderError('malformed', clause, 'the body is not UTF-8', 0, cause)
  }
  return readJsonText(text, clause)
}

/** JSON inside a JSON text, as in `id_data`. @throws MenderError `malformed`, `too-deep` */
export function readJsonText(text: string, clause: string): Json {
  return new Reader(text, clause).whole()
}

class Reader {
  readonly #text: string
  readonly #clause: string
  #at = 0
  #values = 0

  constructor(text: string, clause: string) {
    this.#text = text
    this.#clause = clause
  }

  whole(): Json {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) throw this.#wrong('something follows the value')
    return value
  }

  #value(depth: number): Json {
    if (depth > limits.depth) throw this.#tooDeep(`more than ${limits.depth} levels`)
    if (++this.#values > limits.values) throw this.#tooDeep(`more than ${limits.values} values`)
    this.#space()
    const first = this.#text[this.#at]
    if (first === '{') return this.#object(depth)
    if (first === '[') return this.#list(depth)
    if (first === '"') return this.#string()
    const word = this.#match(/true|false|null/y)
    if (word !== null) return word === 'null' ? null : word === 'true'
    const digits = this.#match(/-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?/y)
    if (digits === null) throw this.#wrong('expected a value')
    return Number(digits)
  }

  #object(depth: number): JsonObject {
    const object = new Map<string, Json>()
    this.#at++
    if (this.#next('}')) return object
    do {
      this.#space()
      if (this.#text[this.#at] !== '"') throw this.#wrong('expected a name')
      const name = this.#string()
      if (!this.#next(':')) throw this.#wrong('expected a colon')
      object.set(name, this.#value(depth + 1))
    } while (this.#next(','))
    if (!this.#next('}')) throw this.#wrong('expected a comma or the end of the object')
    return object
  }

  #list(depth: number): readonly Json[] {
    const list: Json[] = []
    this.#at++
    if (this.#next(']')) return list
    do list.push(this.#value(depth + 1))
    while (this.#next(','))
    if (!this.#next(']')) throw this.#wrong('expected a comma or the end of the list')
    return list
  }

  #string(): string {
    const start = this.#at
    let end = start + 1
    for (let unit = this.#text.charCodeAt(end); unit !== 0x22; unit = this.#text.charCodeAt(++end)) {
      // Past the end the unit is NaN, and no comparison holds.
      if (!(unit >= 0x20)) throw this.#wrong('a text is not closed, or holds a bare control character')
      if (unit === 0x5c) end++
    }
    try {
      const value = JSON.parse(this.#text.slice(start, end + 1)) as string
      this.#at = end + 1
      return value
    } catch {
      throw this.#wrong('an escape in a text is none of JSON')
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? null
    if (found !== null) this.#at += found.length
    return found
  }

  #next(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    this.#match(/[ \t\r\n]*/y)
  }

  #wrong(detail: string): MenderError {
    return new MenderError('malformed', this.#clause, detail, this.#at)
  }

  #tooDeep(detail: string): MenderError {
    return new MenderError('too-deep', this.#clause, detail, this.#at)
  }
}
