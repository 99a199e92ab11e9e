import type { IdentityProviderStore } from '../app/storage.ts'
import type { IdentityProvider, RoleMapping } from '../domain/identity-provider.ts'
import { bytes } from './tables.ts'

interface Row {
  id: string
  tenant: string
  name: string
  issuer: string
  client_id: string
  client_secret: Buffer | null
  scopes: string[]
  roles_claim: string | null
  roles_by_value: RoleMapping['roles']
  disabled: boolean
  version: number
  created_at: Date
}

export const identityProviderStore: IdentityProviderStore = {
  async insert(sql, { id, tenant, name, issuer, clientId, scopes, roleMapping, createdAt }, secret) {
    const result = await sql`
      insert into registration_identity_provider
        (id, tenant, name, issuer, client_id, client_secret, scopes, roles_claim, roles_by_value, created_at)
      values (${id}, ${tenant}, ${name}, ${issuer}, ${clientId}, ${secret}, ${scopes as string[]},
        ${roleMapping?.claim ?? null}, ${sql.json(roleMapping?.roles ?? {})}, ${new Date(createdAt)})
      on conflict do nothing`
    return result.count === 1
  },

  async find(sql, id, lock = false) {
    const rows = await sql<Row[]>`
      select * from registration_identity_provider where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] ? providerOf(rows[0]) : null
  },

  async withSecret(sql, id) {
    const rows = await sql<Row[]>`select * from registration_identity_provider where id = ${id}`
    const row = rows[0]
    return row ? { provider: providerOf(row), secret: row.client_secret && Buffer.from(row.client_secret) } : null
  },

  async page(sql, { limit, after = '' }, { tenant }) {
    const rows = await sql<Row[]>`
      select * from registration_identity_provider
      where tenant = ${tenant} and id > ${after} order by id limit ${limit}`
    return rows.map(providerOf)
  },

  async offered(sql, tenants, most) {
    return await sql<{ id: string; name: string }[]>`
      select p.id, p.name from registration_identity_provider p join registration_tenant t on t.id = p.tenant
      where t.id = any(${tenants as string[]}::text[]) and not t.disabled and not p.disabled
      order by p.name, p.id limit ${most}`
  },

  async update(sql, { id, name, scopes, roleMapping, disabled, version }, secret) {
    await sql`
      update registration_identity_provider set name = ${name}, scopes = ${scopes as string[]},
        roles_claim = ${roleMapping?.claim ?? null}, roles_by_value = ${sql.json(roleMapping?.roles ?? {})},
        disabled = ${disabled}, version = ${version} ${secret === undefined ? sql`` : sql`, client_secret = ${secret}`}
      where id = ${id}`
  },

  async remove(sql, id) {
    await sql`delete from registration_identity_provider where id = ${id}`
  },

  async identity(sql, { tenant, issuer }, subject) {
    const rows = await sql<{ account: string; mapped: boolean }[]>`
      select account, mapped from registration_identity
      where tenant = ${tenant} and issuer = ${issuer} and subject = ${subject}`
    return rows[0] ?? null
  },

  async isLinked(sql, account) {
    const rows = await sql`select 1 from registration_identity where account = ${account} limit 1`
    return rows.length > 0
  },

  async link(sql, { tenant, issuer }, subject, { account, mapped }, at) {
    await sql`
      insert into registration_identity (tenant, issuer, subject, account, mapped, created_at)
      values (${tenant}, ${issuer}, ${subject}, ${account}, ${mapped}, ${at})`
  },

  async begin(sql, { state, browser, provider, expiresAt }) {
    await sql`
      insert into registration_oidc_login (state_hash, tenant, browser_hash, provider, expires_at)
      values (${bytes(state)}, ${provider.tenant}, ${bytes(browser)}, ${provider.id}, ${expiresAt})`
  },

  async finish(sql, provider, state, browser, now) {
    const rows = await sql`
      delete from registration_oidc_login
      where state_hash = ${bytes(state)} and provider = ${provider} and browser_hash = ${bytes(browser)}
      returning expires_at > ${now} as good`
    return rows[0]?.['good'] === true
  },

  async forgetExpired(sql, now) {
    await sql`delete from registration_oidc_login where expires_at <= ${now}`
  },
}

function providerOf(row: Row): IdentityProvider {
  const { id, tenant, name, issuer, client_id, scopes, roles_claim, roles_by_value, disabled, version } = row
  const roleMapping = roles_claim === null ? null : { claim: roles_claim, roles: roles_by_value }
  const createdAt = row.created_at.getTime()
  return { id, tenant, name, issuer, clientId: client_id, scopes, roleMapping, disabled, version, createdAt }
}
