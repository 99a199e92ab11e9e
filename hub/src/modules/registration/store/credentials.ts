import type { Action, Role } from '../../../platform/access.ts'
import type { Sql } from '../../../platform/database.ts'
import type { CredentialOwner, CredentialStore } from '../app/storage.ts'
import type { OpenSession, SessionKind } from '../domain/account.ts'
import { bytes, hex, text } from './tables.ts'

interface OwnerRow {
  user_id: string
  tenant: string
  name: string
  account_roles: Role[]
  version: number
  created_at: Date
  key_name: string | null
  key_id: string | null
  roles: Role[]
  actions: Action[] | null
  expires_at: Date
}

interface SessionRow {
  token_hash: Buffer
  id: string
  kind: SessionKind
  created_at: Date
  last_used_at: Date
  expires_at: Date
}

/** The last moment that a `Date` can say. */
const endOfTime = new Date(8.64e15)

export const credentialStore: CredentialStore = {
  async session(sql, hash, now, idleSince) {
    const rows = await sql<OwnerRow[]>`
      ${accountColumns(sql)}, null as key_name, null as key_id, a.roles, null as actions, c.expires_at
      from registration_session c join registration_account a on a.user_id = c.account
        join registration_tenant t on t.id = a.tenant and not t.disabled
      where c.token_hash = ${bytes(hash)} and c.expires_at > ${now} and not a.disabled
        and (c.kind = 'token' or c.last_used_at > ${idleSince})`
    return rows[0] ? ownerOf(rows[0], 'person') : null
  },

  async apiKey(sql, hash, now) {
    const rows = await sql<OwnerRow[]>`
      ${accountColumns(sql)}, c.name as key_name, c.id as key_id, c.roles, c.actions, c.expires_at
      from registration_api_key c join registration_account a on a.user_id = c.account
        join registration_tenant t on t.id = a.tenant and not t.disabled
      where c.token_hash = ${bytes(hash)} and c.expires_at > ${now} and c.revoked_at is null and not a.disabled`
    return rows[0] ? ownerOf(rows[0], 'system') : null
  },

  async account(sql, id) {
    const rows = await sql<OwnerRow[]>`
      ${accountColumns(sql)}, null as key_name, null as key_id, a.roles, null as actions, null as expires_at
      from registration_account a join registration_tenant t on t.id = a.tenant and not t.disabled
      where a.user_id = ${id} and not a.disabled`
    return rows[0] ? ownerOf({ ...rows[0], expires_at: endOfTime }, 'person') : null
  },

  async addSession(sql, account, hash, { id, kind, createdAt, lastUsedAt, expiresAt }, most) {
    await sql`
      insert into registration_session (token_hash, id, kind, account, created_at, last_used_at, expires_at)
      values (${bytes(hash)}, ${id}, ${kind}, ${account}, ${new Date(createdAt)}, ${new Date(lastUsedAt)},
        ${new Date(expiresAt)})`
    await sql`
      delete from registration_session where token_hash in (
        select token_hash from registration_session where account = ${account}
        order by created_at desc, token_hash offset ${most})`
  },

  async sessions(sql, account, now, idleSince) {
    const rows = await sql<SessionRow[]>`
      select token_hash, id, kind, created_at, last_used_at, expires_at from registration_session
      where account = ${account} and expires_at > ${now} and (kind = 'token' or last_used_at > ${idleSince})
      order by created_at desc, id`
    return rows.map(sessionOf)
  },

  async used(sql, uses) {
    for (const [kind, table] of [
      ['session', 'registration_session'],
      ['api-key', 'registration_api_key'],
    ] as const) {
      const rows = uses
        .filter((use) => use.kind === kind)
        .map(({ hash, at }) => ({ hash: hex(hash), at: new Date(at).toISOString() }))
      if (rows.length === 0) continue
      // In the order of their keys, so that hubs that write at the same time do not lock one another out.
      await sql`
        with used as (
          select decode(hash, 'hex') as hash, at from jsonb_to_recordset(${sql.json(rows)}) as r (hash text, at timestamptz)),
        locked as (
          select t.token_hash, u.at from ${sql(table)} t join used u on t.token_hash = u.hash
          where t.last_used_at is null or t.last_used_at < u.at order by t.token_hash for update of t)
        update ${sql(table)} t set last_used_at = l.at from locked l where t.token_hash = l.token_hash`
    }
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

function sessionOf(row: SessionRow): OpenSession & { hash: string } {
  const [createdAt, lastUsedAt] = [row.created_at.getTime(), row.last_used_at.getTime()]
  const { id, kind, expires_at, token_hash } = row
  return { id, kind, createdAt, lastUsedAt, expiresAt: expires_at.getTime(), hash: text(token_hash) }
}

function accountColumns(sql: Sql) {
  return sql`select a.user_id, a.tenant, a.name, a.roles as account_roles, a.version, a.created_at`
}

function ownerOf(row: OwnerRow, kind: CredentialOwner['kind']): CredentialOwner {
  return {
    account: {
      id: row.user_id,
      tenant: row.tenant,
      name: row.name,
      roles: row.account_roles,
      disabled: false,
      version: row.version,
      createdAt: row.created_at.getTime(),
    },
    kind,
    keyName: row.key_name,
    keyId: row.key_id,
    roles: row.roles,
    actions: row.actions,
    expiresAt: row.expires_at.getTime(),
  }
}
