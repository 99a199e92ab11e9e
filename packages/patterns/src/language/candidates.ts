import type { Range } from '../text/tree.ts'
import type { SymbolKind } from './occurrences.ts'
import type { Occurrence } from './occurrences.ts'
import type { Reading } from './reading.ts'
import { titleOf } from './titles.ts'
import { wordHelp } from './word-help.ts'
import { writtenName } from './writing.ts'

/** What the text itself cannot know. */
export interface CompletionOptions {
  /** Names of the host's tasks. */
  readonly tasks?: Iterable<string>
  /** Names of published models. */
  readonly models?: Iterable<string>
}

export type CompletionKind = SymbolKind | 'word' | 'type' | 'variable' | 'function' | 'value'

/** Something that could be written. */
export interface Candidate {
  readonly label: string
  readonly kind: CompletionKind
  /** Code: how it is declared or called. */
  readonly title: string
  readonly help?: string
  /** What is written, where it is not the label. */
  readonly insert?: string
}

export interface Completion extends Required<Candidate> {
  /** What it replaces. */
  readonly range: Range
}

/** The names among the occurrences that fit, each once, declared ones first. */
export function namesOf(reading: Reading, fits: (occurrence: Occurrence) => boolean, quoted = true): Candidate[] {
  const found = new Map<string, Occurrence>()
  const declaredFirst = reading.occurrences.filter(fits).toSorted((a, b) => rank(a) - rank(b))
  for (const occurrence of declaredFirst) if (!found.has(occurrence.name)) found.set(occurrence.name, occurrence)
  return Array.from(found.values(), (occurrence) => candidateOf(reading, occurrence, quoted))
}

function rank({ use }: Occurrence): number {
  return use === 'declared' ? 0 : 1
}

function candidateOf(reading: Reading, occurrence: Occurrence, quoted: boolean): Candidate {
  const { title, about } = titleOf(reading, occurrence)
  const { name: label, kind } = occurrence
  return { label, kind, title, help: about.join(' '), insert: quoted ? writtenName(label) : label }
}

export function wordCandidates(words: readonly string[]): Candidate[] {
  return words.map((label) => ({ label, kind: 'word', title: label, help: wordHelp[label] ?? '' }))
}
