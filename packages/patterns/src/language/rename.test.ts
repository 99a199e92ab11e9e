import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPattern } from '../text/read.ts'
import { applyEdits, readForEditing, renamableAt, renameAt, RenameError } from './index.ts'
import { example, placeIn } from './testing/example.ts'
import { type RandomPattern, randomPattern, someNames, textOf } from './testing/random-pattern.ts'

/** The example after the name at a place has been changed. */
function renamed(piece: string, more: number, newName: string, text = example): string {
  return applyEdits(text, renameAt(readForEditing(text), placeIn(text, piece, more), newName))
}

function refusal(piece: string, more: number, newName: string, text = example): RenameError {
  try {
    renamed(piece, more, newName, text)
  } catch (error) {
    if (error instanceof RenameError) return error
    throw error
  }
  throw new Error('it was renamed')
}

describe('rename', () => {
  it('changes data where it is declared, set and read: as a field, in brackets, in addresses, in quoted expressions', () => {
    const text = renamed('offers = 0', 0, 'count')
    expect(text).toBe(example.replaceAll(/\boffers\b/g, 'count'))
    expect(text.match(/\bcount\b/g)).toHaveLength(7)
  })

  it('changes a state in transitions and where an expression looks for it, not in texts that only look like it', () => {
    const text = example.replace('set detail = args.reason', 'set detail = "failed"')
    const changed = renamed('failed (final)', 2, 'broken', text)
    expect(changed).toContain('!("broken" in states)')
    expect(changed).toContain('pending -> broken as "stop"')
    expect(changed).toContain('set detail = "failed"')
  })

  it('changes an argument of its own signal only', () => {
    const changed = renamed('allowed: bool', 0, 'granted')
    expect(changed).toContain('when args.granted &&')
    expect(changed).toContain('emit decided(granted: true')
    expect(changed).toContain('emit go(allowed: data.detail) to child:kid')
  })

  it('changes a subinstance where it is called and where it is addressed', () => {
    const changed = renamed('kid wait', 1, 'other')
    expect(changed).toContain('to child:other')
    expect(changed).toContain('as other wait')
  })

  it('puts a name that is a word of the language in quotes, and takes quotes away again', () => {
    const changed = renamed('pending\n  c', 0, 'any')
    expect(changed).toContain('"any" -> planned as "again"')
    expect(renamed('"any"\n  c', 3, 'pending', changed)).toBe(example)
    expect(readPattern(changed).document?.states).toContain('any')
  })

  it('works from every place of the name, also with the cursor behind it', () => {
    expect(renamed('data.offers + 1', 'data.offers'.length, 'count')).toBe(renamed('offers = 0', 3, 'count'))
  })

  it('says what would be renamed', () => {
    const found = renamableAt(readForEditing(example), placeIn(example, 'data.offers + 1', 7))
    expect(found).toMatchObject({
      name: 'offers',
      range: { start: { line: 20, column: 21 }, end: { line: 20, column: 27 } },
    })
  })

  it('refuses names that are none, that are taken, and that cannot stand behind a dot', () => {
    expect(refusal('offers = 0', 0, 'two words')).toMatchObject({ code: 'bad-name' })
    expect(refusal('offers = 0', 0, 'x'.repeat(65))).toMatchObject({ code: 'bad-name' })
    expect(refusal('offers = 0', 0, 'detail')).toMatchObject({
      code: 'name-taken',
      message: 'the data entry detail is there already, in line 7',
    })
    expect(refusal('allowed: bool', 0, 'until').message).toBe(
      'an argument of decided until is there already, in line 13',
    )
    expect(refusal('offers = 0', 0, 'of-fers').message).toMatch(
      /^of-fers cannot stand behind a dot in the expression in line 20/,
    )
    expect(refusal('offers = 0', 0, 'in')).toMatchObject({ code: 'bad-name' })
    expect(renamed('pending\n  c', 0, 'not-yet')).toContain('while not-yet')
  })

  it('refuses names that others give, and places without a name', () => {
    expect(refusal('policy.decide', 0, 'x').message).toBe('policy.decide is named by the host, not by this pattern')
    expect(refusal('go(allowed', 0, 'x').message).toBe('go is named by child kid, not by this pattern')
    expect(refusal('call.device) done', 6, 'x').message).toBe('device is named by the caller, not by this pattern')
    expect(refusal('device gets', 0, 'x')).toMatchObject({ code: 'nothing-here' })
  })

  it('refuses a text that it cannot read to its end: a place could be missed', () => {
    const text = example.replace('emit start', 'emit start bfter')
    expect(refusal('offers = 0', 0, 'count', text)).toMatchObject({
      code: 'text-has-errors',
      message: 'line 23 cannot be read: mend it first, so that no place is missed',
    })
  })
})

/** A pattern, names for its symbols that do not clash, and another one for one of them. */
const renaming = randomPattern.chain((pattern) =>
  fc
    .record({
      names: fc.array(fc.constantFrom(...someNames), {
        minLength: pattern.symbols.length,
        maxLength: pattern.symbols.length,
      }),
      symbol: fc.nat({ max: pattern.symbols.length - 1 }),
      newName: fc.constantFrom(...someNames, 'fresh'),
    })
    .filter(({ names, symbol, newName }) => {
      const after = names.with(symbol, newName)
      return names[symbol] !== newName && apart(pattern, names) && apart(pattern, after)
    })
    .map((chosen) => ({ pattern, ...chosen })),
)

function apart({ symbols }: RandomPattern, names: readonly string[]): boolean {
  const keys = symbols.map(({ kind, of }, index) => `${kind} ${of === undefined ? '' : names[of]} ${names[index]}`)
  return new Set(keys).size === keys.length
}

describe('rename of any name in any pattern', () => {
  it('gives the text that the pattern has with the other name, from every place of the name, and back', () => {
    fc.assert(
      fc.property(renaming, fc.nat(), ({ pattern, names, symbol, newName }, pick) => {
        const before = textOf(pattern, names)
        const after = textOf(pattern, names.with(symbol, newName))
        const places = placesIn(pattern, names, symbol)
        const at = places[pick % places.length]!
        const reading = readForEditing(before)
        const changed = applyEdits(before, renameAt(reading, at, newName))
        expect(changed).toBe(after)
        const back = renameAt(
          readForEditing(changed),
          placesIn(pattern, names.with(symbol, newName), symbol)[0]!,
          names[symbol]!,
        )
        expect(applyEdits(changed, back)).toBe(before)
      }),
      { numRuns: 300 },
    )
  })
})

/** Where a symbol stands in the text. */
function placesIn(pattern: RandomPattern, names: readonly string[], symbol: number): number[] {
  const places: number[] = []
  let at = 0
  for (const piece of pattern.pieces) {
    if (typeof piece !== 'string' && piece.symbol === symbol) places.push(at)
    at += textOf({ ...pattern, pieces: [piece] }, names).length
  }
  return places
}
