import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** What people asked for and decided about versions: it stays, without what they were called. */
export const developerKeeper: Keeper = {
  name: 'development',

  async kept(sql, { id }) {
    const [row] = await sql<{ kept: Record<string, unknown> }[]>`
      select jsonb_build_object(
        'releaseRequests', (select coalesce(jsonb_agg(r), '[]') from (
          select id, service, version, channel, note, state, asked_by = ${id} as "askedByThem", decided_by = ${id} as "decidedByThem",
            asked_at as "askedAt" from developer_release_request where asked_by = ${id} or decided_by = ${id}
          order by id desc limit ${mostKept}) r),
        'logRequests', (select coalesce(jsonb_agg(l), '[]') from (
          select id, service, version, device, why, asked_at as "askedAt" from developer_log_request where asked_by = ${id}
          order by id desc limit ${mostKept}) l),
        'trials', (select coalesce(jsonb_agg(t), '[]') from (
          select id, service, version, household, at from developer_trial where by_id = ${id}
          order by id desc limit ${mostKept}) t),
        'withdrawals', (select coalesce(jsonb_agg(w), '[]') from (
          select service, version, reason, state, started_at as "startedAt" from developer_withdrawal where by_id = ${id}
          order by started_at desc limit ${mostKept}) w)) as kept`
    return row!.kept
  },

  async plan(sql, { id }) {
    const [row] = await sql<{ requests: number; logs: number; trials: number; withdrawals: number }[]>`
      select (select count(*)::int from developer_release_request where asked_by = ${id} or decided_by = ${id}) as requests,
        (select count(*)::int from developer_log_request where asked_by = ${id}) as logs,
        (select count(*)::int from developer_trial where by_id = ${id}) as trials,
        (select count(*)::int from developer_withdrawal where by_id = ${id}) as withdrawals`
    const because = 'who released and withdrew what has to be accounted for; it holds an id, the name is taken out'
    return {
      erased: [],
      stays: [
        { what: 'requests for releases that they made or decided', count: row!.requests, because },
        { what: 'requests for logs of devices', count: row!.logs, because },
        { what: 'trials on devices', count: row!.trials, because },
        { what: 'versions that they withdrew', count: row!.withdrawals, because },
      ].filter(({ count }) => count > 0),
    }
  },

  async erase({ sql }, { id }) {
    await sql`update developer_release_request set asked_by_name = 'erased' where asked_by = ${id}`
    await sql`update developer_release_request set decided_by_name = 'erased' where decided_by = ${id}`
    await sql`update developer_log_request set asked_by_name = 'erased' where asked_by = ${id}`
    await sql`update developer_withdrawal set by_name = 'erased' where by_id = ${id}`
  },

  households: {
    async plan({ sql }, { from }) {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from developer_trial where household = ${from}`
      const moves = row!.count === 0 ? [] : [{ what: 'trials on its devices', count: row!.count }]
      return { moves, ends: [], blocks: [] }
    },
    async merge({ sql }, { from, into }) {
      await sql`update developer_trial set household = ${into} where household = ${from}`
    },
  },
}
