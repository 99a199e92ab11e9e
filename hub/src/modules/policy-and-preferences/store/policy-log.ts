import type { Sql } from '../../../platform/database.ts'
import { horizon } from '../../../platform/horizon.ts'
import type { EventLog, LogEvent, Place } from '../app/policies/storage.ts'

/** The turn of whoever follows the event log for policies: any number that nothing else locks. */
const turn = 7_250_001

/** The event log, as policies follow it and look back in it. */
export const policyLog: EventLog = {
  // Not a row's lock: that would give the transaction an id, and hold back all other readers of the log until it ends.
  async takeTurn(sql) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${turn}) as taken`
    return row!.taken
  },

  async cursor(sql) {
    const rows = await sql<{ xact: string; event: number }[]>`
      select xact::text as xact, event from policy_cursor where name = 'events'`
    return rows[0] === undefined ? null : { xact: Number(rows[0].xact), event: rows[0].event }
  },

  async moveCursor(sql, { xact, event }) {
    await sql`
      insert into policy_cursor (name, xact, event) values ('events', ${String(xact)}::xid8, ${event})
      on conflict (name) do update set xact = excluded.xact, event = excluded.event`
  },

  async end(sql) {
    return { xact: Number(await horizon(sql)), event: 0 }
  },

  async after(sql, place, end, types, limit) {
    const rows = await sql<EventRow[]>`
      select ${columns(sql)} from platform_event
      where (xact, id) > (${String(place.xact)}::xid8, ${place.event}::bigint) and xact < ${String(end.xact)}::xid8
        and type = any(${types as string[]})
      order by platform_event.xact, platform_event.id limit ${limit}`
    return rows.map(eventOf)
  },

  async before(sql, tenant, types, place, since, look) {
    const rows = await sql<(EventRow & { wanted: boolean })[]>`
      with looked as (
        select * from platform_event where (xact, id) < (${String(place.xact)}::xid8, ${place.event}::bigint)
        order by xact desc, id desc limit ${look})
      select ${columns(sql)}, tenant = ${tenant} and type = any(${types as string[]}) and at >= ${since} as wanted
      from looked where (tenant = ${tenant} and type = any(${types as string[]}) and at >= ${since})
        or (xact, id) = (select xact, id from looked order by xact, id limit 1)
      order by looked.xact desc, looked.id desc`
    const last = rows.at(-1)
    const ended = last === undefined || last.at < since
    return {
      events: rows.filter(({ wanted }) => wanted).map(eventOf),
      reached: ended ? null : placeOf(last),
    }
  },
}

type EventRow = Omit<LogEvent, 'xact' | 'event'> & { xact: string; id: number }

function eventOf({ xact, id, at, tenant, type, subject, household, data }: EventRow): LogEvent {
  return { xact: Number(xact), event: id, at, tenant, type, subject, household, data }
}

function placeOf({ xact, id }: EventRow): Place {
  return { xact: Number(xact), event: id }
}

function columns(sql: Sql) {
  return sql`xact::text as xact, id, at, tenant, type, subject, household, data`
}
