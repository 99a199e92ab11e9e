import { mostKept } from '../../../platform/keepers.ts'
import type { PeopleStore } from '../app/people/storage.ts'

/** What registration keeps about people and households, as wholes. */
export const peopleStore: PeopleStore = {
  async kept(sql, { id, email, tenant }) {
    const [row] = await sql<{ kept: Record<string, unknown> }[]>`
      select jsonb_build_object(
        'account', (select jsonb_build_object('name', name, 'roles', roles, 'disabled', disabled, 'createdAt', created_at)
          from registration_account where user_id = ${id}),
        'identities', (select coalesce(jsonb_agg(jsonb_build_object('issuer', issuer, 'subject', subject, 'since', created_at)), '[]')
          from registration_identity where account = ${id}),
        'sessions', (select coalesce(jsonb_agg(jsonb_build_object('createdAt', created_at, 'expiresAt', expires_at)), '[]')
          from registration_session where account = ${id}),
        'apiKeys', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'createdAt', created_at,
            'expiresAt', expires_at, 'lastUsedAt', last_used_at)), '[]') from registration_api_key where account = ${id}),
        'invitations', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'email', email, 'roles', roles, 'createdAt', created_at)), '[]')
          from registration_invitation
          where tenant = ${tenant} and (user_id = ${id} or lower(email) = lower(${email}::text))),
        'audit', (select coalesce(jsonb_agg(entry::jsonb), '[]') from (select entry from registration_audit_entry
          where tenant = ${tenant} and about @> array[${id}]::text[] order by at desc limit ${mostKept}) a)) as kept`
    return row!.kept
  },

  async counts(sql, { id, email, tenant }) {
    const [row] = await sql<Record<string, number>[]>`
      select (select count(*)::int from registration_account where user_id = ${id}) as accounts,
        (select count(*)::int from registration_session where account = ${id}) as sessions,
        (select count(*)::int from registration_api_key where account = ${id}) as keys,
        (select count(*)::int from registration_identity where account = ${id}) as identities,
        (select count(*)::int from registration_invitation
          where tenant = ${tenant} and (user_id = ${id} or lower(email) = lower(${email}::text))) as invitations,
        (select count(*)::int from registration_audit_entry
          where tenant = ${tenant} and about @> array[${id}]::text[]) as audit`
    return row!
  },

  async forgetInvitations(sql, { id, email, tenant }) {
    const gone = await sql<{ id: string }[]>`
      delete from registration_invitation
      where tenant = ${tenant} and (user_id = ${id} or lower(email) = lower(${email}::text)) returning id`
    return gone.map((row) => row.id)
  },

  async householdCounts(sql, household, now) {
    const [row] = await sql<Record<string, number>[]>`
      select (select count(*)::int from registration_claim where household = ${household} and revoked_at is null and used < uses
          and expires_at > ${now}) as claims,
        (select count(*)::int from registration_enrolment where household = ${household} and state = 'waiting') as enrolments,
        (select count(*)::int from registration_invitation
          where households @> array[${household}]::text[] and used_at is null and expires_at > ${now}) as invitations`
    return row!
  },

  async moveHousehold(sql, { from, into }) {
    await sql`update registration_device set household = ${into} where household = ${from}`
    await sql`update registration_claim set household = ${into} where household = ${from}`
    await sql`update registration_enrolment set household = ${into} where household = ${from}`
    await sql`update registration_gateway_credential set household = ${into} where household = ${from}`
    await sql`
      update registration_invitation set households = array(
        select distinct case when h = ${from} then ${into} else h end from unnest(households) as h)
      where households @> array[${from}]::text[]`
  },

  async names(sql, ids) {
    if (ids.length === 0) return new Map()
    const rows = await sql<{ id: string; name: string }[]>`
      select user_id as id, name from registration_account where user_id = any(${[...ids]})`
    return new Map(rows.map(({ id, name }) => [id, name]))
  },
}
