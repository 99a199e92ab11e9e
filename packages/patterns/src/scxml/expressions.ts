import { compile, ExpressionError } from '@sutler/expressions'
import { type Token, TokenReader } from './tokens.ts'

/** An expression that has no counterpart in CEL, or one that is not safe. */
export class Untranslatable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Untranslatable'
  }
}

export interface ExpressionScope {
  readonly datamodel: string
  /** Names of data: the document's → the model's. */
  readonly data: ReadonlyMap<string, string>
  /** CEL for `In('id')`. Throws Untranslatable for a state that there is not. */
  readonly inState: (id: string) => string
  /** The name of the event as the document says it; null where there is none. */
  readonly event: string | null
  /** The document's name. */
  readonly name: string
}

const engineVariables = new Set(['args', 'data', 'shared', 'states', 'call', 'id', 'now'])
/** Comprehensions give names to what they go through. */
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
const literals = new Set(['true', 'false', 'null'])
/** What means the same in ECMAScript and CEL, as long as both sides are of one type (else the engine says so). */
const sharedMarks = new Set([
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&&',
  '||',
  '!',
  '+',
  '-',
  '*',
  '(',
  ')',
  '[',
  ']',
  ',',
  '?',
  ':',
  '.',
])
const strictMarks: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' }

/**
 * CEL of the engine for an expression of the document's data model: `null` (only `In()`), `cel`, or of `ecmascript` what can be
 * said in CEL just so.
 *
 * @throws Untranslatable
 */
export function translate(source: string, scope: ExpressionScope): string {
  const text = source.trim()
  if (text === '') throw new Untranslatable('the expression is empty')
  const translated = new Translator(text, scope).translate()
  try {
    compile(translated)
  } catch (error) {
    if (error instanceof ExpressionError) throw new Untranslatable(`${text}: ${error.reason}`)
    throw error
  }
  return translated
}

class Translator {
  readonly #text: string
  readonly #scope: ExpressionScope
  readonly #reader: TokenReader
  readonly #ecmascript: boolean
  readonly #bound: ReadonlySet<string>

  constructor(text: string, scope: ExpressionScope) {
    this.#text = text
    this.#scope = scope
    this.#reader = new TokenReader(text)
    this.#ecmascript = scope.datamodel !== 'cel' && scope.datamodel !== 'null'
    this.#bound = scope.datamodel === 'cel' ? boundNames(text) : new Set()
  }

  translate(): string {
    let result = ''
    for (let token = this.#reader.next(); token !== null; token = this.#reader.next()) result += this.#token(token)
    return result
  }

  #token(token: Token): string {
    switch (token.kind) {
      case 'name':
        return this.#reader.before() === '.' ? this.#field(token.text) : this.#name(token.text)
      case 'mark':
        return this.#mark(token.text)
      case 'text':
        return this.#quoted(token.text)
      case 'number':
        if (this.#ecmascript && (/^0\d/.test(token.text) || /u$/i.test(token.text))) throw this.#refused(token.text)
        return token.text
      case 'space':
        return token.text.startsWith('//') ? '' : token.text
    }
  }

  #mark(text: string): string {
    if (this.#scope.datamodel === 'cel') return text
    const strict = strictMarks[text]
    if (strict !== undefined) return strict
    if (!sharedMarks.has(text)) throw this.#refused(text)
    return text
  }

  #quoted(text: string): string {
    const plain = !this.#ecmascript || /^(["'])(?:[^\\]|\\[\\'"nrt]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})*\1$/.test(text)
    if (!plain || /^['"]{3}/.test(text)) throw this.#refused(text)
    return text
  }

  #field(name: string): string {
    const called = this.#reader.ahead(1)[0]?.text === '('
    if (this.#ecmascript && (called || name === 'length')) throw this.#refused(`.${name}`)
    return name
  }

  #name(name: string): string {
    const { data, name: document } = this.#scope
    if (name === 'In' && this.#reader.ahead(1)[0]?.text === '(') return this.#inState()
    if (literals.has(name)) return name
    if (this.#scope.datamodel === 'null') throw new Untranslatable(`${name}: the null data model has In() only`)
    if (name === '_event') return this.#event()
    if (name === '_sessionid') return 'id'
    if (name === '_name') return quote(document)
    if (name.startsWith('_')) throw this.#refused(name)
    if (this.#bound.has(name)) return name
    if (!this.#ecmascript && this.#reader.ahead(1)[0]?.text === '(') return name
    const known = data.get(name)
    if (known !== undefined) return `data.${known}`
    if (this.#ecmascript) throw this.#refused(name)
    return name
  }

  #inState(): string {
    const [, argument, end] = this.#reader.ahead(3)
    const id = argument?.kind === 'text' ? /^(["'])([^\\]*)\1$/.exec(argument.text)?.[2] : undefined
    if (id === undefined || end?.text !== ')') throw new Untranslatable('In() takes the name of a state in quotes')
    this.#reader.skip(3)
    return this.#scope.inState(id)
  }

  #event(): string {
    const [dot, field] = this.#reader.ahead(2)
    if (dot?.text !== '.' || field === undefined) throw new Untranslatable('_event as a whole')
    this.#reader.skip(2)
    if (field.text === 'data') return 'args'
    if (field.text !== 'name') throw this.#refused(`_event.${field.text}`)
    if (this.#scope.event === null) throw new Untranslatable('_event.name where there is no event')
    return quote(this.#scope.event)
  }

  #refused(what: string): Untranslatable {
    return new Untranslatable(`${this.#text}: ${what} has no counterpart that is surely the same`)
  }
}

/** Names that comprehensions bind; one that is also a datum's would be taken for it, so it keeps its meaning as a bound one. */
function boundNames(text: string): ReadonlySet<string> {
  const bound = new Set<string>()
  const reader = new TokenReader(text)
  for (let token = reader.next(); token !== null; token = reader.next()) {
    if (token.kind !== 'name' || !macros.has(token.text) || reader.before() !== '.') continue
    const [open, name, comma] = reader.ahead(3)
    if (open?.text === '(' && name?.kind === 'name' && comma?.text === ',') bound.add(name.text)
  }
  return bound
}

/** A CEL string literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`
}

/** Names that a datum may not have bare, for they are the engine's. */
export function isEngineVariable(name: string): boolean {
  return engineVariables.has(name)
}
