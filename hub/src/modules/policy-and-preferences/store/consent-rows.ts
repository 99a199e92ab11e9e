import type { Sql } from '../../../platform/database.ts'
import type { Consent, ConsentChange, ConsentStore } from '../app/storage.ts'
import type { ConsentState, ConsentSubject } from '../domain/situation.ts'

interface ConsentRow {
  id: string
  tenant: string
  household: string
  kind: ConsentSubject['kind']
  target: string
  state: ConsentState
  asked_for: string | null
  changed_at: Date
}

interface ChangeRow {
  state: ConsentState
  at: Date
  changed_by: string | null
  reason: string
  decision: string | null
  delivery: string | null
}

export const consentRows: ConsentStore = {
  async ofHouseholds(sql, households) {
    const rows = await sql<ConsentRow[]>`select * from policy_consent where household = any(${[...households]})`
    return rows.map(consentOf)
  },

  async find(sql, id) {
    const [row] = await sql<ConsentRow[]>`select * from policy_consent where id = ${id}`
    return row === undefined ? null : consentOf(row)
  },

  async findFor(sql, household, { kind, target }) {
    const [row] = await sql<ConsentRow[]>`
      select * from policy_consent where household = ${household} and kind = ${kind} and target = ${target} for update`
    return row === undefined ? null : consentOf(row)
  },

  // Sorted, so that two hubs that ask the same lock in the same order.
  ask: (sql, consents) => write(sql, consents, sql`do nothing`),

  async set(sql, consent) {
    const rows = await write(
      sql,
      [consent],
      sql`do update set state = excluded.state, changed_at = excluded.changed_at`,
    )
    return rows[0]!
  },

  async addChanges(sql, changes) {
    if (changes.length === 0) return
    await sql`
      insert into policy_consent_change (consent, number, state, at, changed_by, reason, decision, delivery)
      select c.consent, coalesce((select max(number) from policy_consent_change where consent = c.consent), 0) + 1,
        c.state, c.at, c.by, c.reason, c.decision, c.delivery
      from jsonb_to_recordset(${sql.json(changes as never)}) as c(consent text, state text, at timestamptz, by text,
        reason text, decision text, delivery text)`
  },

  async changes(sql, consent) {
    const rows = await sql<ChangeRow[]>`
      select * from policy_consent_change where consent = ${consent} order by number desc limit 200`
    return rows.toReversed().map(changeOf)
  },

  async page(sql, { limit, after, household, state }, scope) {
    const rows = await sql<ConsentRow[]>`
      select * from policy_consent where tenant = ${scope.tenant}
      ${after === undefined ? sql`` : sql`and id > ${after}`}
      ${scope.all ? sql`` : sql`and household = any(${[...scope.households]})`}
      ${household === undefined ? sql`` : sql`and household = ${household}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      order by id limit ${limit}`
    return rows.map(consentOf)
  },
}

async function write(sql: Sql, consents: readonly Consent[], onConflict: ReturnType<Sql>): Promise<Consent[]> {
  const given = consents.map(({ askedFor, changedAt, ...rest }) => ({
    ...rest,
    asked_for: askedFor,
    changed_at: changedAt,
  }))
  const rows = await sql<ConsentRow[]>`
    insert into policy_consent (id, tenant, household, kind, target, state, asked_for, changed_at)
    select id, tenant, household, kind, target, state, asked_for, changed_at
    from jsonb_to_recordset(${sql.json(given as never)}) as c(id text, tenant text, household text, kind text, target text,
      state text, asked_for text, changed_at timestamptz)
    order by household, kind, target
    on conflict (household, kind, target) ${onConflict}
    returning *`
  return rows.map(consentOf)
}

function consentOf({ asked_for, changed_at, ...rest }: ConsentRow): Consent {
  const { id, tenant, household, kind, target, state } = rest
  return { id, tenant, household, kind, target, state, askedFor: asked_for, changedAt: changed_at }
}

function changeOf({ state, at, changed_by, reason, decision, delivery }: ChangeRow): ConsentChange {
  return { state, at, by: changed_by, reason, decision, delivery }
}
