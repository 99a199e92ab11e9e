import { queries } from '../../../platform/database.ts'
import type { TicketStore } from '../app/device-storage.ts'
import type { NativeTicket, Ticket } from '../domain/ticket.ts'
import { hex, text, type RegistrationTables } from './tables.ts'

type TicketRow = RegistrationTables['registration_enrolment']

export const ticketStore: TicketStore = {
  async ofClaims(sql, claims, now) {
    const rows = await sql<TicketRow[]>`
      select * from registration_enrolment where claim = any(${[...claims]}) and expires_at > ${now}`
    return rows.map((row) => ticketOf(row) as NativeTicket)
  },

  async insert(sql, tickets) {
    const rows = tickets.map(({ publicKey, ...rest }) => ({ ...rest, key: hex(publicKey) }))
    await sql`
      insert into registration_enrolment (id, tenant, household, claim, public_key, serial, class, state, asked_at, expires_at)
      select id, tenant, household, claim, decode(key, 'hex'), serial, class, state,
        to_timestamp("askedAt" / 1000.0), to_timestamp("expiresAt" / 1000.0)
      from jsonb_to_recordset(${sql.json(rows)}) as t(id text, tenant text, household text, claim text, key text,
        serial text, class text, state text, "askedAt" bigint, "expiresAt" bigint)
      on conflict (claim, public_key) do update set id = excluded.id, serial = excluded.serial, class = excluded.class,
        state = excluded.state, asked_at = excluded.asked_at, expires_at = excluded.expires_at, decided_by = null,
        decided_at = null`
  },

  async find(sql, id) {
    const row = await queries<RegistrationTables>(sql)
      .selectFrom('registration_enrolment')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? ticketOf(row) : null
  },

  async page(sql, { limit, after = '', state }, scope) {
    if (!scope.all && scope.households.length === 0) return []
    let query = queries<RegistrationTables>(sql)
      .selectFrom('registration_enrolment')
      .selectAll()
      .where('tenant', '=', scope.tenant)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
    if (state !== undefined) query = query.where('state', '=', state)
    if (!scope.all) query = query.where('household', 'in', scope.households)
    return (await query.execute()).map(ticketOf)
  },

  async decide(sql, { id, state, decidedBy }, now, expiresAt) {
    const result = await sql`
      update registration_enrolment
      set state = ${state}, decided_by = ${decidedBy}, decided_at = ${now}, expires_at = ${expiresAt}
      where id = ${id} and state = 'waiting' and expires_at > ${now}`
    return result.count === 1
  },

  async enrolled(sql, ids) {
    await sql`update registration_enrolment set state = 'enrolled' where id = any(${[...ids]})`
  },

  async forgetExpired(sql, now) {
    await sql`delete from registration_enrolment where expires_at <= ${now}`
  },
}

export function ticketOf(row: TicketRow): Ticket {
  return {
    id: row.id,
    tenant: row.tenant,
    household: row.household,
    claim: row.claim,
    publicKey: row.public_key && text(row.public_key),
    serial: row.serial,
    class: row.class,
    state: row.state,
    protocol: row.protocol,
    identity: row.identity,
    gateway: row.gateway,
    device: row.device,
    says: row.says,
    askedAt: row.asked_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.getTime() ?? null,
  }
}
