import type { Range } from '../text/tree.ts'
import { isName } from '../text/words.ts'
import type { TextEdit } from './edits.ts'
import { type Occurrence, sameNamespace } from './occurrences.ts'
import { occurrenceAt, placesOf, type Reading } from './reading.ts'
import { writtenName } from './writing.ts'

/** Why a name cannot be changed, or not to this. */
export class RenameError extends Error {
  readonly code: 'nothing-here' | 'not-ours' | 'text-has-errors' | 'bad-name' | 'name-taken'

  constructor(code: RenameError['code'], message: string) {
    super(message)
    this.name = 'RenameError'
    this.code = code
  }
}

export interface Renamable {
  readonly range: Range
  readonly name: string
}

/**
 * What would be renamed at an offset.
 * @throws RenameError when nothing can be: no name, one that others give, or a text that cannot be read to its end
 */
export function renamableAt(reading: Reading, offset: number): Renamable {
  const { range, name } = renamable(reading, offset)
  return { range, name }
}

/**
 * The edits that give the name at an offset another one, everywhere it certainly stands: as a name, as `data.x`,
 * `data["x"]` and `"state" in states` in expressions, and in addresses. The rest of the text stays as it is.
 * @throws RenameError
 */
export function renameAt(reading: Reading, offset: number, newName: string): TextEdit[] {
  const occurrence = renamable(reading, offset)
  const places = placesOf(reading, occurrence)
  refuseBadName(newName, places)
  const taken = reading.occurrences.find((other) => other.name === newName && sameNamespace(other, occurrence))
  if (newName === occurrence.name) return []
  if (taken !== undefined) {
    const message = `${called(occurrence)} ${newName} is there already, in line ${taken.range.start.line}`
    throw new RenameError('name-taken', message)
  }
  return places.map(({ range, writing }) => ({ range, newText: writing === 'name' ? writtenName(newName) : newName }))
}

function renamable(reading: Reading, offset: number): Occurrence {
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence === null) throw new RenameError('nothing-here', 'there is no name here that could be changed')
  const { elsewhere, name } = occurrence
  if (elsewhere !== null) throw new RenameError('not-ours', `${name} is named by ${elsewhere}, not by this pattern`)
  if (name.includes('{')) throw new RenameError('not-ours', `${name} holds expressions: change it by hand`)
  const mistake = reading.diagnostics.find(({ severity }) => severity === 'error')
  if (mistake === undefined) return occurrence
  const message = `line ${mistake.range.start.line} cannot be read: mend it first, so that no place is missed`
  throw new RenameError('text-has-errors', message)
}

function refuseBadName(name: string, places: readonly Occurrence[]): void {
  if (!isName(name, false)) {
    const message = `${JSON.stringify(name)} is no name: a letter, then letters, digits, - and _, up to 64`
    throw new RenameError('bad-name', message)
  }
  const field = places.find(({ writing }) => writing === 'field')
  if (field === undefined || (/^\w+$/.test(name) && !noFields.has(name))) return
  const message = `${name} cannot stand behind a dot in the expression in line ${field.range.start.line}: take letters, digits and _`
  throw new RenameError('bad-name', message)
}

/** CEL does not read these as fields. */
const noFields = new Set(['in', 'true', 'false', 'null'])

function called({ kind, of }: Occurrence): string {
  if (kind === 'argument') return `an argument of ${of}`
  return kind === 'data' || kind === 'shared' ? `the ${kind} entry` : `the ${kind}`
}
