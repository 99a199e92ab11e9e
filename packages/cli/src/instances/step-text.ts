import { addressOfUrl } from './instance-address.ts'
import { painted, printable } from '../terminal.ts'

/** What became of a signal. */
export interface ShownOutcome {
  readonly outcome: string
  readonly reason?: string | null | undefined
  readonly detail?: string | null | undefined
  readonly fired: readonly string[]
}

/** What is shown of one entry of history. */
export interface ShownStep extends ShownOutcome {
  readonly model: string
  readonly id: string
  readonly at: string
  readonly type: string
  /** `external`, a principal's id, or the URL of the instance that emitted the signal. */
  readonly from: string
  readonly states: readonly string[]
  readonly done: boolean
}

/** `fired: offer`, `rejected: bad-arguments: n: missing`. */
export function becameText({ outcome, reason, detail, fired }: ShownOutcome): string {
  const more = outcome === 'fired' ? [fired.join(', ')] : [reason, detail]
  return [outcome, ...more].filter((text) => text !== null && text !== undefined && text !== '').join(': ')
}

/** The states after it, and whether it was the last one. */
export function statesText({ states, done }: Pick<ShownStep, 'states' | 'done'>): string {
  return `${states.join(' ')}${done ? ' (done)' : ''}`.trimStart()
}

/** The outcome in short: `fired: offer`, `rejected: bad-arguments`, `operated`. */
export function outcomeText({ outcome, reason, fired }: ShownOutcome): string {
  const more = outcome === 'fired' ? fired.join(', ') : outcome === 'operated' ? '' : (reason ?? '')
  return more === '' ? outcome : `${outcome}: ${more}`
}

/** What `outcomeText` leaves out: who did it and why, what exactly was wrong, which other instance sent the signal. */
export function wordsText({ outcome, from, reason, detail, model, id }: ShownStep): string {
  const source = addressOfUrl(from)
  const own = source === null || (source.model === model && source.id === id)
  const words = outcome === 'operated' ? [`by ${from}`, reason, detail] : [own ? null : `from ${from}`, detail]
  return words.filter((each) => each !== null && each !== undefined && each !== '').join(': ')
}

/** One step on one line, as it is watched. `named`: with the instance's id, where several are watched. */
export function stepText(step: ShownStep, named: boolean): string {
  const columns = [
    step.at.slice(11, 23),
    ...(named ? [step.id.padEnd(16)] : []),
    step.type.padEnd(16),
    outcomeText(step).padEnd(24),
    statesText(step).padEnd(16),
    wordsText(step),
  ]
  const line = printable(columns.join('  ').trimEnd())
  return step.outcome === 'failed' || step.outcome === 'rejected' ? painted('red', line) : line
}
