import { compile, evaluate, ExpressionError, type Json } from '@sutler/expressions'
import type { LoggedEvent } from './logged-event.ts'

/** What a filter says of one event. */
export interface Judged {
  readonly holds: boolean
  /** Why it could say nothing. */
  readonly mistake: string | null
}

const always: Judged = { holds: true, mistake: null }

/** Names that a filter can read of `event`. */
const names: ReadonlySet<string> = new Set(['type', 'subject', 'household', 'at', 'data'])

/** What is wrong with a filter; null when events can be judged by it. An empty one lets every event through. */
export function filterMistake(source: string): string | null {
  if (source === '') return null
  try {
    const { references } = compile(source)
    for (const { path } of references) {
      const [first = '', second] = path
      if (first !== 'event') return `reads “${first}”: a filter sees event.type, .subject, .household, .at and .data`
      if (second !== undefined && !names.has(second)) return `reads event.${second}: there are ${[...names].join(', ')}`
    }
    return null
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const place = error.position === undefined ? '' : ` (at character ${error.position + 1})`
    return `is not a usable CEL expression: ${error.reason}${place}`
  }
}

/** Whether the event passes the filter. */
export function judge(source: string, { type, subject, household, at, data }: LoggedEvent): Judged {
  if (source === '') return always
  try {
    const event = { type, subject, household, at: at.toISOString(), data: data as Json }
    const value = evaluate(compile(source), { event })
    if (typeof value === 'boolean') return { holds: value, mistake: null }
    return { holds: false, mistake: `the filter gives ${JSON.stringify(value).slice(0, 60)}, no truth value` }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { holds: false, mistake: `the filter cannot be answered: ${error.reason}` }
  }
}
