import { dataNamed, isMarked, signalForm, signalNamed, stateNamed } from './declarations.ts'
import type { Occurrence, SymbolKind } from './occurrences.ts'
import type { Reading } from './reading.ts'

/** How a name is declared, as code, and what has to be said of that. */
export interface Title {
  readonly title: string
  readonly about: readonly string[]
}

type Titler = (reading: Reading, occurrence: Occurrence) => Title

export function titleOf(reading: Reading, occurrence: Occurrence): Title {
  return titlers[occurrence.kind](reading, occurrence)
}

const plain =
  (word: string): Titler =>
  (_, { name }) => ({ title: `${word}${name}`, about: [] })

const titlers: Readonly<Record<SymbolKind, Titler>> = {
  state({ tree }, { name }) {
    const state = stateNamed(tree, name)
    if (state === null) return { title: `state ${name}`, about: ['There is no such state under “states”.'] }
    const marks = (['initial', 'final'] as const).filter((mark) => isMarked(tree, mark, state))
    return { title: `state ${name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`, about: [] }
  },
  signal({ tree }, { name, elsewhere }) {
    const signal = elsewhere === null ? signalNamed(tree, name) : null
    if (signal !== null) return { title: `signal ${signalForm(signal)}`, about: [] }
    const about = elsewhere === null ? ['Not declared: its arguments are not checked.'] : []
    return { title: `signal ${name}`, about }
  },
  argument({ tree }, { name, of, elsewhere }) {
    const parameters = elsewhere === null ? signalNamed(tree, of)?.args?.parameters : undefined
    const type = parameters?.find((parameter) => parameter.name.value === name)?.type?.value
    const written = type === undefined ? name : `${name}: ${type}`
    return { title: of === '' ? written : `${of}(${written})`, about: [] }
  },
  data: entryTitle,
  shared: entryTitle,
  model({ tree }, { name }) {
    const own = tree.parts.some((part) => part.kind === 'model' && part.value?.value === name)
    if (!own) return { title: `model ${name}`, about: ['Another model.'] }
    const [version = '', title] = (['version', 'title'] as const).map((kind) =>
      tree.parts.flatMap((part) => (part.kind === kind ? [part.value?.value ?? ''] : [])).at(0),
    )
    return { title: `model ${name} ${version}`.trimEnd(), about: title === undefined ? [] : [title] }
  },
  child: plain('subinstance '),
  call: plain('call.'),
  task: plain('task '),
  result: plain('returns '),
}

function entryTitle({ tree, text }: Reading, { kind, name }: Occurrence): Title {
  const entry = dataNamed(tree, kind === 'data' ? 'data' : 'shared', name)
  if (entry === null) return { title: `${kind} ${name}`, about: [`Not declared under “${kind}”.`] }
  const value =
    entry.value === undefined ? '' : text.slice(entry.value.range.start.offset, entry.value.range.end.offset)
  return { title: `${kind} ${name}${value === '' ? '' : ` = ${shortened(value)}`}`, about: [] }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
