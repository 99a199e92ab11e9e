import type { Json } from '@sutler/engine'
import type { Range } from './range.ts'
import type { TopWord } from './words.ts'

/** Quoted text, or a bare word where text is wanted: a title, a version, a transition's name, a duration. */
export interface Text {
  readonly kind: 'text'
  readonly value: string
  readonly range: Range
}

/** A JSON value. `text` is a scalar as written. */
export interface Value {
  readonly kind: 'value'
  readonly range: Range
  readonly shape: 'scalar' | 'list' | 'map'
  readonly text: string
  readonly scalar: Json
  readonly elements: readonly Value[]
  readonly entries: readonly ValueEntry[]
}

export interface ValueEntry {
  readonly key: Text
  readonly value: Value
}

/**
 * How the formatter spaces a token. `open`, `separator` and `close` belong to a list that may be broken over lines; before a
 * `clause` the line may be broken too. `joined` stands close behind the token before it, and what follows `mark` close behind it.
 */
export type TokenKind =
  | 'word'
  | 'clause'
  | 'joined'
  | 'open'
  | 'separator'
  | 'close'
  | 'mark'
  | 'expression'
  | 'value'
  | 'text'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** Of a token of kind `value`. */
  readonly value?: Value
  /** Of a token of kind `expression` that is not written as `cel "…"`: lines joined, comments left out. */
  readonly source?: string
}

/** One line of the text with the lines that continue it. */
export interface Statement {
  readonly range: Range
  /** Columns before it. */
  readonly indent: number
  /** Whether it stands under a header: 1, else 0. */
  readonly depth: 0 | 1
  /** The word of the section that it begins or stands in; null when it begins with no such word. */
  readonly section: TopWord | null
  /** First and last line, from 1. */
  readonly lines: readonly [first: number, last: number]
  readonly tokens: readonly Token[]
  /** Whether it is the word of a section alone: what belongs to it stands below. */
  readonly header: boolean
}

/** `// …` up to the end of its line. */
export interface Comment {
  readonly range: Range
  /** From `//` on, without white space at the end. */
  readonly text: string
  /** Whether nothing but white space stands before it on its line. */
  readonly alone: boolean
}
