import type { Sql } from '../../platform/database.ts'
import { numbers } from './rows.ts'

/** What one batch of a sweep removed. */
export interface Swept {
  readonly instances: number
  readonly entries: number
}

/** Whether this transaction may sweep: one of all hubs does at a time. */
export async function maySweep(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('engine_retention')) as may`
  return row?.may ?? false
}

/**
 * Removes instances that ended before `before` (milliseconds since the epoch) with all that is theirs, the longest ended first:
 * at most `limit` instances and `limit` entries of their histories; an instance goes after its last entry. Those with mail
 * stay until it is taken.
 */
export async function removeEnded(sql: Sql, before: number, limit: number): Promise<Swept> {
  const rows = await sql<{ key: number }[]>`
    select key from engine_instance i where ended_at < ${before}::bigint
      and not exists(select from engine_mailbox m where m.instance = i.key)
    order by ended_at limit ${limit}::int for update skip locked`
  if (rows.length === 0) return { instances: 0, entries: 0 }
  const keys = numbers(rows.map(({ key }) => key))
  const history = await sql`
    delete from engine_history where ctid = any(array(
      select h.ctid from unnest(${keys}::text::bigint[]) as k(key) join engine_history h on h.instance = k.key
      limit ${limit}::int))`
  if (history.count === limit) return { instances: 0, entries: limit }
  await sql`delete from engine_task t using unnest(${keys}::text::bigint[]) as k(key) where t.instance = k.key`
  await sql`delete from engine_timer t using unnest(${keys}::text::bigint[]) as k(key) where t.instance = k.key`
  await sql`delete from engine_instance t using unnest(${keys}::text::bigint[]) as k(key) where t.key = k.key`
  return { instances: rows.length, entries: history.count }
}

/** Removes history older than `before`, of whatever instance, at most `limit` entries. @returns how many went */
export async function removeHistory(sql: Sql, before: number, limit: number): Promise<number> {
  const result = await sql`
    delete from engine_history where ctid = any(array(
      select ctid from engine_history where at < ${before}::bigint limit ${limit}::int))`
  return result.count
}

/** Removes mail that was sent to an instance while it was being removed. */
export async function removeStrayMail(sql: Sql, before: number, limit: number): Promise<number> {
  const result = await sql`
    delete from engine_mailbox where seq in (
      select seq from engine_mailbox m where at < ${before}::bigint
        and not exists(select from engine_instance i where i.key = m.instance) limit ${limit}::int)`
  return result.count
}
