import { type Candidate, type Completion, type CompletionOptions, namesOf } from './candidates.ts'
import { contextAt, type CursorContext, startOfWord } from './cursor-context.ts'
import { expressionCandidates } from './expression-candidates.ts'
import { touches } from './located.ts'
import type { Reading } from './reading.ts'
import { expectedCandidates, isCalled, nameCandidates } from './statement-candidates.ts'

/**
 * What could be written at an offset: names of the kind that fits there, words of the language, and in expressions
 * variables, their fields and functions.
 */
export function completionsAt(reading: Reading, offset: number, options: CompletionOptions = {}): Completion[] {
  // Too large to be read at all.
  if (reading.tree.text !== reading.text) return []
  const start = startOfWord(reading.text, offset)
  const known = { ...reading, occurrences: reading.occurrences.filter(({ range }) => !touches(range, offset)) }
  const child = childCandidates(known, start)
  const context = child === null ? contextAt(reading.text, offset) : null
  const candidates = child ?? (context === null ? [] : candidatesFor(known, context, offset, options))
  return distinct(candidates).map((candidate) => ({
    help: '',
    insert: candidate.label,
    ...candidate,
    range: reading.positions.range(start, offset),
  }))
}

function candidatesFor(
  reading: Reading,
  context: CursorContext,
  offset: number,
  options: CompletionOptions,
): Candidate[] {
  const { name, expression } = context
  if (name !== null) return nameCandidates(reading, context, name, options)
  const others = expectedCandidates(reading, context, options)
  return expression === null
    ? others
    : [...expressionCandidates(reading, expression, reading.text.slice(offset)), ...others]
}

/** Behind `child:`, the names of subinstances; null anywhere else. */
function childCandidates(reading: Reading, start: number): Candidate[] | null {
  if (!reading.text.slice(0, start).endsWith('child:')) return null
  return namesOf(reading, isCalled, false)
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return candidates.filter(({ label }) => !seen.has(label) && seen.add(label))
}
