import { stringEnd } from '../text/scan.ts'
import type { Name } from '../text/tree.ts'
import { type CelToken, celTokens, endsOperand } from './cel-tokens.ts'
import { readForEditing, type Reading } from './reading.ts'

export interface ExpressionContext {
  /** The tokens before the cursor, and the text in which it stands. */
  readonly tokens: readonly CelToken[]
  readonly inText: boolean
  /** Whose arguments `args` are. */
  readonly signal: string | null
}

/** What could stand at the cursor. */
export interface CursorContext {
  /** Offset of the first character that a completion replaces. */
  readonly start: number
  /** The name that is being written, with its role. */
  readonly name: Name | null
  /** Words and marks that the reader would take here. */
  readonly expected: readonly string[]
  /** Where the cursor is in an expression. */
  readonly expression: ExpressionContext | null
  /** The text up to the cursor, read with a mark in the cursor's place. */
  readonly reading: Reading
}

/** A letter that is in no word of the language, so that the reader says of it what it had expected in its place. */
const mark = 'ǂ'
/** Brackets that are closed for the reader's sake. */
const mostClosers = 8
/** A word that no statement knows. */
const foreignWord = 'zzz'

/**
 * What could stand at an offset: the reader itself is asked, so that completions never differ from what it takes. Null
 * within comments and texts.
 */
export function contextAt(text: string, offset: number): CursorContext | null {
  const start = startOfWord(text, offset)
  const before = text.slice(0, start)
  const { comment, closers } = openAt(before)
  if (comment) return null
  for (let count = 0; count <= Math.min(closers.length, mostClosers); count += 1) {
    const context = contextOf(readForEditing(`${before}${mark}${closers.slice(0, count)}`), start)
    if (context !== null) return context
  }
  return null
}

function contextOf(reading: Reading, start: number): CursorContext | null {
  const inside = reading.expressions.findLast((place) => place.start <= start && start <= place.end)
  if (inside !== undefined) {
    const { source, at } = inside.located
    const tokens = celTokens(source).filter((token) => at(token.start) < start)
    const last = tokens.at(-1)
    const inText = last?.kind === 'string' && at(last.end - 1) >= start
    const ended = !inText && endsOperand(last)
    const expected = ended
      ? expectedAt(readForEditing(`${reading.text.slice(0, start)} ${foreignWord}`), start + 1)
      : []
    return { start, name: null, expected, expression: { tokens, inText, signal: inside.signal }, reading }
  }
  const name =
    reading.tree.names.findLast(({ range }) => range.start.offset <= start && start < range.end.offset) ?? null
  const expected = expectedAt(reading, start)
  // A value belongs to an expression, which is whole only with its brackets closed.
  const nothing = expected.length === 0 || expected.includes('a value')
  return name === null && nothing ? null : { start, name, expected, expression: null, reading }
}

function expectedAt(reading: Reading, offset: number): readonly string[] {
  return reading.diagnostics.find(({ range }) => range.start.offset === offset)?.expected ?? []
}

/** Where the name begins that ends at an offset. */
export function startOfWord(text: string, offset: number): number {
  let start = offset
  while (start > 0 && /[A-Za-z0-9_-]/.test(text[start - 1]!)) start -= 1
  return start
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Whether a text ends within a comment, and what would close the brackets and quotes that are open at its end. */
function openAt(before: string): { readonly comment: boolean; readonly closers: string } {
  const start = statementStart(before)
  let closers = ''
  for (let at = start; at < before.length; at += 1) {
    const character = before[at]!
    if (character === '"' || character === "'") {
      const behind = stringEnd(before, at, lineEnd(before, at))
      if (behind === -1 && lineEnd(before, at) === before.length) {
        const brace = before.lastIndexOf('{') > Math.max(at, before.lastIndexOf('}')) ? '}' : ''
        return { comment: false, closers: `${brace}${character}${closers}` }
      }
      if (behind !== -1) at = behind - 1
    } else if (before.startsWith('//', at)) {
      at = lineEnd(before, at)
      if (at === before.length) return { comment: true, closers }
    } else if (character in pairs) closers = `${pairs[character]}${closers}`
    else if (/[)\]}]/.test(character)) closers = closers.slice(1)
  }
  return { comment: false, closers }
}

/** Where the last line begins that is not indented. */
function statementStart(text: string): number {
  const match = /(?:^|[\r\n])[^\s][^\r\n]*(?:[\r\n]+[ \t][^\r\n]*|[\r\n])*$/.exec(text)
  return match === null ? 0 : match.index
}

function lineEnd(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/)
  return found === -1 ? text.length : from + found
}
