import type { Model } from '@sutler/engine'
import type { Diagnostic } from './diagnostics.ts'
import { documentOf, type Placed } from './document.ts'
import { patternLimits } from './limits.ts'
import { Parser } from './parse.ts'
import type { Positions } from './positions.ts'
import type { Range } from './range.ts'
import { Source } from './source.ts'
import type { Part, PatternTree } from './tree.ts'

/** What a text says. */
export interface PatternReading {
  readonly tree: PatternTree
  /** Null when the text has errors. Names and soundness are `checkPattern`'s. */
  readonly document: Model | null
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
  /** Where the text says what stands at a JSON pointer into the document; the nearest thing around it when it is not written. */
  placeOf(pointer: string): Range
}

/** Reads a pattern's text. Never throws, and ends soon, whatever the text. */
export function readPattern(text: string): PatternReading {
  const { tree, placed, diagnostics } = readText(text)
  const wrong = diagnostics.some(({ severity }) => severity === 'error')
  return {
    tree,
    document: wrong ? null : placed.model,
    diagnostics,
    placeOf: (pointer) => placed.places.placeOf(pointer),
  }
}

/** As `readPattern`, but of a text with errors there is a document of what could be read. */
export function readText(text: string): {
  readonly tree: PatternTree
  readonly placed: Placed
  readonly diagnostics: readonly Diagnostic[]
  readonly positions: Positions
} {
  const excess = excessOf(text)
  const source = new Source(excess === null ? text : '')
  const parser = new Parser(source)
  if (excess === null) parser.run()
  else source.error('too-large', 0, 0, excess)
  const placed = documentOf(parser.parts, source)
  const diagnostics = source.diagnostics.sort((a, b) => a.range.start.offset - b.range.start.offset)
  return { tree: treeOf(source, parser.parts), placed, diagnostics, positions: source.positions }
}

/** Why a text is not read at all: it is too large. */
export function excessOf(text: string): string | null {
  const { textLength, lines: most } = patternLimits
  if (text.length > textLength) return `the text has ${text.length} characters, at most ${textLength} are read`
  const lines = lineCount(text)
  return lines > most ? `the text has ${lines} lines, at most ${most} are read` : null
}

function lineCount(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

function treeOf(
  { text, positions, statements, comments, names, expressions }: Source,
  parts: readonly Part[],
): PatternTree {
  const inOrder = (a: { readonly range: Range }, b: { readonly range: Range }): number =>
    a.range.start.offset - b.range.start.offset
  return {
    text,
    range: positions.range(0, text.length),
    statements,
    comments,
    parts,
    names: names.sort(inOrder),
    expressions: expressions.sort(inOrder),
  }
}
