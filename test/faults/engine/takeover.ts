import type { Database } from '../../../hub/src/platform/database.ts'
import type { Fault } from './killer.ts'

/** What a killed or frozen hub held is taken over within this time, milliseconds. */
export const takenOverWithin = 10_000

/** Before that, nobody takes a task from a hub that was lost: its lease. */
const leaseAtLeast = 6_000

export interface Takeovers {
  readonly count: number
  /** Milliseconds; 0 when there was none. */
  readonly median: number
  readonly longest: number
}

/** How long external tasks that a hub was on when it was killed or frozen have waited for another one. */
export async function takeovers({ sql }: Database, faults: readonly Fault[]): Promise<Takeovers> {
  const left = new Map<number, number>()
  for (const { kind, hub, at } of faults)
    if (hub !== undefined && kind !== 'thawed' && !left.has(hub)) left.set(hub, at)
  const rows = await sql<{ hub: number; next: number | null; begun_at: number; ended_at: number | null }[]>`
    select hub, begun_at, ended_at, lead(begun_at) over (partition by key order by id) as next from attempt`
  const waits: number[] = []
  for (const { hub, next, begun_at, ended_at } of rows) {
    const at = left.get(hub)
    // Of an attempt that ended, the hub may have said so before.
    if (at === undefined || next === null || ended_at !== null || begun_at > at) continue
    waits.push(next - lastLoss(faults, at, next))
  }
  waits.sort((a, b) => a - b)
  const median = waits[Math.floor(waits.length / 2)] ?? 0
  return { count: waits.length, median, longest: waits.at(-1) ?? 0 }
}

/**
 * When the task was lost for the last time before `next`. Whoever took it over may have been lost, too, before it could say that
 * it had begun: then the time counts from there.
 */
function lastLoss(faults: readonly Fault[], first: number, next: number): number {
  let at = first
  while (next - at > takenOverWithin) {
    const [lease, end] = [at + leaseAtLeast, at + takenOverWithin]
    const again = faults.findLast(
      (fault) => fault.kind !== 'thawed' && fault.at >= lease && fault.at <= end && fault.at < next,
    )
    if (!again) break
    at = again.at
  }
  return at
}
