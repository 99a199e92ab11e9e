import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPattern } from '../text/check.ts'
import { formatPattern } from '../text/format.ts'
import {
  applyEdits,
  completionsAt,
  coloursOf,
  definitionAt,
  difference,
  fixesFor,
  highlightsAt,
  hoverAt,
  outlineOf,
  readForEditing,
  referencesAt,
  renamableAt,
  RenameError,
} from './index.ts'
import { example, placeIn } from './testing/example.ts'

const reading = readForEditing(example)

/** `line:column` of ranges. */
function places(ranges: readonly { readonly start: { readonly line: number; readonly column: number } }[]): string[] {
  return ranges.map(({ start }) => `${start.line}:${start.column}`)
}

describe('definition and references', () => {
  it('leads from every use to the declaration', () => {
    expect(places(definitionAt(reading, placeIn(example, 'while pending', 8)))).toEqual(['9:22'])
    expect(places(definitionAt(reading, placeIn(example, 'data.offers + 1', 7)))).toEqual(['6:3'])
    expect(places(definitionAt(reading, placeIn(example, 'args.allowed', 7)))).toEqual(['13:16'])
    expect(places(definitionAt(reading, placeIn(example, 'child:kid', 7)))).toEqual(['27:27'])
  })

  it('leads to the transitions on a signal that is not declared, and nowhere from what others declare', () => {
    const text = 'model a 1.0.0\nstates b (initial), c (final)\non go: b -> c\n  emit go\n  task x.y'
    const other = readForEditing(text)
    expect(places(definitionAt(other, placeIn(text, 'emit go', 6)))).toEqual(['3:4'])
    expect(definitionAt(other, placeIn(text, 'x.y'))).toEqual([])
    expect(definitionAt(other, placeIn(text, 'emit'))).toEqual([])
  })

  it('lists all places, with or without the declaration, and which of them write', () => {
    const at = placeIn(example, 'detail = ""')
    expect(places(referencesAt(reading, at))).toEqual(['7:3', '24:43', '25:25', '31:7', '32:23'])
    expect(places(referencesAt(reading, at, false))).toEqual(['24:43', '25:25', '31:7', '32:23'])
    expect(highlightsAt(reading, at).map(({ writes }) => writes)).toEqual([true, false, false, true, false])
  })
})

describe('outline', () => {
  it('lists sections with their entries, and transitions by name', () => {
    const outline = outlineOf(reading).map(({ name, detail, children }) => [
      `${name} ${detail}`.trim(),
      children.map((child) => `${child.name} ${child.detail}`.trim()),
    ])
    expect(outline).toContainEqual(['data', ['offers = 0', 'detail = ""']])
    expect(outline).toContainEqual(['states', ['planned initial', 'pending', 'confirmed final', 'failed final']])
    expect(outline).toContainEqual(['again on late: pending -> planned', []])
  })
})

describe('fixes', () => {
  /** The text after the first fix of its first mistake. */
  const mended = (text: string): string => {
    const diagnostic = checkPattern(text).diagnostics.find(({ severity }) => severity === 'error')
    const [fix] = fixesFor(readForEditing(text), diagnostic!)
    if (fix === undefined) throw new Error(`no fix of: ${diagnostic?.message}`)
    return applyEdits(text, fix.edits)
  }

  it('mends misspelt names and words by the nearest, also in expressions', () => {
    for (const [right, wrong] of [
      ['while pending', 'while pendin'],
      ['emit start', 'emit strt'],
      ['after 15m', 'aftr 15m'],
      ['until: string', 'until: strng'],
      ['when args.allowed', 'when args.alowed'],
      ['returns detail', 'returs detail'],
    ] as const)
      expect(mended(example.replace(right, wrong)), wrong).toBe(example)
  })

  it('mends slips of writing', () => {
    for (const [right, wrong] of [
      ['on start: planned', 'on start planned'],
      ['pending -> failed', 'pending => failed'],
      ['\non late: pending -> planned', '\n  on late: pending -> planned'],
    ] as const)
      expect(mended(example.replace(right, wrong)), wrong).toBe(example)
  })
})

describe('difference', () => {
  it('is one small edit that gives the other text, and cuts no character in two', () => {
    const piece = fc.constantFrom('a', 'b', '\r\n', '\n', '😀', '😁')
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = difference(readForEditing(before).positions, after)
        expect(edits.length).toBe(before === after ? 0 : 1)
        expect(applyEdits(before, edits)).toBe(after)
        for (const { newText } of edits) expect(newText.isWellFormed()).toBe(true)
      }),
    )
  })

  it('leaves alone what is in its usual form already', () => {
    const loose = formatPattern(example).replace('on start: planned', 'on start:   planned')
    const [edit] = difference(readForEditing(loose).positions, formatPattern(loose))
    expect(edit?.range.start.line).toBe(edit?.range.end.line)
  })
})

function refusalOf(ask: () => unknown): unknown {
  try {
    ask()
    return null
  } catch (error) {
    return error
  }
}

describe('a text that is being written', () => {
  const torn = fc.tuple(
    fc.nat(example.length),
    fc.nat(40),
    fc.string({ unit: fc.constantFrom(...'on:->{}"\'()=., \n\\é'), maxLength: 6 }),
  )

  it('is never too broken for a service: each answers, wherever the cursor is', () => {
    fc.assert(
      fc.property(torn, fc.nat(), ([from, length, put], pick) => {
        const text = example.slice(0, from) + put + example.slice(from + length)
        const offset = pick % 2 === 0 ? Math.min(from + put.length, text.length) : pick % (text.length + 1)
        const broken = readForEditing(text)
        hoverAt(broken, offset)
        definitionAt(broken, offset)
        referencesAt(broken, offset)
        outlineOf(broken)
        coloursOf(broken)
        for (const { range } of completionsAt(broken, offset)) expect(range.end.offset).toBe(offset)
        expect(refusalOf(() => renamableAt(broken, offset))).toSatisfy(
          (error) => error === null || error instanceof RenameError,
        )
        for (const diagnostic of broken.diagnostics) fixesFor(broken, diagnostic)
      }),
      { numRuns: 500 },
    )
  })

  it('is not read at all when it is larger than the language allows', () => {
    const large = readForEditing(`// ${'x'.repeat(2 ** 20)}`)
    expect(large.diagnostics.map(({ code }) => code)).toEqual(['too-large'])
    expect(hoverAt(large, 5)).toBeNull()
    expect(completionsAt(large, 2 ** 20)).toEqual([])
  })
})
