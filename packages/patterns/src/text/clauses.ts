import { readDuration } from '@sutler/engine'
import { abandoned, type Cursor } from './cursor.ts'
import { readExpression } from './expressions.ts'
import { clipped } from './source.ts'
import type { Arguments, Assignment, Everything, Flag, Name, NameRole, Names, Quantity, Text } from './tree.ts'

/** The pieces of which several statements are made. */

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Runs a reader; a mistake that it has reported ends it, and what it had read until then stays. */
export function attempt(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (error !== abandoned) throw error
  }
}

/** `a, b` or `none`; `any` as well where all current states can be meant. */
export function readNames(cursor: Cursor, role: NameRole, anyToo = false): Names {
  const start = cursor.at
  const names: (Name | Everything)[] = []
  if (cursor.accept('none') !== null) return { range: cursor.rangeFrom(start), names }
  do {
    const range = anyToo ? cursor.accept('any') : null
    names.push(range === null ? cursor.name(role) : { kind: 'any', range })
  } while (cursor.mark(',', 'joined'))
  return { range: cursor.rangeFrom(start), names }
}

/** `(a: CEL, b: CEL)`; absent when no parenthesis follows. */
export function readArguments(cursor: Cursor): Arguments | undefined {
  const start = cursor.at
  const assignments: Assignment[] = []
  const before = new Map<string, Name>()
  const read = readList(cursor, () => {
    const name = cursor.name('argument')
    noDuplicate(cursor, name, before, 'argument')
    readColon(cursor, name)
    const expression = readExpression(cursor)
    assignments.push({ kind: 'assignment', range: cursor.rangeFrom(name.range.start.offset), name, expression })
  })
  return read ? { range: cursor.rangeFrom(start), assignments } : undefined
}

/** A list in parentheses, with what `read` reads between the commas; false when there is none. */
export function readList(cursor: Cursor, read: () => void): boolean {
  const start = cursor.at
  if (!cursor.mark('(', 'open')) return false
  while (!cursor.mark(')', 'close')) {
    if (cursor.done) cursor.fail('unclosed', start, start + 1, '( is not closed', { expected: [')'] })
    read()
    if (!cursor.mark(',', 'separator') && cursor.character !== ')') {
      if (cursor.done) cursor.fail('unclosed', start, start + 1, '( is not closed', { expected: [')'] })
      cursor.unexpected([',', ')'])
    }
  }
  return true
}

/** Reports a name that is there already; adds it to those `before` when it is not. */
export function noDuplicate(cursor: Cursor, name: Name, before: Map<string, Name>, what: string): void {
  const first = before.get(name.value)
  if (first === undefined) {
    before.set(name.value, name)
    return
  }
  const { start, end } = name.range
  const message = `${what} ${clipped(name.value)} is there already, in line ${first.range.start.line}`
  cursor.source.error(`duplicate-${what}`, start.offset, end.offset, message)
}

/** `name = CEL` */
export function readAssignment(cursor: Cursor, role: NameRole, declares: boolean): Assignment {
  const name = cursor.name(role, declares)
  readEquals(cursor, name)
  const expression = readExpression(cursor)
  return { kind: 'assignment', range: cursor.rangeFrom(name.range.start.offset), name, expression }
}

export function readEquals(cursor: Cursor, { value }: Name): void {
  const start = cursor.at
  if (cursor.startsWith('==') || cursor.startsWith(':')) {
    const found = cursor.startsWith(':') ? ':' : '=='
    cursor.source.error(
      'unexpected',
      start,
      start + found.length,
      `${value} is given its value by =, not by ${found}`,
      {
        expected: ['='],
      },
    )
    cursor.take('word', start + found.length)
  } else cursor.require('=', 'word')
}

function readColon(cursor: Cursor, { value }: Name): void {
  const start = cursor.at
  if (!cursor.startsWith('=')) return cursor.require(':', 'joined')
  const message = `argument ${clipped(value)} is given its value by :, not by =`
  cursor.source.error('unexpected', start, start + 1, message, { expected: [':'] })
  cursor.take('joined', start + 1)
}

const word = /[A-Za-z0-9.]+/y

/** `15m`, `1h30m`, `PT15M` */
export function readFixedDuration(cursor: Cursor): Text {
  const text = cursor.text('a duration such as 15m', word)
  if (readDuration(text.value) === null) {
    const { start, end } = text.range
    const message = `${JSON.stringify(clipped(text.value))} is no duration: expected such as 30s, 15m, 1h30m, 2d or PT15M`
    cursor.source.error('bad-duration', start.offset, end.offset, message, { expected: ['15m', 'PT15M'] })
  }
  return text
}

const digits = /[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?/y

export function readQuantity(cursor: Cursor, what: string): Quantity {
  if (cursor.character === '"') cursor.unexpected([what])
  const { value, range } = cursor.text(what, digits)
  const number = Number(value)
  if (!Number.isFinite(number)) {
    cursor.fail('bad-number', range.start.offset, range.end.offset, `${clipped(value)} is no number`)
  }
  return { value: number, range }
}

/** A word that says yes, or no with `not` before it. */
export function readFlag(cursor: Cursor, words: readonly string[]): readonly [word: string, flag: Flag] {
  const start = cursor.at
  const value = cursor.accept('not') === null
  const found = words.find((candidate) => cursor.accept(candidate) !== null)
  if (found === undefined) return cursor.unexpected(words, words)
  return [found, { value, range: cursor.rangeFrom(start) }]
}

/** Reads clauses, a word and what the reader of that name reads behind it, in any order, each once, up to the end of the statement. */
export function readClauses(cursor: Cursor, clauses: Readonly<Record<string, (start: number) => void>>): void {
  const words = Object.keys(clauses)
  const seen = new Set<string>()
  while (!cursor.done) {
    const start = cursor.at
    const found = cursor.word
    const read = Object.hasOwn(clauses, found) ? clauses[found] : undefined
    if (read === undefined)
      cursor.unexpected(
        words.filter((each) => each !== 'not' && !seen.has(each)),
        words,
      )
    if (seen.has(found)) cursor.fail('duplicate-clause', start, start + found.length, `${found} stands twice here`)
    seen.add(found)
    cursor.accept(found, 'clause')
    read(start)
  }
}
