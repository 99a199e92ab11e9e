import { horizon } from '../../../platform/horizon.ts'
import type { Sql } from '../../../platform/database.ts'
import type { EventStorage } from '../app/storage.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'

/** A transaction lasts no longer: events are in the order of their ids, give or take that. Milliseconds. */
const longestTransaction = 5 * 60_000

/** The event log as a reader sees it. */
export const eventLog: EventStorage = {
  async eventsAfter(sql, position, limit) {
    // Two statements: the second one's snapshot is the later one.
    const before = await horizon(sql)
    const rows = await sql<EventRow[]>`
      select ${columns(sql)} from platform_event
      where (xact, id) > (${String(position.xact)}::xid8, ${position.id}::bigint) and xact < ${before}::xid8
      order by platform_event.xact, platform_event.id limit ${limit}`
    return rows.map(eventOf)
  },

  async eventAt(sql, { xact, id }) {
    const rows = await sql<EventRow[]>`
      select ${columns(sql)} from platform_event where id = ${id} and xact = ${String(xact)}::xid8`
    return rows[0] === undefined ? null : eventOf(rows[0])
  },

  async end(sql) {
    // Everything older than this transaction has been seen; nothing of it has: ids begin at 1.
    return { xact: Number(await horizon(sql)), id: 0 }
  },

  async placeBefore(sql, at) {
    const id = await firstIdSince(sql, new Date(at.getTime() - longestTransaction))
    const [row] = await sql<{ xact: string | null }[]>`
      select min(xact::text::bigint)::text as xact from (
        select xact from platform_event where id >= ${id} order by id limit 1000) as first`
    return row?.xact == null ? eventLog.end(sql) : { xact: Number(row.xact), id: 0 }
  },

  async placeBehind(sql, at) {
    return eventLog.placeBefore(sql, new Date(at.getTime() + 2 * longestTransaction))
  },

  async prune(sql, before, limit) {
    const rows = await sql`
      delete from platform_event where id in (
        select id from platform_event where at < ${before} order by xact, id limit ${limit})`
    return rows.count
  },
}

/** By halving: the log has no index by time, which each event would have to pay for. */
async function firstIdSince(sql: Sql, at: Date): Promise<number> {
  const [ends] = await sql<{ low: number | null; high: number | null }[]>`
    select (select id from platform_event order by id limit 1) as low,
      (select id from platform_event order by id desc limit 1) as high`
  let low = ends?.low ?? 0
  let high = (ends?.high ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await sql<{ at: Date }[]>`
      select at from platform_event where id >= ${middle} order by id limit 1`
    if (row === undefined || row.at >= at) high = middle
    else low = middle + 1
  }
  return low
}

type EventRow = Omit<LoggedEvent, 'position'> & { xact: string; id: number }

function eventOf({ xact, id, ...event }: EventRow): LoggedEvent {
  return { ...event, position: { xact: Number(xact), id } }
}

function columns(sql: Sql) {
  return sql`xact::text as xact, id, at, tenant, type, subject, household, owners, data`
}
