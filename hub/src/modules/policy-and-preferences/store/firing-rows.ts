import type { Sql } from '../../../platform/database.ts'
import type { Firing, FiringStore } from '../app/policies/storage.ts'

/** Every firing of a policy, with what held and what did not, and what became of its actions. */
export const firingRows: FiringStore = {
  async add(sql, firings) {
    if (firings.length === 0) return new Set()
    const all = firings.map(({ at, cause, ...firing }) => ({
      ...firing,
      at: at.toISOString(),
      cause,
      cause_id: causeId({ cause }),
    }))
    const rows = await sql<{ id: string }[]>`
      insert into policy_firing (id, tenant, policy, version, name, cause, cause_id, subject, household, at, state, detail, clauses,
        actions, depth, authority)
      select id, tenant, policy, version, name, cause, cause_id, subject, household, at, state, detail, clauses, actions, depth,
        authority
      from jsonb_to_recordset(${sql.json(all as never)}) as f(id text, tenant text, policy text, version int, name text, cause jsonb,
        cause_id text, subject text, household text, at timestamptz, state text, detail text, clauses jsonb, actions jsonb, depth int, authority text)
      on conflict (policy, cause_id, subject) do nothing returning id`
    return new Set(rows.map(({ id }) => id))
  },

  async find(sql, id) {
    const rows = await sql<Firing[]>`select ${columns(sql)} from policy_firing where id = ${id}`
    return rows[0] ?? null
  },

  async page(sql, scope, { limit, after, policy, household, state }) {
    return sql<Firing[]>`
      select ${columns(sql)} from policy_firing where tenant = ${scope.tenant}
      ${after === undefined ? sql`` : sql`and id < ${after}`}
      ${scope.all ? sql`` : sql`and household = any(${[...scope.households]})`}
      ${policy === undefined ? sql`` : sql`and (policy = ${policy} or name = ${policy})`}
      ${household === undefined ? sql`` : sql`and household = ${household}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      order by id desc limit ${limit}`
  },

  async lease(sql, now, until, limit) {
    return sql<Firing[]>`
      update policy_firing set leased_until = ${until} where id in (
        select id from policy_firing where state = 'open' and (leased_until is null or leased_until <= ${now})
        order by id limit ${limit} for update skip locked)
      returning ${columns(sql)}`
  },

  async lock(sql, id) {
    const rows = await sql<Firing[]>`select ${columns(sql)} from policy_firing where id = ${id} for update`
    return rows[0] ?? null
  },

  async settle(sql, { id, state, detail, actions }) {
    await sql`
      update policy_firing set state = ${state}, detail = ${detail}, actions = ${sql.json(actions as never)},
        leased_until = case when ${state === 'open'} then leased_until end
      where id = ${id}`
  },

  async recent(sql, policies, households, since) {
    if (policies.length === 0 || households.length === 0) return new Map()
    const rows = await sql<{ key: string; count: number }[]>`
      select policy || ' ' || household as key, count(*)::int as count from policy_firing
      where household = any(${households as string[]}) and policy = any(${policies as string[]}) and at > ${since}
        and state not in ('not-held', 'limited')
      group by policy, household`
    return new Map(rows.map(({ key, count }) => [key, count]))
  },

  async count(sql, hour, counts) {
    if (counts.length === 0) return new Map()
    // In order of policy, so that two hubs lock the rows in the same order.
    const all = counts.toSorted((a, b) => (a.policy < b.policy ? -1 : 1))
    const rows = await sql<{ policy: string; held: number; passed: number }[]>`
      insert into policy_hour as h (policy, hour, tenant, held, passed)
      select policy, ${hour}, tenant, held, passed
      from jsonb_to_recordset(${sql.json(all as never)}) as c(policy text, tenant text, held int, passed int)
      on conflict (policy, hour) do update set held = h.held + excluded.held, passed = h.passed + excluded.passed
      returning policy, held, passed`
    const before = new Map(rows.map((row) => [row.policy, row]))
    return new Map(
      counts.map(({ policy, held, passed }) => {
        const after = before.get(policy)!
        return [policy, { held: after.held - held, passed: after.passed - passed }]
      }),
    )
  },

  async countTotal(sql, policy, version, more) {
    const [row] = await sql<{ fired: number }[]>`
      update policy_version set fired = fired + ${more} where policy = ${policy} and version = ${version} returning fired`
    return row?.fired ?? 0
  },

  async depths(sql, ids) {
    if (ids.length === 0) return new Map()
    const rows = await sql<{ id: string; depth: number }[]>`
      select id, depth from policy_firing where id = any(${ids as string[]})`
    return new Map(rows.map(({ id, depth }) => [id, depth]))
  },

  async prune(sql, heldBefore, passedBefore, limit) {
    const rows = await sql`
      delete from policy_firing where id in (
        select id from policy_firing
        where (at < ${heldBefore} and state not in ('open', 'waiting')) or (at < ${passedBefore} and state = 'not-held')
        order by at limit ${limit})`
    await sql`delete from policy_hour where hour < ${heldBefore}`
    await sql`delete from policy_hold where until < ${passedBefore}`
    return rows.count
  },
}

function causeId({ cause }: Pick<Firing, 'cause'>): string {
  return `${cause.kind} ${cause.id}`
}

function columns(sql: Sql) {
  return sql`id, tenant, policy, version, name, cause, subject, household, at, state, detail, clauses, actions, depth,
    authority`
}
