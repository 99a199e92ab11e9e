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
      .innerJoin('registration_account', 'user_id', 'account')
      .selectAll('registration_api_key')
      .select('tenant')
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? apiKeyOf(row) : null
  },

  async page(sql, { limit, after = '', action }, scope) {
    let query = queries<RegistrationTables>(sql)
      .selectFrom('registration_api_key')
      .innerJoin('registration_account', 'user_id', 'account')
      .selectAll('registration_api_key')
      .select('tenant')
      .where('tenant', '=', scope.tenant)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
    if (!scope.all) query = query.where('account', '=', scope.owner)
    if (action !== undefined) query = query.where((is) => is(is.val(action), '=', is.fn.any('actions')))
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
    const rows = await sql<(RegistrationTables['registration_api_key'] & { tenant: string })[]>`
      update registration_api_key k set expiry_told = true from registration_account a
      where a.user_id = k.account and not k.expiry_told and k.revoked_at is null and k.expires_at > ${now}
        and k.expires_at <= ${new Date(now.getTime() + notice)}
        and k.expires_at - k.created_at > ${notice / 1000} * interval '1 second'
      returning k.*, a.tenant`
    return rows.map(apiKeyOf)
  },
}

function apiKeyOf(row: RegistrationTables['registration_api_key'] & { tenant: string }): ApiKey {
  const { id, tenant, account, name, roles, actions, created_at, expires_at, revoked_at, last_used_at } = row
  return {
    id,
    tenant,
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
