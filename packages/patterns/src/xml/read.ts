import { SaxesParser, type SaxesTagNS } from 'saxes'
import { xmlLimits } from './limits.ts'

/** Lines and columns count from 1. */
export interface XmlPlace {
  readonly line: number
  readonly column: number
}

export interface XmlElement extends XmlPlace {
  readonly name: string
  /** Namespace name; empty when there is none. */
  readonly namespace: string
  /** Those without a namespace, by name. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Character data directly within, CDATA sections included. */
  readonly text: string
}

/** XML that cannot be read, at its exact place. */
export class XmlError extends Error {
  readonly code: string
  readonly line: number
  readonly column: number

  constructor(code: string, message: string, { line, column }: XmlPlace) {
    super(`${line}:${column}: ${message}`)
    this.name = 'XmlError'
    this.code = code
    this.line = line
    this.column = column
  }
}

interface OpenElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Map<string, string>
  readonly children: XmlElement[]
  text: string
  readonly line: number
  readonly column: number
}

/**
 * Reads a well-formed XML 1.0 document with namespaces. No document type and no entity but the five of XML itself, so nothing
 * can be made larger than it is written or be fetched from elsewhere.
 *
 * @throws XmlError
 */
export function readXml(text: string): XmlElement {
  if (text.length > xmlLimits.textLength) {
    const message = `${text.length} characters, limit ${xmlLimits.textLength}`
    throw new XmlError('xml-too-large', message, { line: 1, column: 1 })
  }
  return new Reader().read(text)
}

class Reader {
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  readonly #open: OpenElement[] = []
  #root: XmlElement | null = null
  #count = 0
  #attributes = 0
  #start: XmlPlace = { line: 1, column: 1 }
  #lines: readonly string[] = []

  constructor() {
    const parser = this.#parser
    parser.on('error', ({ message }) => {
      throw new XmlError('bad-xml', readable(message), this.#here())
    })
    parser.on('doctype', () => {
      const message = 'a document type (<!DOCTYPE) is not read here: its entities could stand for anything'
      throw new XmlError('xml-doctype', message, this.#here())
    })
    parser.on('opentagstart', ({ name }) => this.#begin(name))
    parser.on('attribute', () => this.#countAttribute())
    parser.on('opentag', (tag) => this.#opened(tag))
    parser.on('text', (text) => this.#characters(text))
    parser.on('cdata', (text) => this.#characters(text))
    parser.on('closetag', () => this.#closed())
  }

  read(text: string): XmlElement {
    this.#lines = text.split(/\r\n|\r|\n/)
    this.#parser.write(text).close()
    if (this.#root === null) throw new XmlError('bad-xml', 'there is no element', this.#here())
    return this.#root
  }

  #here(): XmlPlace {
    return { line: this.#parser.line, column: Math.max(1, this.#parser.column) }
  }

  #begin(name: string): void {
    this.#start = this.#startOf(name)
    this.#attributes = 0
    this.#count += 1
    if (this.#count > xmlLimits.elements)
      throw new XmlError('xml-too-large', `more than ${xmlLimits.elements} elements`, this.#start)
    if (this.#open.length >= xmlLimits.depth)
      throw new XmlError('xml-too-deep', `elements nest deeper than ${xmlLimits.depth}`, this.#start)
  }

  /** The parser is just behind the name and the character that ends it, which may be the end of the line. */
  #startOf(name: string): XmlPlace {
    const { line, column } = this.#parser
    if (column > 0) return { line, column: Math.max(1, column - name.length - 1) }
    return { line: line - 1, column: Math.max(0, this.#lines[line - 2]?.lastIndexOf(`<${name}`) ?? 0) + 1 }
  }

  #countAttribute(): void {
    this.#attributes += 1
    if (this.#attributes > xmlLimits.attributes)
      throw new XmlError('xml-too-large', `more than ${xmlLimits.attributes} attributes`, this.#here())
  }

  #opened({ local, uri, attributes }: SaxesTagNS): void {
    const plain = Object.values(attributes).filter((attribute) => attribute.uri === '' && attribute.prefix === '')
    this.#open.push({
      name: local,
      namespace: uri,
      attributes: new Map(plain.map(({ local: name, value }) => [name, value])),
      children: [],
      text: '',
      ...this.#start,
    })
  }

  #characters(text: string): void {
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += text
  }

  #closed(): void {
    const element = this.#open.pop()
    if (element === undefined) return
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push(element)
  }
}

/** The parser begins its messages with `line:column: `. */
function readable(message: string): string {
  return message.replace(/^\d+:\d+: /, '')
}
