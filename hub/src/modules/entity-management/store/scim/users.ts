import type { Sql } from '../../../../platform/database.ts'
import type { ScimUserStore } from '../../app/scim/storage.ts'
import type { ScimObject } from '../../domain/scim/resource.ts'
import type { ResolvedPath } from '../../domain/scim/schemas.ts'
import type { Named, ScimUser } from '../../domain/scim/user-resource.ts'
import { filterSql, sortSql, type Place } from './filter-sql.ts'

interface Row {
  id: string
  tenant: string
  user_name: string
  external_id: string | null
  active: boolean
  attributes: ScimObject
  version: number
  user_version: number
  name: string
  email: string | null
  households: Named[]
  groups: Named[]
  created_at: Date
  changed_at: Date
}

/** entity_account, and what the person's own rows have. */
export const scimUserStore: ScimUserStore = {
  async taken(sql, accounts) {
    const rows = accounts.map(({ user, tenant, userName }) => ({ user, tenant, userName }))
    const found = await sql<{ user: string }[]>`
      select r."user" from jsonb_to_recordset(${sql.json(rows)}::jsonb) as r ("user" text, tenant text, "userName" text)
      join entity_account a on a.tenant = r.tenant and a.user_name_key = lower(r."userName") and a.user_id <> r."user"`
    return new Set(found.map(({ user }) => user))
  },

  async insert(sql, accounts, at) {
    const rows = accounts.map(({ user, tenant, userName, externalId, active, attributes }) => {
      return { user, tenant, userName, externalId, active, attributes }
    })
    const written = await sql<{ user_id: string }[]>`
      insert into entity_account (user_id, tenant, user_name, external_id, active, attributes, created_at, changed_at)
      select "user", tenant, "userName", "externalId", active, attributes, ${at}, ${at}
      from jsonb_to_recordset(${sql.json(rows as never)}::jsonb) as r
        ("user" text, tenant text, "userName" text, "externalId" text, active boolean, attributes jsonb)
      on conflict do nothing returning user_id`
    const made = new Set(written.map((row) => row.user_id))
    return accounts.map(({ user }) => user).filter((user) => !made.has(user))
  },

  async find(sql, ids, lock = false) {
    if (lock) await sql`select 1 from entity_account where user_id = any(${ids as string[]}) for update`
    const rows = await sql<Row[]>`${userSelect(sql)} where a.user_id = any(${ids as string[]})`
    return rows.map(userOf)
  },

  async list(sql, { tenant, only, filter, sort, offset, limit }) {
    const where = sql`a.tenant = ${tenant} ${only === null ? sql`` : sql`and a.user_id = ${only}`} ${filter === null ? sql`` : sql`and (${filterSql(sql, filter, places(sql))})`}`
    const [rows, counted] = await Promise.all([
      limit === 0
        ? []
        : sql<Row[]>`
            ${userSelect(sql)} where ${where}
            order by ${sort === null ? sql`` : sql`${sortSql(sql, sort, places(sql))},`} a.user_id offset ${offset} limit ${limit}`,
      sql<{ total: number }[]>`
        select count(*)::int as total from entity_account a join entity_user u on u.id = a.user_id where ${where}`,
    ])
    return { rows: rows.map(userOf), total: counted[0]!.total }
  },

  async update(sql, { user, userName, externalId, active, attributes, tenant }, at) {
    if ((await this.taken(sql, [{ user, tenant, userName }])).size > 0) return false
    await sql`
      update entity_account set user_name = ${userName}, external_id = ${externalId}, active = ${active},
        attributes = ${sql.json(attributes as never)}, version = version + 1, changed_at = ${at}
      where user_id = ${user}`
    return true
  },

  async knownAs(sql, tenant, { email, subject }) {
    const rows = await sql<{ user_id: string }[]>`
      select user_id from entity_account where tenant = ${tenant} and (external_id = ${subject} or user_name_key = ${email})
      union
      select a.user_id from entity_user u join entity_account a on a.user_id = u.id
      where u.tenant = ${tenant} and lower(u.email) = ${email}
      limit 2`
    return rows.length === 1 ? rows[0]!.user_id : null
  },

  async note(sql, accounts, at) {
    await sql`
      insert into entity_account (user_id, tenant, user_name, active, created_at, changed_at)
      select "user", tenant, "userName", active, ${at}, ${at}
      from jsonb_to_recordset(${sql.json(accounts as never)}::jsonb) as r ("user" text, tenant text, "userName" text, active boolean)
      on conflict (user_id) do update
        set active = excluded.active, version = entity_account.version + 1, changed_at = excluded.changed_at
        where entity_account.active <> excluded.active`
  },

  async remove(sql, user) {
    await sql`delete from entity_account where user_id = ${user}`
  },
}

function userSelect(sql: Sql) {
  return sql`
    select u.id, a.tenant, a.user_name, a.external_id, a.active, a.attributes, a.version, u.version as user_version, u.name, u.email,
      a.created_at, a.changed_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name) order by h.id)
        from entity_membership m join entity_household h on h.id = m.household where m.user_id = u.id), '[]') as households,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.id)
        from entity_user_group_member m join entity_user_group g on g.id = m.group_id where m.user_id = u.id), '[]') as groups
    from entity_account a join entity_user u on u.id = a.user_id`
}

function userOf(row: Row): ScimUser {
  const { user_name, external_id, user_version, created_at, changed_at, ...rest } = row
  const [createdAt, changedAt] = [created_at.getTime(), changed_at.getTime()]
  return { ...rest, userName: user_name, externalId: external_id, userVersion: user_version, createdAt, changedAt }
}

/** Where the attributes of a user are kept. */
function places(sql: Sql) {
  const columns: Readonly<Record<string, Place>> = {
    id: { column: sql`a.user_id` },
    userName: { column: sql`a.user_name_key`, folded: true },
    externalId: { column: sql`a.external_id` },
    displayName: { column: sql`u.name` },
    active: { column: sql`a.active` },
    'meta.created': { column: sql`a.created_at` },
    'meta.lastModified': { column: sql`a.changed_at` },
  }
  const lists: Readonly<Record<string, Place>> = {
    households: {
      exists: (condition) => sql`exists (select from entity_membership m where m.user_id = a.user_id and ${condition})`,
      field: (name) => (name === 'value' ? sql`m.household` : null),
    },
    groups: {
      exists: (condition) => sql`
        exists (select from entity_user_group_member m join entity_user_group g on g.id = m.group_id
          where m.user_id = a.user_id and ${condition})`,
      field: (name) => (name === 'value' ? sql`m.group_id` : name === 'display' ? sql`g.name` : null),
    },
  }
  return ({ extension, attribute, sub }: ResolvedPath): Place | null => {
    const name = sub === null ? attribute.name : `${attribute.name}.${sub.name}`
    if (columns[name] !== undefined && extension === null) return columns[name]
    if (attribute.name === 'meta') return null
    if (lists[attribute.name] !== undefined) return lists[attribute.name]!
    const path = [...(extension === null ? [] : [extension.id]), attribute.name]
    if (!attribute.multiValued) {
      const deep = attribute.type === 'complex' ? [...path, sub?.name ?? 'value'] : path
      return { column: sql`(a.attributes #>> ${deep}::text[])` }
    }
    return {
      exists: (condition) => sql`
        exists (select from jsonb_array_elements(coalesce(a.attributes #> ${path}::text[], '[]')) as e (value) where ${condition})`,
      field: (part) => sql`(e.value ->> ${part}::text)`,
      first: (part) => sql`
        (select e.value ->> ${part}::text
          from jsonb_array_elements(coalesce(a.attributes #> ${path}::text[], '[]')) with ordinality as e (value, n)
          order by (e.value ->> 'primary') is distinct from 'true', n limit 1)`,
    }
  }
}
