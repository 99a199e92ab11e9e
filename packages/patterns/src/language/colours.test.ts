import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coloursOf, readForEditing } from './index.ts'
import { example } from './testing/example.ts'
import { randomPattern, someNames, textOf } from './testing/random-pattern.ts'

/** The pieces of the line in which `piece` stands, each with its kind. */
function line(text: string, piece: string): string {
  const start = text.lastIndexOf('\n', text.indexOf(piece)) + 1
  const end = text.indexOf('\n', start)
  const found = coloursOf(readForEditing(text)).filter((colour) => colour.start >= start && colour.end <= end)
  return found.map((colour) => `${text.slice(colour.start, colour.end)} <${colour.kind}>`).join(' ')
}

describe('colours', () => {
  it('tells names by what they stand for from words, texts and numbers', () => {
    expect(line(example, 'model delivery 1')).toBe(
      'model <word> delivery <model> 1.0.0 <number> "Deliver one version" <text>',
    )
    expect(line(example, 'planned (initial)')).toBe('planned <state> initial <word> pending <state>')
    expect(line(example, 'signal cancel')).toBe(
      'signal <word> cancel <signal> reason <argument> string? <type> urgent <word>',
    )
    expect(line(example, 'emit late after')).toBe(
      'emit <word> late <signal> after <word> 15m <number> while <word> pending <state>',
    )
    expect(line(example, 'shared maxOffers =')).toBe('shared <word> maxOffers <shared> = <operator> 5 <number>')
  })

  it('knows expressions, also within addresses and quoted ones', () => {
    expect(line(example, 'on decided:')).toBe(
      'on <word> decided <signal> planned <state> -> <operator> pending <state> when <word> args <variable> allowed <argument> ' +
        '&& <operator> ! <operator> " <text> failed <state> " <text> in <word> states <variable>',
    )
    expect(line(example, 'call model:other')).toBe(
      'call <word> model: <text> other <model> @1/x <text> as <word> kid <child> wait <word>',
    )
    expect(line(example, 'call model:delivery')).toContain(
      'as <word> next-{ <text> data <variable> . <text> offers <data> } <text> done <word> start <signal>',
    )
    expect(line(example, 'as "stop"')).toMatch(
      /cel <word> .*data <variable> .*offers <data> .*>= <operator> .*maxOffers <shared>/,
    )
  })

  it('colours what can be read of a line with a mistake', () => {
    expect(line(`${example}on late: pending => x\n`, 'pending =>')).toMatch(/^on <word> late <signal> pending <state>/)
  })

  it('gives pieces that are in order, on one line, and do not overlap, whatever the text', () => {
    const anything = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'on a:->{}"\'()=.,1 \n\r/\t'.split('')), maxLength: 200 }),
      fc.tuple(randomPattern, fc.constantFrom(...someNames)).map(([pattern, name]) =>
        textOf(
          pattern,
          pattern.symbols.map(() => name),
        ),
      ),
    )
    fc.assert(
      fc.property(anything, (text) => {
        let behind = 0
        for (const { start, end } of coloursOf(readForEditing(text))) {
          expect(start).toBeGreaterThanOrEqual(behind)
          expect(end).toBeGreaterThan(start)
          expect(text.slice(start, end)).not.toMatch(/[\r\n]/)
          behind = end
        }
        expect(behind).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
