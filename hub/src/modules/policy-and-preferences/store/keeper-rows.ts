import { mostKept, type Keeper } from '../../../platform/keepers.ts'

/** Answers that a person gave: they prove that something was allowed, and stay. Each household gives its own. */
export const answerKeeper: Keeper = {
  name: 'answers',

  async kept(sql, { id }) {
    const [row] = await sql<{ kept: Record<string, unknown> }[]>`
      select jsonb_build_object(
        'consents', (select coalesce(jsonb_agg(c), '[]') from (
          select p.household, p.kind, p.target, c.state, c.at, c.reason from policy_consent_change c
          join policy_consent p on p.id = c.consent where c.changed_by = ${id} order by c.at desc limit ${mostKept}) c),
        'approvals', (select coalesce(jsonb_agg(a), '[]') from (
          select id, household, question, state, reason, decided_at as "decidedAt" from policy_approval
          where decided_by = ${id} order by decided_at desc limit ${mostKept}) a),
        'policies', (select coalesce(jsonb_agg(v), '[]') from (
          select policy, version, state, created_at as "createdAt" from policy_version
          where created_by = ${id} or activated_by = ${id} order by created_at desc limit ${mostKept}) v)) as kept`
    return row!.kept
  },

  async plan(sql, { id }) {
    const [row] = await sql<{ count: number }[]>`
      select (select count(*) from policy_consent_change where changed_by = ${id})::int
        + (select count(*) from policy_approval where decided_by = ${id})::int as count`
    const because = 'they prove that something was allowed; they hold an id and no name'
    return {
      erased: [],
      stays: row!.count === 0 ? [] : [{ what: 'consents and approvals that they gave', count: row!.count, because }],
    }
  },

  async erase() {},

  households: {
    async plan({ sql }, { from }) {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from policy_consent where household = ${from} and state = 'granted'`
      const because = 'a consent is given by one household for itself; the one that stays is asked for its own'
      return { moves: [], ends: row!.count === 0 ? [] : [{ what: 'consents', count: row!.count, because }], blocks: [] }
    },
    async merge() {},
  },
}
