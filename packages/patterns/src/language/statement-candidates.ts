import type { Name } from '../text/tree.ts'
import { types } from '../text/words.ts'
import { type Candidate, type CompletionOptions, namesOf, wordCandidates } from './candidates.ts'
import type { CursorContext } from './cursor-context.ts'
import type { Occurrence } from './occurrences.ts'
import type { Reading } from './reading.ts'

/** Names that fit the role of the one that is being written. */
export function nameCandidates(
  reading: Reading,
  context: CursorContext,
  name: Name,
  { tasks = [] }: CompletionOptions,
): Candidate[] {
  const { role, declares } = name
  switch (role) {
    case 'state':
    case 'signal':
    case 'data':
    case 'shared': {
      const own = namesOf(reading, ({ kind, elsewhere }) => kind === role && elsewhere === null)
      const declared = new Set(reading.occurrences.filter((each) => isDeclared(each, role)).map((each) => each.name))
      // Where one is declared, what is used without being declared is what is missing.
      if (declares) return own.filter(({ label }) => !declared.has(label))
      return role === 'state' ? [...own, ...wordCandidates(stateWords(context))] : own
    }
    case 'task': {
      const known = Array.from(tasks, (label): Candidate => ({ label, kind: 'task', title: `task ${label}` }))
      return [...known, ...namesOf(reading, ({ kind }) => kind === 'task')]
    }
    case 'argument':
      return declares ? [] : argumentCandidates(reading, context, name)
    default:
      return []
  }
}

function isDeclared({ kind, use }: Occurrence, role: string): boolean {
  return kind === role && use === 'declared'
}

/** The words that can stand in place of a state: which, depends on what stands before them. */
function stateWords(context: CursorContext): string[] {
  const statement = statementBefore(context)
  if (!statement.startsWith('on')) return ['none']
  return statement.includes('->') ? ['none'] : ['any', 'none']
}

/** Arguments that have not been given yet: those of the signal or task, or of the signal that the transition is on. */
function argumentCandidates(reading: Reading, context: CursorContext, name: Name): Candidate[] {
  const { tree } = context.reading
  const word = /^[a-z]+/.exec(statementBefore(context))?.[0]
  if (word === 'args') {
    const transition = tree.parts.findLast((part) => part.kind === 'transition')
    return argumentsOf(reading, transition?.on?.value ?? '', null)
  }
  if (word !== 'emit' && word !== 'task') return []
  const before = tree.names.slice(0, tree.names.indexOf(name))
  const at = before.findLastIndex(({ role }) => role === (word === 'task' ? 'task' : 'signal'))
  const owner = before[at]?.value ?? ''
  const given = new Set(before.slice(at + 1).map(({ value }) => value))
  const known = argumentsOf(reading, owner, word === 'task' ? `task ${owner}` : null)
  return known.filter(({ label }) => !given.has(label))
}

function argumentsOf(reading: Reading, owner: string, elsewhere: string | null): Candidate[] {
  return namesOf(reading, (each) => each.kind === 'argument' && each.of === owner && each.elsewhere === elsewhere)
}

function statementBefore({ reading, start }: CursorContext): string {
  const statement = reading.tree.statements.findLast(({ range }) => range.start.offset <= start)
  return statement === undefined ? '' : reading.text.slice(statement.range.start.offset, start)
}

const durations = ['30s', '1m', '15m', '1h', '1d']

/** Words and phrases that the reader expected. */
export function expectedCandidates(
  reading: Reading,
  context: CursorContext,
  { models = [] }: CompletionOptions,
): Candidate[] {
  return [...pauseWords(context), ...context.expected].flatMap((phrase): Candidate[] => {
    if (/^[a-z]+$|^->$|^\((?:initial|final)\)$/.test(phrase)) return wordCandidates([phrase])
    if (phrase.startsWith('a type')) return types.map((label) => ({ ...wordCandidates([label])[0]!, kind: 'type' }))
    if (phrase.startsWith('a duration')) return durations.map((label) => ({ label, kind: 'value', title: label }))
    if (phrase.startsWith('self, ')) return addressCandidates(reading, models)
    if (phrase.startsWith('model:')) return modelCandidates(models)
    return []
  })
}

/** Directly behind `retry 5 …`, the words that say more of it. */
function pauseWords(context: CursorContext): string[] {
  const retry = /\bretry\s+\S+((?:\s+(?:first|factor|max)\s+\S+)*)\s+$/.exec(statementBefore(context))
  return retry === null ? [] : ['first', 'factor', 'max'].filter((word) => !retry[1]!.includes(word))
}

function addressCandidates(reading: Reading, models: Iterable<string>): Candidate[] {
  const children = namesOf(reading, isCalled, false)
  return [
    ...wordCandidates(['self', 'parent', 'sender']),
    ...children.map((child) => ({ ...child, label: `child:${child.label}`, insert: `child:${child.label}` })),
    ...modelCandidates(models),
  ]
}

/** Whether it is the name that a call gives its subinstance, written without expressions. */
export function isCalled({ kind, use, name, elsewhere }: Occurrence): boolean {
  return kind === 'child' && use === 'declared' && elsewhere === null && !name.includes('{')
}

function modelCandidates(models: Iterable<string>): Candidate[] {
  return Array.from(models, (name) => ({ label: `model:${name}/`, kind: 'model', title: `model ${name}` }))
}
