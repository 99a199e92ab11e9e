import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'

/** One link of a registration or a discovery, for example `</5/0>;ver=1.1`. */
export interface Link {
  readonly target: string
  /** Without the quotes; an attribute that has no value is ''. */
  readonly attributes: ReadonlyMap<string, string>
}

const clause = 'RFC 6690, 2'
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = new TextEncoder()
const blank = /[ \t\r\n]/
const nameEnd = /[;,= \t\r\n]/
const valueEnd = /[;, \t\r\n]/

/** Link format. White space around links is taken, as clients write it. Throws Lwm2mWireError. */
export function parseLinks(bytes: Uint8Array): Link[] {
  if (bytes.length > limits.textBytes)
    throw new Lwm2mWireError('too-large', clause, 0, `${bytes.length} bytes of links`)
  let text: string
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    throw new Lwm2mWireError('malformed', clause, 0, 'links that are not UTF-8')
  }
  return new LinkReader(text).links()
}

class LinkReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  links(): Link[] {
    const links: Link[] = []
    for (;;) {
      this.#skip()
      if (this.#at === this.#text.length) return links
      if (links.length === limits.links) this.#fail('too-large', `more than ${limits.links} links`)
      links.push(this.#link())
      this.#skip()
      if (this.#at < this.#text.length) this.#expect(',')
    }
  }

  #link(): Link {
    this.#expect('<')
    const end = this.#text.indexOf('>', this.#at)
    if (end < 0) this.#fail('malformed', 'a target without its end')
    const target = this.#text.slice(this.#at, end)
    this.#at = end + 1
    const attributes = new Map<string, string>()
    for (this.#skip(); this.#text[this.#at] === ';'; this.#skip()) {
      this.#at++
      if (attributes.size === limits.linkAttributes) this.#fail('too-large', 'too many attributes')
      this.#skip()
      const name = this.#until(nameEnd)
      if (name === '') this.#fail('malformed', 'an attribute without name')
      attributes.set(name, this.#value())
    }
    return { target, attributes }
  }

  #value(): string {
    if (this.#text[this.#at] !== '=') return ''
    this.#at++
    return this.#text[this.#at] === '"' ? this.#quoted() : this.#until(valueEnd)
  }

  #quoted(): string {
    let value = ''
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const letter = this.#text[at]!
      if (letter === '"') {
        this.#at = at + 1
        return value
      }
      if (letter === '\\') at++
      value += this.#text[at] ?? ''
    }
    return this.#fail('malformed', 'a quoted text without its end')
  }

  #until(end: RegExp): string {
    const start = this.#at
    while (this.#at < this.#text.length && !end.test(this.#text[this.#at]!)) this.#at++
    return this.#text.slice(start, this.#at)
  }

  #skip(): void {
    while (this.#at < this.#text.length && blank.test(this.#text[this.#at]!)) this.#at++
  }

  #expect(letter: string): void {
    if (this.#text[this.#at] !== letter) this.#fail('malformed', `no ${letter}`)
    this.#at++
  }

  #fail(code: 'malformed' | 'too-large', detail: string): never {
    throw new Lwm2mWireError(code, clause, this.#at, detail)
  }
}

export function encodeLinks(links: readonly Link[]): Uint8Array {
  const written = links.map(({ target, attributes }) => {
    const parts = [...attributes].map(([name, value]) => (value === '' ? `;${name}` : `;${name}=${quoted(value)}`))
    return `<${target}>${parts.join('')}`
  })
  return utf8.encode(written.join(','))
}

/** RFC 6690, 2: what is no ptoken stands in quotes. */
function quoted(value: string): string {
  return /^[!#$%&'()*+\-./:<=>?@[\]^_`{|}~A-Za-z0-9]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}
