import { printable, tableOf } from '../terminal.ts'
import { valuesText } from './instance-text.ts'
import { outcomeText, statesText, wordsText, type ShownStep } from './step-text.ts'

/** What is shown of one entry of history. */
export interface ShownEntry extends ShownStep {
  readonly entry: number
  /** Null when the step left it as it was. */
  readonly data: Readonly<Record<string, unknown>> | null
}

/** History for people: a line each, and below it what needs more words. `named`: with whose it is. */
export function historyText(entries: readonly ShownEntry[], named: boolean): string {
  const [title = '', ...lines] = tableOf(entries, {
    ...(named && { instance: ({ model, id }) => `${model}/${id}` }),
    entry: ({ entry }) => String(entry),
    at: ({ at }) => at,
    signal: ({ type }) => type,
    outcome: outcomeText,
    states: statesText,
    data: ({ data }) => (data === null ? '' : valuesText(data)),
  }).split('\n')
  const below = entries.map(wordsText).map((words) => (words === '' ? [] : [printable(`       ${words}`)]))
  return [title, ...lines.flatMap((line, at) => [line, ...below[at]!])].join('\n')
}
