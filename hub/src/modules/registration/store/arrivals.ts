import type { ArrivalStore } from '../app/identities/arrival-storage.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { RegistrationTables } from './tables.ts'
import { ticketOf } from './tickets.ts'

type TicketRow = RegistrationTables['registration_enrolment']

export const arrivalStore: ArrivalStore = {
  async lock(sql, tenant) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`waiting devices of ${tenant}`}, 0))`
  },

  async find(sql, { tenant, protocol, identity, gateway, publicKey }, now) {
    const rows = await sql<{ id: string; state: Ticket['state']; seen_at: Date }[]>`
      select id, state, seen_at from registration_enrolment
      where protocol <> 'native' and tenant = ${tenant} and protocol = ${protocol} and identity = ${identity}
        and coalesce(gateway, '') = ${gateway ?? ''}
        and coalesce(sha256(public_key), '') = coalesce(sha256(${publicKey}::bytea), '') and expires_at > ${now}`
    const [row] = rows
    return row === undefined ? null : { id: row.id, state: row.state, seenAt: row.seen_at.getTime() }
  },

  async crowd(sql, tenant, source, now) {
    const rows = await sql<{ all: number; same: number; oldest: string | null; seen_at: Date | null }[]>`
      with waiting as (
        select id, source, seen_at from registration_enrolment
        where protocol <> 'native' and tenant = ${tenant} and state = 'waiting' and expires_at > ${now})
      select count(*)::int as all, (count(*) filter (where source = ${source}))::int as same,
        (array_agg(id order by seen_at))[1] as oldest, min(seen_at) as seen_at from waiting`
    const { all, same, oldest, seen_at } = rows[0]!
    return {
      ofTenant: all,
      ofSource: same,
      oldest: oldest === null ? null : { id: oldest, seenAt: seen_at!.getTime() },
    }
  },

  async insert(sql, { id, tenant, protocol, identity, gateway, publicKey, says, at, expiresAt, ...rest }) {
    const rows = await sql<TicketRow[]>`
      insert into registration_enrolment (id, tenant, household, class, public_key, serial, state, protocol, identity, gateway,
        device, says, source, asked_at, seen_at, expires_at)
      values (${id}, ${tenant}, ${rest.household}, ${rest.class}, ${publicKey}, ${rest.serial}, 'waiting', ${protocol},
        ${identity}, ${gateway}, ${rest.device}, ${sql.json(says)}, ${rest.source}, ${at}, ${at}, ${expiresAt})
      on conflict (tenant, protocol, identity, coalesce(gateway, ''), coalesce(sha256(public_key), '')) where protocol <> 'native'
      do update set id = excluded.id, household = excluded.household, class = excluded.class, state = 'waiting',
        device = excluded.device, says = excluded.says, source = excluded.source, asked_at = excluded.asked_at,
        seen_at = excluded.seen_at, expires_at = excluded.expires_at, decided_by = null, decided_at = null
      returning *`
    return ticketOf(rows[0]!)
  },

  async touch(sql, ticket, at, expiresAt) {
    await sql`update registration_enrolment set seen_at = ${at}, expires_at = ${expiresAt} where id = ${ticket}`
  },

  async remove(sql, ticket) {
    await sql`delete from registration_enrolment where id = ${ticket}`
  },

  async removeOf(sql, gateway) {
    await sql`delete from registration_enrolment where gateway = ${gateway} and state = 'waiting'`
  },

  async lockTicket(sql, id) {
    const rows = await sql<TicketRow[]>`
      select * from registration_enrolment where id = ${id} and protocol <> 'native' for update`
    return rows[0] ? ticketOf(rows[0]) : null
  },

  async enrolled(sql, { id, device, decidedBy }, now, expiresAt) {
    await sql`
      update registration_enrolment
      set state = 'enrolled', device = ${device}, decided_by = ${decidedBy}, decided_at = ${now}, expires_at = ${expiresAt}
      where id = ${id}`
  },
}
