import type { Diagnostic } from '../text/diagnostics.ts'
import { Positions } from '../text/positions.ts'
import { readPattern } from '../text/read.ts'
import type { PatternTree } from '../text/tree.ts'
import { collect, type ExpressionPlace } from './collect.ts'
import { touches } from './located.ts'
import { type Occurrence, sameSymbol } from './occurrences.ts'

/** A text as the language services see it; made once per version of the text. */
export interface Reading {
  readonly text: string
  readonly tree: PatternTree
  /** Mistakes of writing; what `check` finds is not among them. */
  readonly diagnostics: readonly Diagnostic[]
  /** Every place of every name, in the order of the text. */
  readonly occurrences: readonly Occurrence[]
  /** Every expression, in the order of the text. */
  readonly expressions: readonly ExpressionPlace[]
  readonly positions: Positions
}

/** Reads a text for the services. Never throws; of a text that is too large nothing is known but that. */
export function readForEditing(text: string): Reading {
  const { tree, diagnostics } = readPattern(text)
  const positions = new Positions(text)
  const { occurrences, expressions } = collect(tree, positions)
  return { text, tree, diagnostics, occurrences, expressions, positions }
}

/** The name that stands at an offset, or ends there. */
export function occurrenceAt(reading: Reading, offset: number): Occurrence | null {
  const near = reading.occurrences.filter(({ range }) => touches(range, offset))
  return near.findLast(({ range }) => offset < range.end.offset) ?? near.at(-1) ?? null
}

/** All places of what stands at one of them. */
export function placesOf(reading: Reading, occurrence: Occurrence): Occurrence[] {
  return reading.occurrences.filter((other) => sameSymbol(other, occurrence))
}
