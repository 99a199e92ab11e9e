import type { Role } from '../../../platform/access.ts'
import type { InvitationStore } from '../app/storage.ts'
import type { Invitation } from '../domain/invitation.ts'
import { bytes } from './tables.ts'

interface Row {
  id: string
  tenant: string
  roles: Role[]
  user_id: string | null
  households: string[]
  email: string | null
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export const invitationStore: InvitationStore = {
  async insert(sql, { id, tenant, roles, user, households, email, createdBy, createdAt, expiresAt }, hash) {
    await sql`
      insert into registration_invitation
        (id, tenant, token_hash, roles, user_id, households, email, created_by, created_at, expires_at)
      values (${id}, ${tenant}, ${bytes(hash)}, ${roles as string[]}, ${user}, ${households as string[]}, ${email},
        ${createdBy}, ${new Date(createdAt)}, ${new Date(expiresAt)})`
  },

  async byHash(sql, hash) {
    const rows = await sql<{ id: string; tenant: string }[]>`
      select i.id, i.tenant from registration_invitation i join registration_tenant t on t.id = i.tenant and not t.disabled
      where i.token_hash = ${bytes(hash)}`
    return rows[0] ?? null
  },

  async open(sql, id, now) {
    const rows = await sql<Row[]>`
      select * from registration_invitation
      where id = ${id} and used_at is null and expires_at > ${now} for update`
    return rows[0] ? invitationOf(rows[0]) : null
  },

  async openFor(sql, tenant, email, now) {
    const rows = await sql<Row[]>`
      select * from registration_invitation
      where tenant = ${tenant} and email = ${email} and used_at is null and expires_at > ${now}
      order by id limit 1 for update`
    return rows[0] ? invitationOf(rows[0]) : null
  },

  async use(sql, id, at) {
    await sql`update registration_invitation set used_at = ${at} where id = ${id}`
  },

  async page(sql, { limit, after = '' }, { tenant }) {
    const rows = await sql<Row[]>`
      select * from registration_invitation where tenant = ${tenant} and id > ${after} order by id limit ${limit}`
    return rows.map(invitationOf)
  },

  async remove(sql, tenant, id) {
    const rows = await sql<Row[]>`delete from registration_invitation 
      where id = ${id} and tenant = ${tenant} and used_at is null returning *`
    return rows[0] ? invitationOf(rows[0]) : null
  },

  async forgetHubs(sql) {
    await sql`delete from registration_invitation where created_by is null and used_at is null`
  },

  async forgetExpired(sql, before) {
    await sql`delete from registration_invitation where expires_at <= ${before}`
  },
}

function invitationOf(row: Row): Invitation {
  return {
    id: row.id,
    tenant: row.tenant,
    roles: row.roles,
    user: row.user_id,
    households: row.households,
    email: row.email,
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    usedAt: row.used_at?.getTime() ?? null,
  }
}
