import type { Range } from '../text/tree.ts'
import { functionHelp, methodHelp, variableHelp } from './cel-help.ts'
import { celTokens, isFunction, isVariable } from './cel-tokens.ts'
import { touches } from './located.ts'
import type { Occurrence, Use } from './occurrences.ts'
import { occurrenceAt, placesOf, type Reading } from './reading.ts'
import { titleOf } from './titles.ts'
import { wordHelp } from './word-help.ts'

/** What is shown beside a place of the text. */
export interface Hover {
  readonly range: Range
  /** Code: how the thing is declared. */
  readonly title: string
  /** Sentences. */
  readonly lines: readonly string[]
}

/** What stands at an offset: a name with where it is declared and who uses it, a word of the language, a function of CEL. */
export function hoverAt(reading: Reading, offset: number): Hover | null {
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence !== null) return nameHover(reading, occurrence)
  return expressionHover(reading, offset) ?? wordHover(reading, offset)
}

function nameHover(reading: Reading, occurrence: Occurrence): Hover {
  const { title, about } = titleOf(reading, occurrence)
  return { range: occurrence.range, title, lines: [...about, ...origin(occurrence), ...usesOf(reading, occurrence)] }
}

function origin({ kind, elsewhere, of }: Occurrence): string[] {
  if (kind === 'task') return ['A function of the host.']
  if (kind === 'call') return ['An argument that this model is called with: the caller names it.']
  return elsewhere === null || (kind === 'argument' && of === '') ? [] : [`Declared by ${elsewhere}, not in this text.`]
}

const sentences: readonly (readonly [Use, string])[] = [
  ['declared', 'Declared'],
  ['from', 'Left by'],
  ['to', 'Entered by'],
  ['clear', 'Cleared by'],
  ['while', 'Keeps delayed signals of'],
  ['on', 'Taken by'],
  ['cancel', 'Taken back by'],
  ['emit', 'Sent by'],
  ['reply', 'Comes back to'],
  ['done', 'Tells the end of work of'],
  ['failed', 'Tells the failure of work of'],
  ['set', 'Set by'],
  ['given', 'Given by'],
  ['read', 'Read by'],
  ['task', 'Run by'],
  ['call', 'Called by'],
  ['address', 'Addressed by'],
]

function usesOf(reading: Reading, occurrence: Occurrence): string[] {
  const places = placesOf(reading, occurrence)
  const lines: string[] = []
  for (const [use, sentence] of sentences) {
    const found = places.filter((place) => place.use === use)
    if (found.length > 0) lines.push(`${sentence} ${listed(found.map((place) => userOf(place)))}.`)
  }
  return lines
}

/** A transition by its name; a declaration, and what stands in none, by its line. */
function userOf({ transition, range, use }: Occurrence): string {
  const name = transition?.name?.value ?? transition?.on?.value
  return name === undefined || use === 'declared' ? `in line ${range.start.line}` : `“${name}”`
}

const listedAtMost = 8

function listed(users: readonly string[]): string {
  const distinct = [...new Set(users)]
  const more = distinct.length - listedAtMost
  return `${distinct.slice(0, listedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function expressionHover(reading: Reading, offset: number): Hover | null {
  const place = reading.expressions.findLast(({ start, end }) => start <= offset && offset <= end)
  if (place === undefined) return null
  const { source, at } = place.located
  const tokens = celTokens(source)
  const index = tokens.findIndex(({ start, end }) => at(start) <= offset && offset <= at(end - 1) + 1)
  const token = tokens[index]
  if (token?.kind !== 'name') return null
  const range = reading.positions.range(at(token.start), at(token.end - 1) + 1)
  const variable = isVariable(tokens, index) ? variableHelp[token.text] : undefined
  if (variable !== undefined) return { range, title: token.text, lines: [variable] }
  if (tokens[index + 1]?.text !== '(') return null
  const known = isFunction(tokens, index) ? functionHelp[token.text] : methodHelp[token.text]
  return known === undefined ? null : { range, title: known.form, lines: [known.says] }
}

function wordHover({ tree, text, positions }: Reading, offset: number): Hover | null {
  const comment = tree.comments.some(({ range }) => touches(range, offset))
  const statement = tree.statements.find(({ range }) => touches(range, offset))
  const word = comment ? undefined : wordAround(text, offset)
  if (statement === undefined || word === undefined || !Object.hasOwn(wordHelp, word.text)) return null
  // `int?` is a type that may be missing.
  const isWord = statement.tokens.some(
    ({ start, end }) => start === word.start && text.slice(start, end).replace(/\?$/, '') === word.text,
  )
  if (!isWord) return null
  return { range: positions.range(word.start, word.end), title: word.text, lines: [wordHelp[word.text]!] }
}

function wordAround(text: string, offset: number) {
  let start = offset
  let end = offset
  while (start > 0 && /[A-Za-z]/.test(text[start - 1]!)) start -= 1
  while (end < text.length && /[A-Za-z]/.test(text[end]!)) end += 1
  return start === end ? undefined : { text: text.slice(start, end), start, end }
}
