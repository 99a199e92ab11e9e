import { CallerError } from '../platform/errors.ts'
import { nothingToRetry } from './errors.ts'
import type { Decision, Situation } from './operations.ts'
import { readHistory, type HistoryEntry } from './store/views.ts'

/** History looked through for what failed last. */
const lookedThrough = 200

/** @throws CallerError `nothing-to-retry` */
export async function retry(situation: Situation): Promise<Decision> {
  const { tx, row, before, failed, now } = situation
  const attention = flagOf(situation)
  if (before.done) throw new CallerError(nothingToRetry, `${row.model}/${row.id} is done: it takes no signal any more.`)
  const entries = await readHistory(tx.sql, row.key, { limit: lookedThrough })
  const step = entries.find((entry) => flagged(attention, entry))
  if (!step && failed.length === 0) {
    const what = `no signal and no task failed that could be tried again (${attention})`
    throw new CallerError(nothingToRetry, `${row.model}/${row.id}: ${what}.`)
  }
  const restarted = failed.flatMap(({ running }) => running ?? [])
  const instance = {
    ...before,
    attention: null,
    tasks: restarted.length > 0 ? [...before.tasks, ...restarted] : before.tasks,
  }
  const args = {
    ...(step && { signal: step.signal }),
    ...(failed.length > 0 && { tasks: failed.map(({ key }) => key) }),
  }
  if (!step) return { instance, args, tasks: 'restart' }
  const id = `${row.model}/${row.id}/operated/${row.entries + 1}`
  const { type, args: sent, from } = step
  const signal = { id, type, args: sent, from, ...(from !== 'external' && { returned: true as const }) }
  const mail = [{ instance: row.key, at: now, item: { kind: 'signal' as const, signal }, seq: null }]
  return { instance, mail, signal: id, args, tasks: 'restart' }
}

/** @throws CallerError `nothing-to-retry` */
export function skip(situation: Situation): Decision {
  flagOf(situation)
  const { before, failed } = situation
  const args = failed.length > 0 ? { tasks: failed.map(({ key }) => key) } : {}
  return { instance: { ...before, attention: null }, args }
}

function flagOf({ row, before }: Situation): string {
  if (before.attention === null) throw new CallerError(nothingToRetry, `${row.model}/${row.id} needs no attention.`)
  return before.attention
}

/** The step that the flag is about: the engine begins the flag's text with the signal's type and what became of it. */
function flagged(attention: string, { type, outcome }: HistoryEntry): boolean {
  return (
    (outcome === 'failed' && attention.startsWith(`${type} failed: `)) ||
    (outcome === 'rejected' && attention.startsWith(`${type} was rejected: `))
  )
}
