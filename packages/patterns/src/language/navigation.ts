import type { Range } from '../text/tree.ts'
import { occurrenceAt, placesOf, type Reading } from './reading.ts'

/**
 * Where the name at an offset is declared; what is used without being declared leads to the transitions on it, or to
 * where it is first set. Empty for what is declared elsewhere: tasks, other models' signals.
 */
export function definitionAt(reading: Reading, offset: number): Range[] {
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence === null || occurrence.elsewhere !== null) return []
  const places = placesOf(reading, occurrence)
  for (const use of ['declared', 'on', 'set'] as const) {
    const found = places.filter((place) => place.use === use)
    if (found.length > 0) return (use === 'set' ? found.slice(0, 1) : found).map(({ range }) => range)
  }
  return []
}

/** Every place of the name at an offset, in the order of the text. */
export function referencesAt(reading: Reading, offset: number, withDeclaration = true): Range[] {
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence === null) return []
  const places = placesOf(reading, occurrence)
  return places.filter(({ use }) => withDeclaration || use !== 'declared').map(({ range }) => range)
}

/** A place of a name, and whether the name is given its meaning or its value there. */
export interface Highlight {
  readonly range: Range
  readonly writes: boolean
}

/** Every place of the name at an offset, to be marked while the cursor stands there. */
export function highlightsAt(reading: Reading, offset: number): Highlight[] {
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence === null) return []
  return placesOf(reading, occurrence).map(({ range, use }) => ({ range, writes: use === 'declared' || use === 'set' }))
}
