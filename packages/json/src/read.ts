import { JsonError, type JsonFault } from './errors.ts'
import type { Json, JsonObject } from './value.ts'

/** What is read at most, checked while it is read, so that a hostile text costs no more than its bytes. */
export interface JsonBounds {
  /** Objects and lists inside one another. */
  readonly depth: number
  /** Values in all: bounds memory, since a value can be two bytes of text. */
  readonly values: number
  /**
   * For what is signed: refuses what two readers could take differently. That is a name twice in an object (else the last one counts),
   * half a surrogate pair, a byte order mark, and any number that is not whole, or not within 2^53 - 1.
   */
  readonly strict?: boolean
}

const lenient = new TextDecoder('utf-8', { fatal: true })
const exact = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const anyNumber = /-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?/y
const wholeNumber = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y

/** Reads JSON in UTF-8 (RFC 8259): one value, and white space around it. @throws JsonError */
export function readJson(bytes: Uint8Array, mostBytes: number, bounds: JsonBounds): Json {
  if (bytes.length > mostBytes)
    throw new JsonError('too-large', `${bytes.length} bytes, at most ${mostBytes} are read`, null)
  let text: string
  try {
    text = (bounds.strict === true ? exact : lenient).decode(bytes)
  } catch (cause) {
    throw new JsonError('not-utf8', 'the bytes are not UTF-8', null, cause)
  }
  return readJsonText(text, bounds)
}

/** Reads a text of JSON. @throws JsonError */
export function readJsonText(text: string, bounds: JsonBounds): Json {
  return new Reader(text, bounds).whole()
}

class Reader {
  readonly #text: string
  readonly #bounds: JsonBounds
  readonly #strict: boolean
  #at = 0
  #values = 0

  constructor(text: string, bounds: JsonBounds) {
    this.#text = text
    this.#bounds = bounds
    this.#strict = bounds.strict === true
  }

  whole(): Json {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) throw this.#wrong('something follows the value')
    return value
  }

  #value(depth: number): Json {
    const bounds = this.#bounds
    if (depth > bounds.depth) throw this.#fault('too-deep', `more than ${bounds.depth} levels`)
    if (++this.#values > bounds.values) throw this.#fault('too-many', `more than ${bounds.values} values`)
    this.#space()
    const first = this.#text[this.#at]
    if (first === '{') return this.#object(depth)
    if (first === '[') return this.#list(depth)
    if (first === '"') return this.#string()
    if (first === 't') return this.#word('true', true)
    if (first === 'f') return this.#word('false', false)
    if (first === 'n') return this.#word('null', null)
    return this.#number()
  }

  #object(depth: number): JsonObject {
    const object = new Map<string, Json>()
    this.#at++
    if (this.#next('}')) return object
    do {
      this.#space()
      if (this.#text[this.#at] !== '"') throw this.#wrong('expected a name')
      const name = this.#string()
      if (this.#strict && object.has(name))
        throw this.#fault('duplicate', `the name ${JSON.stringify(name.slice(0, 100))}`)
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
    let escaped = false
    for (let unit = this.#text.charCodeAt(end); unit !== 0x22; unit = this.#text.charCodeAt(++end)) {
      // Past the end the unit is NaN, and no comparison holds.
      if (!(unit >= 0x20)) throw this.#wrong('a text is not closed, or holds a bare control character')
      if (unit === 0x5c) {
        escaped = true
        end++
      }
    }
    const value = escaped ? this.#unescaped(start, end + 1) : this.#text.slice(start + 1, end)
    if (this.#strict && !value.isWellFormed()) throw this.#wrong('half a surrogate pair')
    this.#at = end + 1
    return value
  }

  #unescaped(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end)) as string
    } catch {
      throw this.#wrong('an escape in a text is none of JSON')
    }
  }

  #number(): number {
    if (!this.#strict) {
      const digits = this.#match(anyNumber)
      if (digits === null) throw this.#wrong('expected a value')
      return Number(digits)
    }
    const digits = this.#match(wholeNumber)
    const value = Number(digits)
    // -0 would be written as 0, and so be signed as something else than it says.
    if (digits === null || digits === '-0' || !Number.isSafeInteger(value))
      throw this.#wrong('expected a value; numbers are whole and at most 2^53 - 1')
    return value
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#wrong('expected a value')
    this.#at += word.length
    return value
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

  #wrong(detail: string): JsonError {
    return this.#fault('malformed', detail)
  }

  #fault(fault: JsonFault, detail: string): JsonError {
    return new JsonError(fault, detail, this.#at)
  }
}
