import type { MeteredStore } from '../app/storage.ts'

export const meteredRows: MeteredStore = {
  async used(sql, months, without) {
    const rows = await sql<{ device: string; bytes: number }[]>`
      select u.device, sum(u.bytes)::bigint as bytes from policy_metered_use u
      join unnest(${[...months.keys()]}::text[], ${[...months.values()]}::text[]) as m(device, month)
        on u.device = m.device and u.month = m.month
      where u.delivery <> all(${[...without]}::text[]) group by u.device`
    return new Map(rows.map(({ device, bytes }) => [device, bytes]))
  },

  async record(sql, uses, at) {
    await sql`
      insert into policy_metered_use (device, delivery, tenant, month, bytes, at)
      select device, delivery, tenant, month, bytes, ${at}
      from jsonb_to_recordset(${sql.json(uses as never)}) as u(device text, delivery text, tenant text, month text, bytes bigint)
      order by device, delivery
      on conflict (device, delivery) do update set month = excluded.month, bytes = excluded.bytes, at = excluded.at`
  },

  async forget(sql, before, most) {
    const { count } = await sql`
      delete from policy_metered_use where (device, delivery) in (
        select device, delivery from policy_metered_use where at < ${before} order by at limit ${most})`
    return count
  },
}
