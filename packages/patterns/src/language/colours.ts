import type { Statement, Token } from '../text/statements.ts'
import { types } from '../text/words.ts'
import { variableHelp } from './cel-help.ts'
import { type CelToken, celTokens, isFunction, isVariable } from './cel-tokens.ts'
import type { ExpressionPlace } from './collect.ts'
import type { SymbolKind } from './occurrences.ts'
import type { Reading } from './reading.ts'

export const colourKinds = [
  ...(['model', 'state', 'signal', 'task', 'data', 'shared', 'argument', 'call', 'child', 'result'] as const),
  ...(['word', 'type', 'text', 'number', 'constant', 'comment', 'operator', 'variable', 'function'] as const),
] satisfies readonly (SymbolKind | string)[]
export type ColourKind = (typeof colourKinds)[number]

/** A piece of a text that is shown in a colour of its own. Pieces are in order, do not overlap and stay on one line. */
export interface Colour {
  readonly start: number
  readonly end: number
  readonly kind: ColourKind
}

/** The colours of a text, read from its tree: a state that is called `done` is a state, not a word of the language. */
export function coloursOf(reading: Reading): Colour[] {
  const expressions = inOrder(reading.expressions.flatMap((place) => expressionColours(place)))
  const statements = reading.tree.statements.flatMap((statement) =>
    statement.tokens.flatMap((token) => tokenColours(reading.text, statement, token)),
  )
  return over(over(inOrder(statements), expressions), nameColours(reading))
}

function inOrder(colours: Colour[]): Colour[] {
  return colours.sort((a, b) => a.start - b.start)
}

function nameColours({ tree, occurrences }: Reading): Colour[] {
  const colours = new Map<number, Colour>()
  const add = (start: number, end: number, kind: ColourKind): void => void colours.set(start, { start, end, kind })
  for (const { range } of tree.comments) add(range.start.offset, range.end.offset, 'comment')
  // Those of statements with mistakes are here only.
  for (const { role, range } of tree.names) add(range.start.offset, range.end.offset, role)
  for (const { kind, name, range } of occurrences)
    if (!name.includes('{')) add(range.start.offset, range.end.offset, kind)
  return inOrder([...colours.values()])
}

function expressionColours({ located: { source, at } }: ExpressionPlace): Colour[] {
  const tokens = celTokens(source)
  return tokens.flatMap((token, index): Colour[] => {
    const kind = expressionColour(tokens, token, index)
    return kind === null ? [] : [{ start: at(token.start), end: at(token.end - 1) + 1, kind }]
  })
}

function expressionColour(tokens: readonly CelToken[], token: CelToken, index: number): ColourKind | null {
  if (token.kind === 'string') return 'text'
  if (token.kind === 'number') return 'number'
  if (token.kind === 'mark') return /^[()[\]{},.]$/.test(token.text) ? null : 'operator'
  if (/^(?:true|false|null)$/.test(token.text)) return 'constant'
  if (token.text === 'in') return 'word'
  if (isVariable(tokens, index)) return Object.hasOwn(variableHelp, token.text) ? 'variable' : null
  return isFunction(tokens, index) || tokens[index + 1]?.text === '(' ? 'function' : null
}

function tokenColours(text: string, statement: Statement, { kind, start, end }: Token): Colour[] {
  const written = text.slice(start, end)
  if (kind === 'value') return valueColours(written, start)
  if (kind === 'expression')
    return [{ start, end: Math.min(end, start + (/^cel\b/.exec(written)?.[0].length ?? 0)), kind: 'word' }]
  if (kind === 'text' || /[:/{]/.test(written.slice(1))) return [{ start, end, kind: 'text' }]
  const colour = wordColour(statement, written)
  return colour === null ? [] : [{ start, end, kind: colour }]
}

function wordColour({ section }: Statement, written: string): ColourKind | null {
  if (/^\d/.test(written)) return 'number'
  if (/^(?:->|=)$/.test(written)) return 'operator'
  if (section === 'signal' && (types as readonly string[]).includes(written.replace(/\?$/, ''))) return 'type'
  return /^[a-z]+$/.test(written) ? 'word' : null
}

const valuePart = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g

function valueColours(written: string, start: number): Colour[] {
  return Array.from(written.matchAll(valuePart), ({ 0: part, index }) => {
    const kind = part.startsWith('"') ? 'text' : /^[tfn]/.test(part) ? 'constant' : 'number'
    return { start: start + index, end: start + index + part.length, kind }
  })
}

/** `above` and what of `below` it leaves free; both are in order. */
function over(below: readonly Colour[], above: readonly Colour[]): Colour[] {
  const free: Colour[] = []
  let next = 0
  for (const colour of below) {
    let start = colour.start
    while (next < above.length && above[next]!.end <= start) next += 1
    for (let at = next; at < above.length && above[at]!.start < colour.end; at += 1) {
      if (above[at]!.start > start) free.push({ ...colour, start, end: above[at]!.start })
      start = Math.max(start, above[at]!.end)
    }
    if (start < colour.end) free.push({ ...colour, start })
  }
  return inOrder([...free, ...above])
}
