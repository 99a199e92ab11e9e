import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { long, wanted } from '../../../../test/support/thoroughness.ts'
import { texts } from '../testing/texts.ts'
import { checkPattern } from './check.ts'
import { describeDiagnostic } from './describe.ts'
import { PatternError } from './diagnostics.ts'
import { formatPattern } from './format.ts'
import { patternLimits } from './limits.ts'
import type { Position } from './range.ts'
import { readPattern } from './read.ts'

const head = 'model m 1.0.0\nstates a (initial), b (final)\n'
const mebi = 1024 * 1024
/** Each is read, checked and formatted: some milliseconds. */
const changes = wanted('SUTLER_MUTATIONS', { quick: 2_000, long: 100_000 })

/** All that can be done with a text; what is said of it comes back, place by place. */
function judged(text: string): string[] {
  const { document, diagnostics, tree, placeOf } = readPattern(text)
  expect(document === null).toBe(diagnostics.some(({ severity }) => severity === 'error'))
  const ranges = [diagnostics, tree.names, tree.expressions, tree.comments].flat().map(({ range }) => range)
  expect(ranges.find(({ start, end }) => !isWithin(text, start, end))).toBeUndefined()
  expect(placeOf('/transitions/0/emit/0/args/x').start.line).toBeGreaterThan(0)
  const formatted = document === null ? null : formattedOrNull(text)
  expect(formatted === null || readPattern(formatted).document !== null).toBe(true)
  return checkPattern(text).diagnostics.map((diagnostic) => describeDiagnostic(diagnostic, text, 'm.pattern'))
}

/** Null when the text would be too large in the usual form. */
function formattedOrNull(text: string): string | null {
  try {
    return formatPattern(text)
  } catch (error) {
    if (error instanceof PatternError && error.code === 'too-large' && text.length > mebi / 8) return null
    throw error
  }
}

function isWithin(text: string, start: Position, end: Position): boolean {
  return start.offset >= 0 && start.column > 0 && start.offset <= end.offset && end.offset <= text.length
}

const snippet = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '`',
    ':',
    ',',
    '->',
    '=',
    '//',
    '\n',
    '\r',
    '\t',
    '  ',
    '.',
    '?',
  ),
  fc.constantFrom(
    'on ',
    'emit ',
    'task ',
    'when ',
    ' as ',
    'none',
    'any',
    'model ',
    'states ',
    'data ',
    '\non x: a -> b',
    'cel "',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)

interface Mutation {
  readonly at: number
  readonly drop: number
  readonly from: number
  readonly copy: number
  readonly put: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(5000),
  drop: fc.oneof(fc.constant(0), fc.nat(20)),
  from: fc.nat(5000),
  copy: fc.oneof(fc.constant(0), fc.nat(40)),
  put: fc.oneof(fc.constant(''), snippet),
})

function mutated(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((before, { at, drop, from, copy, put }) => {
    const place = at % (before.length + 1)
    const source = from % (before.length + 1)
    return before.slice(0, place) + put + before.slice(source, source + copy) + before.slice(place + drop)
  }, text)
}

describe('a hostile text', () => {
  it(
    'changed patterns, thousands of them: a document or diagnostics, soon, and never anything else',
    () => {
      let judgedTexts = 0
      fc.assert(
        fc.property(
          fc.constantFrom(...Object.values(texts)),
          fc.array(mutation, { minLength: 1, maxLength: 5 }),
          (text, mutations) => {
            judged(mutated(text, mutations))
            judgedTexts += 1
          },
        ),
        { numRuns: changes },
      )
      expect(judgedTexts).toBe(changes)
    },
    changes * 60,
  )

  it('is not read at all when it is too large, and says so', () => {
    expect(judged('x'.repeat(10 * mebi))[0]).toContain(
      `m.pattern:1:1: error: the text has ${10 * mebi} characters, at most ${mebi} are read [too-large]`,
    )
    expect(judged('\n'.repeat(patternLimits.lines))[0]).toContain(`${patternLimits.lines + 1} lines`)
  })

  it('may nest values as deep as a document may, and not deeper', () => {
    const nested = (depth: number): string =>
      `${head}data x = ${'['.repeat(depth)}${']'.repeat(depth)}\non go: a -> b\n`
    expect(checkPattern(nested(patternLimits.valueDepth)).diagnostics.map(({ code }) => code)).toEqual([])
    expect(checkPattern(nested(patternLimits.valueDepth + 1)).diagnostics.map(({ code }) => code)).toEqual(['too-deep'])
  })

  const lines = (count: number, line: (index: number) => string): string =>
    head + Array.from({ length: count }, (_, index) => line(index)).join('\n')
  // A text of the full size each takes a minute of the small machine's day: the long mode does it.
  const most = long ? mebi : mebi / 8
  const many = long ? 65_000 : 8_000
  it.each([
    ['one word', 'x'.repeat(most)],
    ['quotes', '"'.repeat(most)],
    ['many strings', `${head}on s: a -> b when ${'"" '.repeat(most / 3 - 100)}`],
    ['open parentheses', `${head}on s: a -> b when ${'('.repeat(most - 100)}`],
    ['open lists', `${head}data x = ${'['.repeat(most - 100)}`],
    ['backticks', `${head}on s: a -> b when ${'`'.repeat(most - 100)}`],
    ['open braces', `${head}on s: a -> b\n  call ${'{'.repeat(most - 100)}`],
    ['templates', `${head}on s: a -> b\n  call ${'{a}'.repeat(most / 3 - 100)} as x`],
    ['a long expression', `${head}on s: a -> b when ${'1 + '.repeat(most / 4 - 100)}1`],
    ['a long list', `${head}data x = [${'1,'.repeat(most / 2 - 100)}1]`],
    ['many states', `model m 1.0.0\nstates ${Array.from({ length: 100_000 }, (_, index) => `s${index}`).join(',')}`],
    ['many arguments', lines(2, () => `on s: a -> b\n  task x(${'a: 1, '.repeat(50_000)})`)],
    ['tabs', `${head}${'\t'.repeat(most - 100)}x`],
    ['data', lines(many, (index) => `data x${index} = 1`)],
    ['the same data', lines(many, () => 'data x = 1')],
    ['transitions', lines(many, () => 'on s: a -> b')],
    ['final states', lines(many, () => 'final a')],
    ['statements', `${head}on s: a -> b\n${'  emit s\n'.repeat(many)}`],
    ['unknown words', `${head}on s: a -> b\n${'  emti s\n'.repeat(many)}`],
    ['comments', `${head}on s: a -> b when 1 + // x\n${'  2 + // x\n'.repeat(many)}`],
    [
      'unknown states',
      lines(60, (j) => `on s: ${Array.from({ length: 250 }, (_, i) => `s${j}x${i}${'x'.repeat(50)}`).join(', ')} -> b`),
    ],
    ['unknown signals', lines(1000, (j) => `on s${j}${'y'.repeat(50)}: a -> b\n  emit s${'y'.repeat(50)}${j}z`)],
    [
      'declared signals',
      `${lines(1000, (index) => `signal x${'y'.repeat(50)}${index}`)}\non s: a -> b\n${'  emit xyyz\n'.repeat(250)}`,
    ],
  ])('%s: is judged', (_, text) => expect(judged(text).length).toBeLessThanOrEqual(patternLimits.diagnostics), 120_000)
})
