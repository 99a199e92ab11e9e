import { CwmpError, type CwmpErrorCode } from '../../errors.ts'
import { xmlLimits } from './limits.ts'
import { partEnd, spaceEnd } from './names.ts'
import { resolved, withLineFeeds } from './references.ts'
import { namespaceOf, outermost, refusalOf, type Scope } from './scope.ts'

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  /** Namespace name; empty when there is none. */
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** Character data directly within, CDATA sections included, as written. */
  readonly text: string
  /** Of its start tag, characters from the start of the document. */
  readonly offset: number
}

export interface XmlAttribute {
  readonly name: string
  readonly namespace: string
  readonly value: string
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
  /** With its prefix, as the end tag must have it. */
  readonly written: string
  readonly scope: Scope
}

/** An attribute before its prefix can be looked up: declarations may stand behind it. */
interface WrittenAttribute {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

const noAttributes: readonly XmlAttribute[] = []
const declaration =
  /<\?xml\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/y
// eslint-disable-next-line no-control-regex
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/**
 * Reads a document as SOAP 1.1 allows it: well-formed XML 1.0 with namespaces, without document type and processing
 * instructions (clause 3), so that nothing in it can be made larger than it is written or be fetched from elsewhere.
 * Its own reader and not a general one for its speed: docs/decisions/0031.
 * @throws CwmpError
 */
export function readXml(text: string): XmlElement {
  if (text.length > xmlLimits.textLength)
    throw new CwmpError('xml-too-large', 'XML 1.0', null, `${text.length} characters, limit ${xmlLimits.textLength}`)
  return new Reader(text).read()
}

class Reader {
  readonly #text: string
  readonly #open: OpenElement[] = []
  #at = 0
  #root: XmlElement | null = null
  #count = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): XmlElement {
    const text = this.#text
    const bad = impossible.exec(text)
    if (bad) this.#malformed('a character that XML does not allow', bad.index)
    if (!text.isWellFormed()) this.#malformed('half of a surrogate pair')
    declaration.lastIndex = 0
    if (declaration.test(text)) this.#at = declaration.lastIndex
    while (this.#at < text.length) this.#next()
    const open = this.#open.at(-1)
    if (open) this.#malformed(`${open.written} is not closed`, text.length)
    if (this.#root === null) return this.#malformed('there is no element', text.length)
    return this.#root
  }

  /** One piece of content: text, a tag, a comment or a CDATA section. */
  #next(): void {
    const text = this.#text
    const tag = text.indexOf('<', this.#at)
    const end = tag === -1 ? text.length : tag
    if (end > this.#at) this.#characters(end)
    if (tag === -1) return
    const code = text.charCodeAt(tag + 1)
    if (code === 47) this.#endTag()
    else if (code === 33) this.#marked()
    else if (code === 63) this.#refuse('xml-forbidden', 'SOAP 1.1, 3', 'a processing instruction')
    else this.#startTag()
  }

  #characters(end: number): void {
    const element = this.#open.at(-1)
    const raw = this.#text.slice(this.#at, end)
    if (element === undefined) {
      if (spaceEnd(this.#text, this.#at) < end) this.#malformed('text outside the root element')
    } else {
      const close = raw.indexOf(']]>')
      if (close !== -1) this.#malformed(']]> in text', this.#at + close)
      const from = this.#at
      element.text += resolved(withLineFeeds(raw), (at, detail) => this.#malformed(detail, from + at))
    }
    this.#at = end
  }

  #endTag(): void {
    const element = this.#open.pop()
    if (element === undefined) return this.#malformed('an end tag without its start')
    const { written } = element
    const nameEnd = this.#at + 2 + written.length
    const close = spaceEnd(this.#text, nameEnd)
    if (!this.#text.startsWith(written, this.#at + 2) || this.#text.charCodeAt(close) !== 62)
      this.#malformed(`${written} is not closed by its end tag`)
    this.#at = close + 1
    this.#put(element)
  }

  #put(element: XmlElement): void {
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push(element)
  }

  /** `<!`: a comment or a CDATA section; a document type is refused. */
  #marked(): void {
    const text = this.#text
    if (text.startsWith('<!--', this.#at)) {
      const dashes = text.indexOf('--', this.#at + 4)
      if (dashes === -1 || text.charCodeAt(dashes + 2) !== 62) this.#malformed('a comment that does not end as one')
      this.#at = dashes + 3
    } else if (text.startsWith('<![CDATA[', this.#at)) {
      const element = this.#open.at(-1)
      const end = text.indexOf(']]>', this.#at)
      if (element === undefined || end === -1) return this.#malformed('a CDATA section without place or end')
      element.text += withLineFeeds(text.slice(this.#at + 9, end))
      this.#at = end + 3
    } else {
      this.#refuse('xml-forbidden', 'SOAP 1.1, 3', 'a document type declaration')
    }
  }

  #startTag(): void {
    this.#admit()
    const offset = this.#at
    const { prefix, name, end } = this.#qualifiedName(offset + 1)
    const written = this.#text.slice(offset + 1, end)
    this.#at = end
    const found = this.#attributes()
    const scope = found.length === 0 ? this.#scope() : this.#declared(found)
    const element: OpenElement = {
      name,
      namespace: this.#namespace(scope, prefix),
      attributes: found.length === 0 ? noAttributes : this.#qualified(found, scope),
      children: [],
      text: '',
      offset,
      written,
      scope,
    }
    const empty = this.#text.charCodeAt(this.#at) === 47
    if (empty) this.#at++
    if (this.#text.charCodeAt(this.#at) !== 62) this.#malformed(`the tag ${written} does not end`)
    this.#at++
    if (empty) this.#put(element)
    else this.#open.push(element)
  }

  #admit(): void {
    if (this.#root !== null) this.#malformed('a second root element')
    if (++this.#count > xmlLimits.elements)
      this.#refuse('xml-too-large', 'XML 1.0', `more than ${xmlLimits.elements} elements`)
    if (this.#open.length >= xmlLimits.depth)
      this.#refuse('xml-too-deep', 'TR-069 3.5', `elements nest deeper than ${xmlLimits.depth}`)
  }

  #scope(): Scope {
    return this.#open.at(-1)?.scope ?? outermost
  }

  #qualifiedName(at: number): { prefix: string; name: string; end: number } {
    const text = this.#text
    const first = partEnd(text, at)
    if (first === at) return this.#malformed('a name is missing', at)
    let end = first
    if (text.charCodeAt(first) === 58) {
      end = partEnd(text, first + 1)
      if (end === first + 1) this.#malformed('a name is missing behind its prefix', end)
    }
    if (end - at > xmlLimits.nameLength)
      this.#refuse('xml-too-large', 'XML 1.0', `a name longer than ${xmlLimits.nameLength} characters`)
    if (end === first) return { prefix: '', name: text.slice(at, end), end }
    return { prefix: text.slice(at, first), name: text.slice(first + 1, end), end }
  }

  /** Of the tag at hand; stands before `>` or `/>` afterwards. */
  #attributes(): readonly WrittenAttribute[] {
    const text = this.#text
    let found: WrittenAttribute[] | undefined
    for (;;) {
      const at = spaceEnd(text, this.#at)
      const code = text.charCodeAt(at)
      if (code === 62 || code === 47 || at >= text.length) {
        this.#at = at
        return found ?? []
      }
      if (at === this.#at) this.#malformed('white space is missing before an attribute')
      found ??= []
      found.push(this.#attribute(at))
      if (found.length > xmlLimits.attributes)
        this.#refuse('xml-too-large', 'XML 1.0', `more than ${xmlLimits.attributes} attributes`)
    }
  }

  #attribute(at: number): WrittenAttribute {
    const text = this.#text
    const { prefix, name, end } = this.#qualifiedName(at)
    const equals = spaceEnd(text, end)
    const quote = spaceEnd(text, equals + 1)
    const mark = text[quote]
    if (text.charCodeAt(equals) !== 61 || (mark !== '"' && mark !== "'"))
      this.#malformed(`the attribute ${name} has no value`, at)
    const close = text.indexOf(mark!, quote + 1)
    if (close === -1) this.#malformed(`the value of ${name} does not end`, at)
    const raw = text.slice(quote + 1, close)
    if (raw.includes('<')) this.#malformed(`< in the value of ${name}`, at)
    this.#at = close + 1
    // 3.3.3: white space in a value is a space, unless it is written as a reference.
    const spaced = /[\t\n\r]/.test(raw) ? withLineFeeds(raw).replace(/[\t\n]/g, ' ') : raw
    return { prefix, name, value: resolved(spaced, (_at, detail) => this.#malformed(detail, at)) }
  }

  #declared(attributes: readonly WrittenAttribute[]): Scope {
    let scope = this.#scope()
    const seen = new Set<string>()
    for (const { prefix, name, value } of attributes) {
      if (prefix !== 'xmlns' && (prefix !== '' || name !== 'xmlns')) continue
      const declares = prefix === '' ? '' : name
      const refusal = refusalOf(declares, value) ?? (seen.has(declares) ? `${name} is declared twice` : null)
      if (refusal !== null) this.#malformed(refusal)
      seen.add(declares)
      scope = { prefix: declares, namespace: value, outer: scope }
    }
    return scope
  }

  #namespace(scope: Scope, prefix: string): string {
    const found = prefix === 'xmlns' ? undefined : namespaceOf(scope, prefix)
    return found ?? this.#malformed(`the prefix ${prefix} is not declared`)
  }

  /** Without the declarations; attributes without a prefix have no namespace. */
  #qualified(attributes: readonly WrittenAttribute[], scope: Scope): readonly XmlAttribute[] {
    let found: XmlAttribute[] | undefined
    for (const { prefix, name, value } of attributes) {
      if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) continue
      const namespace = prefix === '' ? '' : this.#namespace(scope, prefix)
      if (found?.some((other) => other.name === name && other.namespace === namespace))
        this.#malformed(`the attribute ${name} is there twice`)
      found ??= []
      found.push({ name, namespace, value })
    }
    return found ?? noAttributes
  }

  #malformed(detail: string, at = this.#at): never {
    return this.#refuse('xml-malformed', 'XML 1.0', detail, at)
  }

  #refuse(code: CwmpErrorCode, clause: string, detail: string, at = this.#at): never {
    throw new CwmpError(code, clause, at, detail)
  }
}
