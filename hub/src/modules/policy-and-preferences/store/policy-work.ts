import type { Sql } from '../../../platform/database.ts'
import type { Approval, Due, Hold, Run, WorkStore } from '../app/policies/storage.ts'

/** What is due, what is gone through, what is held and what waits for a person. */
export const policyWork: WorkStore = {
  async setDue(sql, policy, due) {
    await sql`delete from policy_due where policy = ${policy}`
    await policyWork.addDue(sql, due)
  },

  async addDue(sql, due) {
    if (due.length === 0) return
    const all = due.map(({ dueAt, ...rest }) => ({ ...rest, due_at: dueAt.toISOString() }))
    await sql`
      insert into policy_due as d (policy, version, tenant, due_at, zones)
      select policy, version, tenant, due_at, zones
      from jsonb_to_recordset(${sql.json(all as never)}) as r(policy text, version int, tenant text, due_at timestamptz, zones text[])
      on conflict (policy, due_at) do update set
        zones = (select array_agg(distinct zone) from unnest(d.zones || excluded.zones) as zone)`
  },

  async takeDue(sql, now, limit) {
    return sql<Due[]>`
      select policy, version, tenant, due_at as "dueAt", zones from policy_due where due_at <= ${now}
      order by due_at limit ${limit} for update skip locked`
  },

  async removeDue(sql, policy, dueAt) {
    await sql`delete from policy_due where policy = ${policy} and due_at = ${dueAt}`
  },

  async addRuns(sql, runs) {
    if (runs.length === 0) return
    const all = runs.map(({ createdAt, ...run }) => ({ ...run, created_at: createdAt.toISOString() }))
    await sql`
      insert into policy_run (id, tenant, policy, version, cause, given, zones, depth, position, open, not_before, created_at)
      select id, tenant, policy, version, cause, given, zones, depth, position, true, created_at, created_at
      from jsonb_to_recordset(${sql.json(all as never)}) as r(id text, tenant text, policy text, version int, cause jsonb, given jsonb,
        zones text[], depth int, position text, created_at timestamptz)`
  },

  async takeRun(sql, now) {
    const rows = await sql<Run[]>`
      select id, tenant, policy, version, cause, given, zones, depth, position, created_at as "createdAt" from policy_run
      where open and not_before <= ${now} order by not_before limit 1 for update skip locked`
    return rows[0] ?? null
  },

  async moveRun(sql, id, position, open, notBefore, seen) {
    // What has been gone through is told by its firings.
    if (open)
      await sql`update policy_run set position = ${position}, not_before = ${notBefore}, seen = seen + ${seen} where id = ${id}`
    else await sql`delete from policy_run where id = ${id}`
  },

  async endRuns(sql, policy) {
    await sql`delete from policy_run where policy = ${policy}`
  },

  async addHold(sql, { id, tenant, policy, name, version, firing, household, until, deliveries, why }) {
    await sql`
      insert into policy_hold (id, tenant, policy, name, version, firing, household, until, deliveries, why)
      values (${id}, ${tenant}, ${policy}, ${name}, ${version}, ${firing}, ${household}, ${until}, ${deliveries}, ${why})`
  },

  async holds(sql, tenants, now) {
    return sql<Hold[]>`
      select id, tenant, policy, name, version, firing, household, until, deliveries, why from policy_hold
      where tenant = any(${tenants as string[]}) and until > ${now} order by tenant, until limit 10000`
  },

  async endHolds(sql, policy) {
    await sql`delete from policy_hold where policy = ${policy}`
  },

  async addApproval(sql, a) {
    const rows = await sql`
      insert into policy_approval (id, tenant, policy, name, version, firing, delivery, household, question, asked, otherwise, state,
        until, asked_at)
      values (${a.id}, ${a.tenant}, ${a.policy}, ${a.name}, ${a.version}, ${a.firing}, ${a.delivery}, ${a.household}, ${a.question},
        ${a.asked}, ${a.otherwise}, ${a.state}, ${a.until}, ${a.askedAt})
      on conflict (policy, delivery) do nothing`
    return rows.count > 0
  },

  async approval(sql, id, lock = false) {
    const rows = await sql<Approval[]>`
      select ${approvalColumns(sql)} from policy_approval where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] ?? null
  },

  async approvals(sql, scope, { limit, after, state, household }) {
    return sql<Approval[]>`
      select ${approvalColumns(sql)} from policy_approval where tenant = ${scope.tenant}
      ${after === undefined ? sql`` : sql`and id < ${after}`}
      ${scope.all ? sql`` : sql`and household = any(${[...scope.households]})`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${household === undefined ? sql`` : sql`and household = ${household}`}
      order by id desc limit ${limit}`
  },

  async approvalsOf(sql, deliveries) {
    if (deliveries.length === 0) return []
    return sql<Approval[]>`
      select ${approvalColumns(sql)} from policy_approval where delivery = any(${deliveries as string[]})`
  },

  async settleApproval(sql, { id, state, decidedBy, decidedAt, reason, decision }) {
    await sql`
      update policy_approval set state = ${state}, decided_by = ${decidedBy}, decided_at = ${decidedAt}, reason = ${reason},
        decision = ${decision}
      where id = ${id}`
  },

  async expired(sql, now, limit) {
    return sql<Approval[]>`
      select ${approvalColumns(sql)} from policy_approval where state = 'waiting' and until <= ${now}
      order by until limit ${limit} for update skip locked`
  },
}

function approvalColumns(sql: Sql) {
  return sql`id, tenant, policy, name, version, firing, delivery, household, question, asked, otherwise, state, until,
    asked_at as "askedAt", decided_by as "decidedBy", decided_at as "decidedAt", reason, decision`
}
