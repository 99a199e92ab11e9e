import type { Answer, AnswerStore } from '../app/storage.ts'
import type { RuleVerdict, Verdict } from '../domain/rule.ts'

interface AnswerRow {
  id: number
  delivery: string
  device: string
  at: Date
  last_at: Date
  times: number
  verdict: Verdict
  until: Date | null
  why: string
  rules: RuleVerdict[]
}

export const answerRows: AnswerStore = {
  async latest(sql, deliveries) {
    const rows = await sql<AnswerRow[]>`select * from policy_answer where delivery = any(${[...deliveries]}) and latest`
    return rows.map(answerOf)
  },

  async repeat(sql, answers, at) {
    const ids = answers.map(({ id }) => id)
    const untils = answers.map(({ until }) => until?.toISOString() ?? null)
    await sql`
      update policy_answer a set last_at = ${at}, times = a.times + 1, until = r.until::timestamptz
      from unnest(${ids}::bigint[], ${untils}::text[]) as r(id, until) where a.id = r.id`
  },

  async add(sql, answers, at) {
    const rows = answers.map(({ decision, ...answer }) => ({
      ...answer,
      verdict: decision.verdict,
      until: decision.until === null ? null : new Date(decision.until).toISOString(),
      why: decision.why,
      rules: decision.rules,
    }))
    await sql`
      update policy_answer set latest = false where latest and delivery = any(${rows.map(({ delivery }) => delivery)})`
    await sql`
      insert into policy_answer (tenant, delivery, device, household, at, last_at, verdict, until, why, rules)
      select tenant, delivery, device, household, ${at}, ${at}, verdict, until, why, rules
      from jsonb_to_recordset(${sql.json(rows as never)}) as r(tenant text, delivery text, device text, household text,
        verdict text, until timestamptz, why text, rules jsonb)`
  },

  async page(sql, delivery, limit, before) {
    const rows = await sql<AnswerRow[]>`
      select * from policy_answer where delivery = ${delivery} ${before === undefined ? sql`` : sql`and id < ${before}`}
      order by id desc limit ${limit}`
    return rows.map(answerOf)
  },

  async of(sql, deliveries, most) {
    if (deliveries.length === 0) return []
    const rows = await sql<AnswerRow[]>`
      select a.* from unnest(${[...deliveries]}::text[]) as d (id)
      cross join lateral (select * from policy_answer where delivery = d.id order by id desc limit ${most}) a order by a.id`
    return rows.map(answerOf)
  },

  async waiting(sql, devices) {
    const rows = await sql<{ device: string }[]>`
      select distinct device from policy_answer
      where device = any(${[...devices]}) and latest and verdict = 'later' and until is null`
    return rows.map(({ device }) => device)
  },

  async forget(sql, before, most) {
    const { count } = await sql`
      delete from policy_answer where id in (
        select id from policy_answer where last_at < ${before} order by last_at limit ${most})`
    return count
  },
}

function answerOf({ id, delivery, device, at, last_at, times, verdict, until, why, rules }: AnswerRow): Answer {
  const decision = { verdict, until: until?.getTime() ?? null, why, rules }
  return { id, delivery, device, at, lastAt: last_at, times, decision }
}
