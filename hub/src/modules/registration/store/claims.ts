import { queries } from '../../../platform/database.ts'
import type { ClaimStore } from '../app/device-storage.ts'
import type { Claim } from '../domain/account.ts'
import { hex, text, type RegistrationTables } from './tables.ts'

type ClaimRow = RegistrationTables['registration_claim']

export const claimStore: ClaimStore = {
  async insert(sql, claims) {
    const rows = claims.map(({ claim, hash }) => ({
      ...claim,
      hash: hex(hash),
      createdAt: new Date(claim.createdAt),
      expiresAt: new Date(claim.expiresAt),
    }))
    await sql`
      insert into registration_claim (id, tenant, secret_hash, household, serial, device, uses, used, kind, approval,
        serial_prefix, order_id, created_by, created_at, expires_at)
      select id, tenant, decode(hash, 'hex'), household, serial, device, uses, used, kind, approval,
        "serialPrefix", "order", "createdBy", "createdAt", "expiresAt"
      from jsonb_to_recordset(${sql.json(rows as never)}) as r (id text, tenant text, hash text, household text, serial text,
        device text, uses int, used int, kind text, approval text, "serialPrefix" text, "order" text, "createdBy" text,
        "createdAt" timestamptz, "expiresAt" timestamptz)`
  },

  async find(sql, id) {
    const row = await queries<RegistrationTables>(sql)
      .selectFrom('registration_claim')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? claimOf(row) : null
  },

  async page(sql, { limit, after = '', household }, scope) {
    if (!scope.all && scope.households.length === 0) return []
    let query = queries<RegistrationTables>(sql)
      .selectFrom('registration_claim')
      .selectAll()
      .where('tenant', '=', scope.tenant)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
    if (household !== undefined) query = query.where('household', '=', household)
    if (!scope.all) query = query.where('household', 'in', scope.households)
    return (await query.execute()).map(claimOf)
  },

  async revoke(sql, id, at) {
    await queries<RegistrationTables>(sql)
      .updateTable('registration_claim')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .execute()
  },

  async lockByHash(sql, hashes) {
    const rows = await sql<ClaimRow[]>`
      select * from registration_claim
      where secret_hash in (select decode(h, 'hex') from unnest(${hashes.map(hex)}::text[]) as h)
      order by id for update`
    return rows.map((row) => ({
      id: row.id,
      tenant: row.tenant,
      hash: text(row.secret_hash),
      household: row.household,
      serial: row.serial,
      serialPrefix: row.serial_prefix,
      approval: row.approval,
      order: row.order_id,
      device: row.device,
      uses: row.uses,
      used: row.used,
      expiresAt: row.expires_at.getTime(),
      revoked: row.revoked_at !== null,
    }))
  },

  async use(sql, uses) {
    await sql`
      update registration_claim c set used = c.used + u.count
      from unnest(${[...uses.keys()]}::text[], ${[...uses.values()]}::int[]) as u(id, count) where c.id = u.id`
  },
}

function claimOf(row: ClaimRow): Claim {
  return {
    id: row.id,
    tenant: row.tenant,
    household: row.household,
    kind: row.kind,
    serial: row.serial,
    serialPrefix: row.serial_prefix,
    approval: row.approval,
    order: row.order_id,
    device: row.device,
    uses: row.uses,
    used: row.used,
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  }
}
