import { TrustError } from '../errors.ts'
import { limits } from '../limits.ts'
import type { Json } from './value.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads strict JSON: UTF-8, one value and white space around it, no key twice in an object, whole numbers only.
 * @param what names the bytes in errors
 * @param mostBytes the limit for this kind of metadata
 * Throws TrustError `malformed`, `too-large`, `too-deep`, `too-many`, `duplicate`.
 */
export function parseJson(bytes: Uint8Array, what: string, mostBytes: number): Json {
  if (bytes.length > mostBytes)
    throw new TrustError('too-large', what, `${bytes.length} bytes, at most ${mostBytes} are read`)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    throw new TrustError('malformed', what, 'the bytes are not UTF-8')
  }
  return new Parser(text, what).whole()
}

class Parser {
  readonly #text: string
  readonly #what: string
  #at = 0
  #values = 0

  constructor(text: string, what: string) {
    this.#text = text
    this.#what = what
  }

  whole(): Json {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) throw this.#wrong('something follows the value')
    return value
  }

  #value(depth: number): Json {
    if (depth > limits.depth) throw this.#error('too-deep', `more than ${limits.depth} levels`)
    if (++this.#values > limits.values) throw this.#error('too-many', `more than ${limits.values} values`)
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

  #object(depth: number): Json {
    const object = new Map<string, Json>()
    this.#at++
    if (this.#next('}')) return object
    do {
      this.#space()
      if (this.#text[this.#at] !== '"') throw this.#wrong('expected a key')
      const key = this.#string()
      if (object.has(key)) throw this.#error('duplicate', `the key ${JSON.stringify(key.slice(0, 100))}`)
      if (!this.#next(':')) throw this.#wrong('expected a colon')
      object.set(key, this.#value(depth + 1))
    } while (this.#next(','))
    if (!this.#next('}')) throw this.#wrong('expected a comma or the end of the object')
    return object
  }

  #list(depth: number): Json {
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
    if (!value.isWellFormed()) throw this.#wrong('half a surrogate pair')
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
    const digits = this.#match(/-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y)
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

  #wrong(detail: string): TrustError {
    return this.#error('malformed', detail)
  }

  #error(code: 'malformed' | 'too-deep' | 'too-many' | 'duplicate', detail: string): TrustError {
    return new TrustError(code, this.#what, `${detail} (at character ${this.#at})`)
  }
}
