import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { long as thorough } from '../../../../test/support/thoroughness.ts'
import { someDocument } from '../testing/documents.ts'
import { everythingFormatted, texts } from '../testing/texts.ts'
import { PatternError } from './diagnostics.ts'
import { formatPattern } from './format.ts'
import { printPattern } from './print.ts'
import { readPattern } from './read.ts'

/** A text with white space and comments strewn in; not every one can be read. */
function strewn(text: string, changes: readonly (readonly [at: number, what: string])[]): string {
  let result = text
  for (const [at, what] of changes) {
    const places = [...result.matchAll(/(?<=[\s,(]|^)|$/gm)].map(({ index }) => index)
    const place = places[at % places.length]!
    result = result.slice(0, place) + what + result.slice(place)
  }
  return result
}

const change = fc.tuple(
  fc.nat(10_000),
  fc.constantFrom(
    '\n',
    '\n\n\n',
    '  ',
    '// a\n',
    '    // b\n',
    ' // c\n      ',
    '\n  // d\n',
    '\n        ',
    '\r\n',
    ' //\n',
    '//e ü\n',
  ),
)

describe('formatting', () => {
  it('keeps the document and every comment, and changes nothing the second time', () => {
    let read = 0
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...Object.values(texts)), someDocument.map(printPattern)),
        fc.array(change, { maxLength: 6 }),
        (text, changes) => {
          const before = readPattern(strewn(text, changes))
          if (before.document === null) return
          read += 1
          const formatted = formatPattern(before.tree.text)
          const after = readPattern(formatted)
          expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
          expect(JSON.stringify(after.document)).toBe(JSON.stringify(before.document))
          expect(after.tree.comments.map((comment) => comment.text)).toEqual(
            before.tree.comments.map((comment) => comment.text),
          )
          expect(formatPattern(formatted)).toBe(formatted)
        },
      ),
      { numRuns: thorough ? 5_000 : 400 },
    )
    expect(read).toBeGreaterThan(80)
  }, 600_000)

  it('writes the usual form', () => {
    expect(formatPattern(texts.everything)).toBe(everythingFormatted)
  })

  it('breaks what is too long: lists, clauses, operators, values and states', () => {
    const long = 'a-name-that-is-long-enough-to-fill-a-line'
    const text = [
      'model m 1.0.0',
      `states a (initial), ${long}-1, ${long}-2, ${long}-3 (final)`,
      `signal go(n: int), ${long}-1(n: int), ${long}-2(n: int), ${long}-3`,
      `data x = ["${long}", "${long}", ["${long}", "b"], "${long}"]`,
      `on go: a -> ${long}-3 as "${long}" when data.x == '${long}' || data.x == '${long}' && args.n > 1`,
      `  task t(one: '${long}', two: '${long}', three: '${long}') done go`,
      `  emit go(n: 1) to child:${long} while ${long}-1, ${long}-2 reply ${long}-3`,
      `  set x = data.x == '${long}' ? '${long}' : data.x + '${long}'`,
    ].join('\n')
    expect(formatPattern(text)).toBe(`model m 1.0.0

states
  a (initial)
  ${long}-1
  ${long}-2
  ${long}-3 (final)

signal go(n: int)
signal ${long}-1(n: int)
signal ${long}-2(n: int)
signal ${long}-3

data x = [
  "${long}",
  "${long}",
  ["${long}", "b"],
  "${long}"
]

on go: a -> ${long}-3 as "${long}"
    when data.x == '${long}'
      || data.x == '${long}' && args.n > 1
  task t(
    one: '${long}',
    two: '${long}',
    three: '${long}'
  ) done go
  emit go(n: 1) to child:${long}
      while ${long}-1, ${long}-2
      reply ${long}-3
  set x = data.x == '${long}'
      ? '${long}'
      : data.x + '${long}'
`)
  })

  it('keeps empty lines that the author put, one at a time, and comments with what they stand above', () => {
    const text = `


model m 1.0.0
states a (initial), b (final)
// about go


// about the transition
on go: a -> b


  // first
  emit go // again

  // last of the body

// the end`
    expect(formatPattern(text)).toBe(`model m 1.0.0

states a (initial), b (final)
// about go

// about the transition
on go: a -> b

  // first
  emit go // again

  // last of the body

// the end
`)
  })

  it('refuses a text that cannot be read, with everything that is wrong with it', () => {
    const wrong = 'model m 1.0.0\nstates a (inital), b (final)\non go a -> b\n'
    expect(() => formatPattern(wrong)).toThrow(PatternError)
    expect(() => formatPattern(wrong)).toThrow(
      '2:11: expected initial or final, found inital, did you mean initial?\n3:4: a colon is missing after go',
    )
  })
})
