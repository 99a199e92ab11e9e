import type { Database, Sql } from '../../../platform/database.ts'
import type { Withdrawal, Withdrawals } from '../app/withdrawal-storage.ts'

export function withdrawalRows({ sql }: Pick<Database, 'sql'>): Withdrawals {
  return {
    async find({ tenant, service, version }) {
      const [row] = await sql<Withdrawal[]>`
        select ${columns(sql)} from developer_withdrawal
        where tenant = ${tenant} and service = ${service} and version = ${version}`
      return row ?? null
    },
    async put(tx, { tenant, service, version, backTo, reason, by, decision, state, startedAt }) {
      await tx.sql`
        insert into developer_withdrawal (tenant, service, version, back_to, reason, by_id, by_name, decision, state, started_at, ended_at)
        values (${tenant}, ${service}, ${version}, ${backTo}, ${reason}, ${by.id}, ${by.name}, ${decision}, ${state}, ${startedAt},
          ${state === 'done' ? startedAt : null})
        on conflict (tenant, service, version) do update set back_to = excluded.back_to, reason = excluded.reason,
          by_id = excluded.by_id, by_name = excluded.by_name, decision = excluded.decision, state = excluded.state,
          started_at = excluded.started_at, ended_at = excluded.ended_at, after_subscription = '', placed = 0, refused = 0,
          refusals = '[]', leased_until = null`
    },
    async lease(now, until) {
      const [row] = await sql<Withdrawal[]>`
        update developer_withdrawal set leased_until = ${until} where (tenant, service, version) in (
          select tenant, service, version from developer_withdrawal
          where state = 'running' and (leased_until is null or leased_until <= ${now})
          order by started_at limit 1 for update skip locked)
        returning ${columns(sql)}`
      return row ?? null
    },
    async advance(tx, { tenant, service, version }, after, refusal) {
      await tx.sql`
        update developer_withdrawal set after_subscription = ${after}, placed = placed + ${refusal === null ? 1 : 0},
          refused = refused + ${refusal === null ? 0 : 1},
          refusals = case when ${refusal === null} or jsonb_array_length(refusals) >= 20 then refusals
            else refusals || ${tx.sql.json([refusal] as never)}::jsonb end
        where tenant = ${tenant} and service = ${service} and version = ${version}`
    },
    async pass(tx, { tenant, service, version }, after) {
      await tx.sql`
        update developer_withdrawal set after_subscription = ${after}
        where tenant = ${tenant} and service = ${service} and version = ${version}`
    },
    async end({ tenant, service, version }, at) {
      await sql`
        update developer_withdrawal set state = 'done', ended_at = ${at}, leased_until = null
        where tenant = ${tenant} and service = ${service} and version = ${version}`
    },
    async release({ tenant, service, version }) {
      await sql`
        update developer_withdrawal set leased_until = null
        where tenant = ${tenant} and service = ${service} and version = ${version}`
    },
  }
}

function columns(sql: Sql) {
  return sql`tenant, service, version, back_to as "backTo", reason, jsonb_build_object('id', by_id, 'name', by_name) as by, decision,
    state, after_subscription as after, placed, refused, refusals, started_at as "startedAt"`
}
