import { type Mutable, noDuplicate, readAssignment, readEquals, readNames } from './clauses.ts'
import type { Cursor } from './cursor.ts'
import type { StatementKind } from './rows.ts'
import { readSignals } from './signals.ts'
import type { Assignment, DataEntry, DataPart, MarksPart, Name, Part, Range } from './tree.ts'
import type { ReturnsPart, SignalNode, SignalsPart, StateDeclaration } from './tree.ts'
import { readValue } from './values.ts'
import type { TopWord } from './words.ts'

/** Names that all sections of one kind have declared so far. */
export type Declared = Readonly<Record<'shared' | 'data' | 'signal' | 'returns', Map<string, Name>>>

/** A section of the text: its part of the tree, and the reader of what stands on its line or below it. */
export interface Section {
  readonly part: Mutable<Part>
  readonly kind: StatementKind
  readonly read: (cursor: Cursor) => void
}

/** Each reader adds to the part as it goes, so what stands before a mistake is kept. */
export function openSection(word: Exclude<TopWord, 'on' | 'model'>, keyword: Range, declared: Declared): Section {
  const range = keyword
  switch (word) {
    case 'shared':
    case 'data': {
      const entries: DataEntry[] = []
      const part: Mutable<DataPart> = { kind: word, keyword, range, entries }
      return { part, kind: 'assignment', read: orNone(part, (line) => readData(line, word, entries, declared[word])) }
    }
    case 'states': {
      const states: StateDeclaration[] = []
      const part = { kind: word, keyword, range, states }
      return { part, kind: 'list', read: orNone({}, (line) => readStates(line, states)) }
    }
    case 'signal': {
      const signals: SignalNode[] = []
      const part: Mutable<SignalsPart> = { kind: 'signals', keyword, range, signals }
      return { part, kind: 'list', read: orNone(part, (line) => readSignals(line, signals, declared.signal)) }
    }
    case 'returns': {
      const assignments: Assignment[] = []
      const part: Mutable<ReturnsPart> = { kind: word, keyword, range, assignments }
      const read = orNone(part, (line) => readReturn(line, assignments, declared.returns))
      return { part, kind: 'assignment', read }
    }
    case 'initial':
    case 'final': {
      const part: Mutable<MarksPart> = { kind: word, keyword, range }
      const read = (line: Cursor): void => {
        part.states = readNames(line, 'state')
        line.finish([','])
      }
      return { part, kind: 'list', read }
    }
  }
}

/** Reads `none` where it stands alone, and anything else by `read`. */
function orNone(part: { nothing?: Range }, read: (cursor: Cursor) => void): (cursor: Cursor) => void {
  return (cursor) => {
    if (cursor.standsAlone('none')) part.nothing = cursor.accept('none')!
    else read(cursor)
  }
}

/** `name = JSON` under `data` or `shared`. */
function readData(cursor: Cursor, role: 'data' | 'shared', into: DataEntry[], before: Map<string, Name>): void {
  const name = cursor.name(role, true)
  noDuplicate(cursor, name, before, 'name')
  const entry: Mutable<DataEntry> = { range: name.range, name }
  into.push(entry)
  readEquals(cursor, name)
  entry.value = readValue(cursor)
  entry.range = cursor.rangeFrom(name.range.start.offset)
  cursor.finish([])
}

/** `name (initial, final)`, several with commas between. */
function readStates(cursor: Cursor, into: StateDeclaration[]): void {
  do {
    if (cursor.done && into.length > 0) break
    const name = cursor.name('state', true)
    const node: Mutable<StateDeclaration> = { range: name.range, name, initial: false, final: false }
    into.push(node)
    if (cursor.mark('(', 'mark')) readMarks(cursor, node)
    node.range = cursor.rangeFrom(name.range.start.offset)
  } while (cursor.mark(',', 'separator'))
  cursor.finish([',', '(initial)', '(final)'])
}

function readMarks(cursor: Cursor, node: Mutable<StateDeclaration>): void {
  do {
    if (cursor.accept('initial') !== null) node.initial = true
    else if (cursor.accept('final') !== null) node.final = true
    else cursor.unexpected(['initial', 'final'], ['initial', 'final'])
  } while (cursor.mark(',', 'joined'))
  cursor.require(')', 'joined')
}

/** `name = CEL` under `returns`. */
function readReturn(cursor: Cursor, into: Assignment[], before: Map<string, Name>): void {
  const assignment = readAssignment(cursor, 'result', true)
  noDuplicate(cursor, assignment.name, before, 'name')
  into.push(assignment)
  cursor.finish([])
}
