import type { Sql } from '../../../platform/database.ts'
import type { ActivePolicy, Policy, PolicyStore, PolicyVersion, Trial } from '../app/policies/storage.ts'

/** Policies, their versions and their dry runs. */
export const policyRows: PolicyStore = {
  async add(sql, { id, tenant, name, newest, active, group, createdAt }) {
    const rows = await sql`
      insert into policy_policy (id, tenant, name, newest, active, device_group, created_at)
      values (${id}, ${tenant}, ${name}, ${newest}, ${active}, ${group}, ${createdAt})
      on conflict (tenant, name) do nothing`
    return rows.count > 0
  },

  async find(sql, tenant, idOrName) {
    const rows = await sql<Policy[]>`
      ${policies(sql)} where tenant = ${tenant} and (id = ${idOrName} or name = ${idOrName}) order by id = ${idOrName} desc limit 1`
    return rows[0] ?? null
  },

  async lock(sql, id) {
    const rows = await sql<Policy[]>`${policies(sql)} where id = ${id} for update`
    return rows[0] ?? null
  },

  async page(sql, tenant, { limit, after = '' }) {
    return sql<Policy[]>`${policies(sql)} where tenant = ${tenant} and id > ${after} order by id limit ${limit}`
  },

  async update(sql, { id, newest, active, group }) {
    await sql`update policy_policy set newest = ${newest}, active = ${active}, device_group = ${group} where id = ${id}`
  },

  async addVersion(sql, version, trigger, types) {
    await sql`
      insert into policy_version (policy, version, tenant, state, document, types, trigger, created_by, created_at)
      values (${version.policy}, ${version.version}, ${version.tenant}, ${version.state}, ${sql.json(version.document as never)},
        ${types as string[]}, ${trigger}, ${version.createdBy}, ${version.createdAt})`
  },

  async version(sql, policy, version) {
    const rows = await sql<PolicyVersion[]>`
      select ${columns(sql)} from policy_version v where policy = ${policy} and version = ${version}`
    return rows[0] ?? null
  },

  async versions(sql, policy, { limit, after }) {
    return sql<PolicyVersion[]>`
      select ${columns(sql)} from policy_version v
      where policy = ${policy} and version < ${after === undefined ? 2_147_483_647 : Number(after)}
      order by version desc limit ${limit}`
  },

  async setState(sql, policy, version, state, detail) {
    await sql`
      update policy_version set state = ${state}, detail = ${detail} where policy = ${policy} and version = ${version}`
  },

  async activate(sql, { policy, version, activatedBy, activatedAt, decision, trial }) {
    await sql`
      update policy_version set state = 'active', detail = '', activated_by = ${activatedBy}, activated_at = ${activatedAt},
        decision = ${decision}, trial = ${trial}, since = platform_xact()::text::xid8
      where policy = ${policy} and version = ${version}`
  },

  async listening(sql) {
    const [row] = await sql<{ listening: boolean }[]>`
      select exists (select from policy_version where state = 'active' and trigger = 'event') as listening`
    return row!.listening
  },

  async active(sql, trigger, tenants) {
    const rows = await sql<ActiveRow[]>`
      ${active(sql)} ${trigger === null ? sql`` : sql`and v.trigger = ${trigger}`}
        ${tenants === null ? sql`` : sql`and v.tenant = any(${tenants as string[]})`}
      order by v.policy limit 10000`
    return rows.map(activeOf)
  },

  async activeVersion(sql, policy, version) {
    const rows = await sql<ActiveRow[]>`${active(sql)} and v.policy = ${policy} and v.version = ${version}`
    return rows.map(activeOf)[0] ?? null
  },

  async addTrial(sql, { id, tenant, policy, version, at, result }) {
    await sql`
      insert into policy_trial (id, tenant, policy, version, at, result)
      values (${id}, ${tenant}, ${policy}, ${version}, ${at}, ${sql.json(result as never)})`
    // Whoever wants to look at more of them has the audit.
    await sql`
      delete from policy_trial where policy = ${policy} and id in (
        select id from policy_trial where policy = ${policy} order by id desc offset 50)`
  },

  async trial(sql, id) {
    const rows = await sql<Trial[]>`select id, tenant, policy, version, at, result from policy_trial where id = ${id}`
    return rows[0] ?? null
  },

  async trials(sql, policy, version, { limit, after = '' }) {
    return sql<Trial[]>`
      select id, tenant, policy, version, at, result from policy_trial
      where policy = ${policy} and version = ${version} and id > ${after} order by id limit ${limit}`
  },
}

type ActiveRow = Omit<ActivePolicy, 'since'> & { readonly since: string }

function activeOf({ since, ...row }: ActiveRow): ActivePolicy {
  return { ...row, since: Number(since) }
}

function active(sql: Sql) {
  return sql`
    select ${columns(sql)}, p.name, p.device_group as "group", v.since::text as since
    from policy_version v join policy_policy p on p.id = v.policy where v.state = 'active'`
}

function policies(sql: Sql) {
  return sql`select id, tenant, name, newest, active, device_group as "group", created_at as "createdAt" from policy_policy`
}

function columns(sql: Sql) {
  return sql`v.policy, v.version, v.tenant, v.state, v.document, v.created_by as "createdBy", v.created_at as "createdAt",
    v.activated_by as "activatedBy", v.activated_at as "activatedAt", v.decision, v.trial, v.detail`
}
