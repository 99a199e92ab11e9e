import { queries } from '../../../platform/database.ts'
import type { AccountStore } from '../app/storage.ts'
import type { Account } from '../domain/account.ts'
import type { RegistrationTables } from './tables.ts'

type AccountRow = RegistrationTables['registration_account']

export const accountStore: AccountStore = {
  async insert(sql, { id, tenant, name, roles, disabled, version, createdAt }, password) {
    const result = await queries<RegistrationTables>(sql)
      .insertInto('registration_account')
      .values({
        user_id: id,
        tenant,
        name,
        password,
        roles: [...roles],
        disabled,
        version,
        created_at: new Date(createdAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return result.numInsertedOrUpdatedRows === 1n
  },

  async insertProvisioned(sql, accounts) {
    const rows = accounts.map(({ id, createdAt, ...rest }) => ({
      ...rest,
      user_id: id,
      created_at: new Date(createdAt),
    }))
    const written = await sql<{ user_id: string }[]>`
      insert into registration_account (user_id, tenant, name, roles, disabled, version, created_at)
      select user_id, tenant, name, roles, disabled, version, created_at
      from jsonb_to_recordset(${sql.json(rows as never)}) as r (user_id text, tenant text, name text, roles text[],
        disabled boolean, version int, created_at timestamptz)
      on conflict do nothing returning user_id`
    return new Set(written.map((row) => row.user_id))
  },

  async find(sql, id, lock = false) {
    const query = queries<RegistrationTables>(sql)
      .selectFrom('registration_account')
      .selectAll()
      .where('user_id', '=', id)
    const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
    return row ? accountOf(row) : null
  },

  async named(sql, name) {
    const row = await queries<RegistrationTables>(sql)
      .selectFrom('registration_account')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst()
    return row ? { account: accountOf(row), password: row.password } : null
  },

  async page(sql, { limit, after = '' }, { tenant }) {
    const rows = await queries<RegistrationTables>(sql)
      .selectFrom('registration_account')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('user_id', '>', after)
      .orderBy('user_id')
      .limit(limit)
      .execute()
    return rows.map(accountOf)
  },

  async update(sql, { id, roles, disabled, version }) {
    await queries<RegistrationTables>(sql)
      .updateTable('registration_account')
      .set({ roles: [...roles], disabled, version })
      .where('user_id', '=', id)
      .execute()
  },

  async remove(sql, id) {
    for (const table of ['registration_session', 'registration_api_key', 'registration_identity'])
      await sql`delete from ${sql(table)} where account = ${id}`
    await sql`delete from registration_account where user_id = ${id}`
  },

  async password(sql, id) {
    const row = await queries<RegistrationTables>(sql)
      .selectFrom('registration_account')
      .select('password')
      .where('user_id', '=', id)
      .executeTakeFirst()
    return row?.password ?? null
  },

  async setPassword(sql, id, password) {
    await queries<RegistrationTables>(sql)
      .updateTable('registration_account')
      .set({ password })
      .where('user_id', '=', id)
      .execute()
  },

  // The table's lock, not the rows': also two first operators must not be made at the same time.
  async lockedOperators(sql, tenant) {
    await sql`lock table registration_account in share row exclusive mode`
    const rows = await sql<{ user_id: string }[]>`
      select user_id from registration_account 
      where tenant = ${tenant} and 'operator' = any(roles) and not disabled`
    return rows.map((row) => row.user_id)
  },
}

function accountOf({ user_id, tenant, name, roles, disabled, version, created_at }: AccountRow): Account {
  return { id: user_id, tenant, name, roles, disabled, version, createdAt: created_at.getTime() }
}
