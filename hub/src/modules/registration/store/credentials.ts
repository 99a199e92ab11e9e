import type { Action, Role } from '../../../platform/access.ts'
import type { Sql } from '../../../platform/database.ts'
import type { CredentialOwner, CredentialStore } from '../app/storage.ts'
import { bytes } from './tables.ts'

interface OwnerRow {
  user_id: string
  name: string
  account_roles: Role[]
  version: number
  created_at: Date
  key_name: string | null
  roles: Role[]
  actions: Action[] | null
  expires_at: Date
}

export const credentialStore: CredentialStore = {
  async session(sql, hash, now) {
    const rows = await sql<OwnerRow[]>`
      ${accountColumns(sql)}, null as key_name, a.roles, null as actions, c.expires_at
      from registration_session c join registration_account a on a.user_id = c.account
      where c.token_hash = ${bytes(hash)} and c.expires_at > ${now} and not a.disabled`
    return rows[0] ? ownerOf(rows[0], 'person') : null
  },

  async apiKey(sql, hash, now) {
    const rows = await sql<OwnerRow[]>`
      ${accountColumns(sql)}, c.name as key_name, c.roles, c.actions, c.expires_at
      from registration_api_key c join registration_account a on a.user_id = c.account
      where c.token_hash = ${bytes(hash)} and c.expires_at > ${now} and c.revoked_at is null and not a.disabled`
    return rows[0] ? ownerOf(rows[0], 'system') : null
  },

  async addSession(sql, account, hash, createdAt, expiresAt, most) {
    await sql`
      insert into registration_session (token_hash, account, created_at, expires_at)
      values (${bytes(hash)}, ${account}, ${createdAt}, ${expiresAt})`
    await sql`
      delete from registration_session where token_hash in (
        select token_hash from registration_session where account = ${account}
        order by created_at desc, token_hash offset ${most})`
  },

  async endSession(sql, hash) {
    await sql`delete from registration_session where token_hash = ${bytes(hash)}`
  },

  async endSessions(sql, account) {
    await sql`delete from registration_session where account = ${account}`
  },

  async forgetExpired(sql, now) {
    await sql`delete from registration_session where expires_at <= ${now}`
  },
}

function accountColumns(sql: Sql) {
  return sql`select a.user_id, a.name, a.roles as account_roles, a.version, a.created_at`
}

function ownerOf(row: OwnerRow, kind: CredentialOwner['kind']): CredentialOwner {
  return {
    account: {
      id: row.user_id,
      name: row.name,
      roles: row.account_roles,
      disabled: false,
      version: row.version,
      createdAt: row.created_at.getTime(),
    },
    kind,
    keyName: row.key_name,
    roles: row.roles,
    actions: row.actions,
    expiresAt: row.expires_at.getTime(),
  }
}
