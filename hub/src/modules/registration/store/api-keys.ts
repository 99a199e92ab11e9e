import { queries } from '../../../platform/database.ts'
import type { ApiKeyStore } from '../app/storage.ts'
import type { ApiKey } from '../domain/account.ts'
import { bytes, type RegistrationTables } from './tables.ts'

export const apiKeyStore: ApiKeyStore = {
  async insert(sql, { id, account, name, roles, actions, createdAt, expiresAt }, hash) {
    await queries<RegistrationTables>(sql)
      .insertInto('registration_api_key')
      .values({
        id,
        token_hash: bytes(hash),
        account,
        name,
        roles: [...roles],
        actions: actions === null ? null : [...actions],
        created_at: new Date(createdAt),
        expires_at: new Date(expiresAt),
        revoked_at: null,
        last_used_at: null,
        expiry_told: false,
      })
      .execute()
  },

  async find(sql, id) {
    const row = await queries<RegistrationTables>(sql)
      .selectFrom('registration_api_key')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? apiKeyOf(row) : null
  },

  async page(sql, { limit, after = '' }, scope) {
    let query = queries<RegistrationTables>(sql)
      .selectFrom('registration_api_key')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
    if (!scope.all) query = query.where('account', '=', scope.owner)
    return (await query.execute()).map(apiKeyOf)
  },

  async revoke(sql, id, at) {
    await queries<RegistrationTables>(sql)
      .updateTable('registration_api_key')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .execute()
  },

  async expiring(sql, now, notice) {
    const rows = await sql<RegistrationTables['registration_api_key'][]>`
      update registration_api_key set expiry_told = true
      where not expiry_told and revoked_at is null and expires_at > ${now}
        and expires_at <= ${new Date(now.getTime() + notice)}
        and expires_at - created_at > ${notice / 1000} * interval '1 second'
      returning *`
    return rows.map(apiKeyOf)
  },
}

function apiKeyOf(row: RegistrationTables['registration_api_key']): ApiKey {
  const { id, account, name, roles, actions, created_at, expires_at, revoked_at, last_used_at } = row
  return {
    id,
    account,
    name,
    roles,
    actions,
    createdAt: created_at.getTime(),
    expiresAt: expires_at.getTime(),
    revokedAt: revoked_at?.getTime() ?? null,
    lastUsedAt: last_used_at?.getTime() ?? null,
  }
}
