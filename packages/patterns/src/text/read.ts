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
  const source = new Source(readable(text) ? text : '')
  const parser = new Parser(source)
  if (source.text === text) parser.run()
  else reportSize(source, text)
  const placed = documentOf(parser.parts, source)
  const diagnostics = source.diagnostics.sort((a, b) => a.range.start.offset - b.range.start.offset)
  return { tree: treeOf(source, parser.parts), placed, diagnostics, positions: source.positions }
}

function readable(text: string): boolean {
  return text.length <= patternLimits.textLength && lineCount(text) <= patternLimits.lines
}

function lineCount(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

function reportSize(source: Source, text: string): void {
  const { textLength, lines } = patternLimits
  const message =
    text.length > textLength
      ? `the text has ${text.length} characters, at most ${textLength} are read`
      : `the text has ${lineCount(text)} lines, at most ${lines} are read`
  source.error('too-large', 0, 0, message)
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
