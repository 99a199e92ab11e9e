import { asDatabaseError } from '../../platform/database.ts'
import { addressKey } from '../address.ts'
import { takenBefore } from '../store/claim.ts'
import { instanceOf } from '../store/rows.ts'
import { changeSwiftly, readUnlocked, type UnlockedInstance } from '../store/swift.ts'
import { Board, StepRefused } from './board.ts'
import { writesOf } from './finish.ts'
import type { Direct } from './item.ts'
import type { BatchEnd, Host, Job, Verdict } from './job.ts'
import { firstAnswer } from './journal.ts'
import { Slot } from './slot.ts'

/**
 * Takes what senders wait for without holding the instances meanwhile: reads them, decides, and writes all of it by one
 * statement, which changes nothing at all when one of them has changed since, is locked, or has mail. Two messages to the
 * server where a transaction takes five.
 * @returns null when that cannot be, or more is to be done than to change instances: then nothing was changed
 */
export async function runSwiftly(
  host: Host,
  { ready, directs }: Job,
  budget: number,
): Promise<{ end: BatchEnd; verdicts: readonly Verdict[] } | null> {
  const waiting = ready.length === 0 ? byInstance(host, directs) : null
  if (!waiting) return null
  const { sql } = host.database
  try {
    const [rows, taken] = await Promise.all([
      readUnlocked(sql, [...waiting.keys()]),
      takenBefore(
        sql,
        [...waiting].flatMap(([key, each]) => idsOf(key, each)),
      ),
    ])
    if (rows.length < waiting.size || rows.some(({ mail }) => mail)) return null
    await host.models.learn(sql, rows)
    const board = new Board({ now: host.clock.now, kindOf: host.kindOf, budget })
    const versions = new Map<number, string>()
    const slots = new Map<number, Slot>()
    for (const row of rows) {
      const slot = slotOf(host, row)
      if (!slot) return null
      slots.set(row.key, slot)
      versions.set(row.key, row.version_read)
    }
    for (const { instance, signal, body } of taken) slots.get(instance)?.known.set(signal, firstAnswer(body))
    for (const [key, each] of waiting) {
      const slot = slots.get(key)!
      slot.queue.push(...each.map((direct) => ({ item: direct.item, at: direct.at, seq: null, direct })))
      board.seat(slot)
    }
    board.work()
    if (needsMore(board)) return null
    const { changed, history, ...others } = writesOf(board)
    if (Object.values(others).some((rows) => rows.length > 0)) return null
    if (!(await changeSwiftly(sql, changed, versions, history, host.clock.now()))) return null
    return { end: endOf(board), verdicts: board.answers }
  } catch (error) {
    // The transaction finds the same, and undoes that step alone.
    if (error instanceof StepRefused) return null
    throw asDatabaseError(error)
  }
}

/** Null when an instance is not known yet: it may have to be created. */
function byInstance({ keys }: Host, directs: readonly Direct[]): Map<number, Direct[]> | null {
  const waiting = new Map<number, Direct[]>()
  for (const direct of directs) {
    const key = keys.get(addressKey(direct.address))
    if (key === undefined) return null
    const before = waiting.get(key)
    if (before) before.push(direct)
    else waiting.set(key, [direct])
  }
  return waiting
}

function idsOf(instance: number, directs: readonly Direct[]): { instance: number; id: string }[] {
  return directs.flatMap(({ item }) => (item.outside ? [{ instance, id: item.signal.id }] : []))
}

function slotOf({ models }: Host, row: UnlockedInstance): Slot | null {
  const published = models.exact(row.model, row.version)
  if (published.readsShared) return null
  const stored = { entries: row.entries, result: row.pending.result ?? null }
  return new Slot(row.key, published, instanceOf(row), stored)
}

function needsMore({ starts, outgoing, calls, exhausted }: Board): boolean {
  return exhausted || starts.length > 0 || outgoing.length > 0 || calls.size > 0
}

function endOf({ slots, taken }: Board): BatchEnd {
  return { seated: slots.size, taken, back: [], more: false, tasks: false }
}
