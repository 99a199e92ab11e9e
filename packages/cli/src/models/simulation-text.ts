import type { JsonObject, SimulationLine } from '@sutler/engine'
import { becameText, statesText } from '../instances/step-text.ts'
import { painted, printable } from '../terminal.ts'

/** What stood before a step. */
export type Before = Pick<SimulationLine, 'data' | 'shared'>

/** Titles of the columns of `simulationText`. */
export function simulationTitle(): string {
  return painted('bold', row('', 'SIGNAL', 'OUTCOME', 'STATES'))
}

/**
 * One step of a simulation for people: what became of the signal, the states after it, and below it what else happened, one
 * thing to a line. Of the data only what changed is shown.
 */
export function simulationText(step: SimulationLine, number: number, before: Before): string {
  const more = [
    ...changes('data', before.data, step.data),
    ...changes('shared', before.shared, step.shared),
    ...step.tasks.map(({ task, args }) => ['task', `${task}${givenText(args)}`] as const),
    ...step.emitted.map(emittedText),
    ...step.calls.map(({ url, as, wait }) => ['call', `${url} as ${as}${wait ? ', and waits for it' : ''}`] as const),
  ]
  const head = printable(row(String(number), step.signal, becameText(step), statesText(step)))
  const wrong = step.outcome === 'failed' || step.outcome === 'rejected'
  const lines = more.map(([what, text]) => printable(`${' '.repeat(indent)}${what.padEnd(6)}  ${text}`))
  return [wrong ? painted('red', head) : head, ...lines].join('\n')
}

const indent = 6

function row(number: string, signal: string, outcome: string, states: string): string {
  return `${number.padStart(4)}  ${signal.padEnd(14)}  ${outcome.padEnd(28)}  ${states}`.trimEnd()
}

type Happened = readonly [what: string, text: string]

function changes(what: string, before: JsonObject, after: JsonObject): Happened[] {
  const texts = Object.entries(after).map(([name, value]) => [name, JSON.stringify(value)] as const)
  const changed = texts.filter(([name, text]) => JSON.stringify(before[name]) !== text)
  return changed.length === 0 ? [] : [[what, changed.map(([name, text]) => `${name}=${text}`).join(' ')]]
}

function emittedText({ signal, to, args, due }: SimulationLine['emitted'][number]): Happened {
  const what = `${signal}${givenText(args)}${to === 'self' ? '' : ` to ${to}`}`
  return due === undefined ? ['signal', what] : ['timer', `${what} at ${due}`]
}

function givenText(args: JsonObject): string {
  return Object.keys(args).length === 0 ? '' : ` ${JSON.stringify(args)}`
}
