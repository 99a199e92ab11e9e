import { type Candidate, namesOf, wordCandidates } from './candidates.ts'
import { functionHelp, methodHelp, variableHelp } from './cel-help.ts'
import { type CelDocument, documents } from './cel-names.ts'
import { type CelToken, endsOperand } from './cel-tokens.ts'
import type { ExpressionContext } from './cursor-context.ts'
import type { Occurrence } from './occurrences.ts'
import type { Reading } from './reading.ts'

/** What can stand at the cursor within an expression. `behind` is the text behind the cursor. */
export function expressionCandidates(reading: Reading, context: ExpressionContext, behind: string): Candidate[] {
  const { tokens, inText: quoted, signal } = context
  const last = tokens.at(-1)
  if (quoted) return inText(reading, tokens, signal, behind)
  if (last?.text === '.' && endsOperand(tokens.at(-2))) {
    const of = documentAt(tokens, tokens.length - 2)
    return of === null ? methods() : fieldsOf(reading, of, signal).filter(({ label }) => /^\w+$/.test(label))
  }
  return endsOperand(last) ? wordCandidates(['in']) : operands()
}

function operands(): Candidate[] {
  const variables = Object.entries(variableHelp).map(([label, help]): Candidate => ({
    label,
    kind: 'variable',
    title: label,
    help,
  }))
  const functions = Object.entries(functionHelp).map(([label, { form, says }]): Candidate => ({
    label,
    kind: 'function',
    title: form,
    help: says,
  }))
  const values = ['true', 'false', 'null'].map((label): Candidate => ({ label, kind: 'value', title: label }))
  return [...variables, ...functions, ...values]
}

function methods(): Candidate[] {
  return Object.entries(methodHelp).map(([label, { form, says }]) => ({
    label,
    kind: 'function',
    title: form,
    help: says,
  }))
}

/** The document whose field comes next: `data` of `data.`; null where another value stands. */
function documentAt(tokens: readonly CelToken[], at: number): CelDocument | null {
  const selected = tokens[at - 1]?.text === '.' && endsOperand(tokens[at - 2])
  return selected ? null : (documents.find((each) => each === tokens[at]?.text) ?? null)
}

function fieldsOf(reading: Reading, of: CelDocument, signal: string | null): Candidate[] {
  return namesOf(reading, (occurrence) => isField(occurrence, of, signal), false)
}

function isField({ kind, of, elsewhere }: Occurrence, document: CelDocument, signal: string | null): boolean {
  if (document === 'args') return kind === 'argument' && elsewhere === null && of === signal
  return kind === document
}

/** Within quotes: fields of `data["…"]`, states of `"…" in states`. */
function inText(reading: Reading, tokens: readonly CelToken[], signal: string | null, behind: string): Candidate[] {
  const of = tokens.at(-2)?.text === '[' ? documentAt(tokens, tokens.length - 3) : null
  if (of !== null) return fieldsOf(reading, of, signal)
  if (!/^[\w-]*["']\s*in\s+states\b/.test(behind)) return []
  return namesOf(reading, ({ kind }) => kind === 'state', false)
}
