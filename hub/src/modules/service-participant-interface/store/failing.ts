import type { Sql } from '../../../platform/database.ts'

const tables = { webhooks: 'participant_webhook', notifications: 'participant_notification' } as const

/** How many of them wait for another try since the last one failed; up to 10,000. */
export async function countFailing(sql: Sql, what: keyof typeof tables): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count
    from (select from ${sql(tables[what])} where state = 'active' and failures > 0 limit 10000) as found`
  return row?.count ?? 0
}
