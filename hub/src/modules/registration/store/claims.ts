import { queries } from '../../../platform/database.ts'
import type { ClaimStore } from '../app/storage.ts'
import type { Claim } from '../domain/account.ts'
import { bytes, hex, text, type RegistrationTables } from './tables.ts'

type ClaimRow = RegistrationTables['registration_claim']

export const claimStore: ClaimStore = {
  async insert(sql, claim, hash) {
    const { id, tenant, household, kind, serial, device, uses, used, approval } = claim
    const { serialPrefix, order, createdBy, createdAt, expiresAt } = claim
    await queries<RegistrationTables>(sql)
      .insertInto('registration_claim')
      .values({
        id,
        tenant,
        secret_hash: bytes(hash),
        household,
        serial,
        device,
        uses,
        used,
        kind,
        approval,
        serial_prefix: serialPrefix,
        order_id: order,
        created_by: createdBy,
        created_at: new Date(createdAt),
        expires_at: new Date(expiresAt),
        revoked_at: null,
      })
      .execute()
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
