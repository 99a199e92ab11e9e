import { asDatabaseError } from '../../platform/database.ts'
import { writeSwiftly, type SwiftWrites } from '../store/swift.ts'
import { firstDue } from './finish.ts'
import type { Host, Verdict } from './job.ts'
import type { Line } from './lines.ts'
import { playAll, type Play } from './play.ts'
import { seatUnlocked } from './unlocked.ts'

/** What one statement has written. */
export interface SwiftEnd {
  readonly taken: number
  readonly verdicts: readonly Verdict[]
  /** External tasks were started. */
  readonly tasks: boolean
  /** As of `BatchEnd`. */
  readonly due: number | null
}

/**
 * Takes what senders wait for without holding the instances meanwhile: decides by what is remembered of them (or read, of those
 * that are not), and writes all of it by one statement, which changes nothing at all when one of them has changed since, is
 * held, or has mail, or when a signal was taken before. Then it is tried once more from what is read then.
 *
 * Only ids that are taken are held unique, and a signal that is rejected or fails does not take its own: such a one, too, is
 * decided once more, when it is known whether it came before.
 * @param done told of each statement that was committed, at once
 * @returns the lines that need the transaction; nothing of them was done
 * @throws what the database does to a statement; then it is not known whether it was done
 */
export async function runSwiftly(
  host: Host,
  lines: readonly Line[],
  budget: number,
  done: (end: SwiftEnd) => void,
): Promise<Line[]> {
  const slow: Line[] = []
  let left = lines
  for (const look of [host.recent.trusted() ? 'unknown' : 'instances', 'everything'] as const) {
    if (left.length === 0) break
    const seated = await seatUnlocked(host, left, look)
    const { plays, slow: special, doubtful } = playAll(host, seated.seats, budget, look === 'everything')
    slow.push(...seated.slow, ...special)
    left = doubtful
    const written = await writeAll(host, plays)
    if (look === 'unknown') host.recent.judge(written !== 'overtaken')
    if (typeof written === 'object') done(endOf(host, plays, written.rowVersion))
    else {
      const undone = forget(host, plays)
      if (written === 'locked') slow.push(...undone)
      else left = [...left, ...undone]
    }
  }
  return [...slow, ...left]
}

async function writeAll(host: Host, plays: readonly Play[]): ReturnType<typeof writeSwiftly> {
  const writes = joined(plays)
  // Duplicates alone: what they were answered stands.
  if (writes.created.length + writes.changed.length === 0) return { rowVersion: '' }
  try {
    return await writeSwiftly(host.database.keyed, writes, host.clock.now())
  } catch (error) {
    throw asDatabaseError(error)
  }
}

function joined(plays: readonly Play[]): SwiftWrites {
  const all = plays.map(({ writes }) => writes)
  const shared = new Map(plays.flatMap((play) => [...play.shared]))
  return {
    created: all.flatMap(({ created }) => created),
    changed: all.flatMap(({ changed }) => changed),
    history: all.flatMap(({ history }) => history),
    timers: all.flatMap(({ timers }) => timers),
    timerless: all.flatMap(({ timerless }) => timerless),
    tasks: all.flatMap(({ tasks }) => tasks),
    shared: Array.from(shared, ([model, { data, rowVersion }]) => ({ model, data, row_version: rowVersion })),
  }
}

function endOf({ recent }: Host, plays: readonly Play[], rowVersion: string): SwiftEnd {
  for (const { slots } of plays) {
    for (const slot of slots) {
      const { key, tenant, address, published, instance, entries, result } = slot
      if (instance.done) recent.forget(address)
      else if (slot.changed) recent.keep(address, { key, tenant, published, instance, entries, result, rowVersion })
    }
  }
  return {
    taken: plays.reduce((sum, { board }) => sum + board.taken, 0),
    verdicts: plays.flatMap(({ board }) => board.answers),
    tasks: plays.some(({ writes }) => writes.tasks.length > 0),
    due: firstDue({ timers: plays.flatMap(({ writes }) => writes.timers) }),
  }
}

/** @returns their lines */
function forget({ recent }: Host, plays: readonly Play[]): Line[] {
  const lines: Line[] = []
  for (const { line, instance } of plays.flatMap(({ seats }) => seats)) {
    recent.forget(line.name)
    recent.shared.delete(instance.model)
    lines.push(line)
  }
  return lines
}
