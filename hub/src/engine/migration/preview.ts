import { readWithin } from '../../platform/bounded.ts'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import { databaseOverloaded, type Database } from '../../platform/database.ts'
import { OutsideError } from '../../platform/errors.ts'
import { instanceOf } from '../store/rows.ts'
import { nextInstances, readInstances, type MigrationOrder, type Refused } from '../store/migrations.ts'
import { moved, type MigrationPlan } from './plan.ts'

/** One page of a preview: what would become of the instances that it looked at. */
export interface Preview {
  /** How many would move. */
  readonly wouldMove: number
  readonly cannot: readonly Refused[]
  /** Where to go on; null when all were looked at. */
  readonly next: string | null
}

/** Instances looked at by one request, and time it takes at most. */
const allRows = 50_000
const budget: Milliseconds = 2_000
const statement: Milliseconds = 1_000
const batch = 1_000

/** What a migration would do as things are now, from one id on. Nothing is changed; at most `limit` reasons. */
export async function previewMigration(
  { database, clock }: { database: Database; clock: Clock },
  order: MigrationOrder,
  plan: MigrationPlan,
  { after, limit }: { after: string; limit: number },
): Promise<Preview> {
  const until = clock.monotonic() + budget
  const cannot: Refused[] = []
  let wouldMove = 0
  let position = after
  for (let looked = 0; looked < allRows && (looked === 0 || clock.monotonic() < until); looked += batch) {
    const from = position
    const part = await readWithin(database, statement, async (sql) => {
      const next = await nextInstances(sql, order, from, batch)
      return { ...next, rows: await readInstances(sql, order, next.ids) }
    })
    if (!part)
      throw new OutsideError(databaseOverloaded, `${batch} instances could not be read within ${statement / 1_000} s.`)
    const rows = new Map(part.rows.map((row) => [row.id, row]))
    for (const id of part.ids) {
      const row = rows.get(id)
      const result = row ? moved(plan, instanceOf(row)) : { reasons: ['there is no such instance'] }
      if ('instance' in result) wouldMove++
      else cannot.push({ instance: id, reasons: result.reasons })
      if (cannot.length === limit) return { wouldMove, cannot, next: id }
    }
    if (part.end) return { wouldMove, cannot, next: null }
    position = part.position
  }
  return { wouldMove, cannot, next: position }
}
