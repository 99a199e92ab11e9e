import type { Json } from '@sutler/engine'
import { abandoned, type Cursor } from './cursor.ts'
import { patternLimits } from './limits.ts'
import { clipped } from './source.ts'
import type { Text, Value, ValueEntry } from './statements.ts'

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])/y

/** Reads a JSON value, which may run over several lines and hold comments. It is one token of the statement. */
export function readValue(cursor: Cursor): Value {
  const start = cursor.at
  const tokens = cursor.tokens.length
  const value = valueAt(cursor, 0)
  cursor.tokens.length = tokens
  cursor.moveTo(start)
  cursor.take('value', value.range.end.offset, { value })
  return value
}

function valueAt(cursor: Cursor, depth: number): Value {
  const nests = cursor.character === '[' || cursor.character === '{'
  if (nests && depth >= patternLimits.valueDepth) {
    const message = `lists and maps are nested more than ${patternLimits.valueDepth} deep`
    cursor.fail('too-deep', cursor.at, cursor.at + 1, message)
  }
  if (cursor.character === '[') return list(cursor, depth)
  if (cursor.character === '{') return map(cursor, depth)
  return scalar(cursor)
}

const constants = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])

function scalar(cursor: Cursor): Value {
  const { text, positions } = cursor.source
  const start = cursor.at
  const scalar = scalarAt(cursor, start)
  const { end } = cursor.rangeFrom(start)
  const range = { start: positions.at(start), end }
  return { kind: 'value', shape: 'scalar', range, text: text.slice(start, end.offset), scalar, ...childless }
}

const childless = { elements: [], entries: [] } as const

function scalarAt(cursor: Cursor, start: number): Json {
  if (cursor.character === '"') return cursor.text('text', /(?!)/y).value
  const constant = constants.get(cursor.word)
  if (constant !== undefined) {
    cursor.pass(start + cursor.word.length)
    return constant
  }
  if (cursor.character === "'") {
    const message = "text in a value is written in double quotes, not in '"
    cursor.fail('bad-value', start, cursor.closed(start), message, { expected: ['"…"'] })
  }
  number.lastIndex = start
  const digits = cursor.done ? undefined : number.exec(cursor.source.text)?.[0]
  if (digits === undefined) return cursor.unexpected(valueWords, [...constants.keys()])
  const read = Number(digits)
  if (!Number.isFinite(read))
    cursor.fail('bad-value', start, start + digits.length, `${clipped(digits)} is too large a number`)
  cursor.pass(start + digits.length)
  return read
}

const valueWords = ['"text"', 'a number', 'true', 'false', 'null', '[…]', '{…}']

function list(cursor: Cursor, depth: number): Value {
  const start = cursor.at
  const elements: Value[] = []
  const readElement = (): void => void elements.push(valueAt(cursor, depth + 1))
  bracketed(cursor, start, ']', readElement)
  return { kind: 'value', shape: 'list', range: cursor.rangeFrom(start), text: '', scalar: null, elements, entries: [] }
}

function map(cursor: Cursor, depth: number): Value {
  const start = cursor.at
  const entries: ValueEntry[] = []
  const keys = new Set<string>()
  bracketed(cursor, start, '}', () => {
    const at = cursor.at
    if (cursor.character !== '"') {
      const word = cursor.word
      const hint = word === '' ? '"name"' : JSON.stringify(clipped(word))
      cursor.unexpected([hint])
    }
    const key: Text = cursor.text('"name"', /(?!)/y)
    if (keys.has(key.value)) {
      cursor.source.error('duplicate-name', at, key.range.end.offset, `${clipped(key.value)} stands twice in this map`)
    }
    keys.add(key.value)
    cursor.require(':', 'joined')
    entries.push({ key, value: valueAt(cursor, depth + 1) })
  })
  return { kind: 'value', shape: 'map', range: cursor.rangeFrom(start), text: '', scalar: null, elements: [], entries }
}

function bracketed(cursor: Cursor, start: number, close: string, read: () => void): void {
  cursor.pass(start + 1)
  if (passed(cursor, close)) return
  for (;;) {
    endsEarly(cursor, start, close)
    read()
    endsEarly(cursor, start, close)
    const comma = cursor.at
    if (passed(cursor, close)) return
    if (!passed(cursor, ',')) cursor.unexpected([',', close])
    if (cursor.character === close) {
      cursor.fail('unexpected', comma, comma + 1, `no comma before ${close}`, { expected: [close] })
    }
  }
}

function passed(cursor: Cursor, character: string): boolean {
  if (cursor.character !== character) return false
  cursor.pass(cursor.at + 1)
  return true
}

function endsEarly(cursor: Cursor, start: number, close: string): void {
  if (!cursor.done) return
  const { source } = cursor
  source.error('unclosed', start, start + 1, `${source.text[start]} is not closed`, { expected: [close] })
  throw abandoned
}
