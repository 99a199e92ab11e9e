import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocument } from '../testing/documents.ts'
import { texts } from '../testing/texts.ts'
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
      { numRuns: 1000 },
    )
    expect(read).toBeGreaterThan(200)
  })
})
