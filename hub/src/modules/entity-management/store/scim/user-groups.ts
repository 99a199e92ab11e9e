import type { Role } from '../../../../platform/access.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { UserGroupStore } from '../../app/scim/storage.ts'
import type { UserGroup } from '../../domain/scim/group-resource.ts'
import type { ResolvedPath } from '../../domain/scim/schemas.ts'
import type { Named } from '../../domain/scim/user-resource.ts'
import { filterSql, sortSql, type Place } from './filter-sql.ts'

interface Row {
  id: string
  tenant: string
  name: string
  external_id: string | null
  roles: Role[]
  version: number
  created_at: Date
  changed_at: Date
}

const columns = (sql: Sql) => sql`g.id, g.tenant, g.name, g.external_id, g.roles, g.version, g.created_at, g.changed_at`

export const userGroupStore: UserGroupStore = {
  async insert(sql, { id, tenant, name, externalId, roles, version, createdAt, changedAt }) {
    const { count } = await sql`
      insert into entity_user_group (id, tenant, name, external_id, roles, version, created_at, changed_at)
      values (${id}, ${tenant}, ${name}, ${externalId}, ${roles as Role[]}, ${version}, ${new Date(createdAt)}, ${new Date(changedAt)})
      on conflict do nothing`
    return count === 1
  },

  async find(sql, id, lock = false) {
    const rows = await sql<Row[]>`
      select ${columns(sql)} from entity_user_group g where g.id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] ? groupOf(rows[0]) : null
  },

  async list(sql, { tenant, filter, sort, offset, limit }) {
    const where = sql`g.tenant = ${tenant} ${filter === null ? sql`` : sql`and (${filterSql(sql, filter, places(sql))})`}`
    const [rows, counted] = await Promise.all([
      limit === 0
        ? []
        : sql<Row[]>`
            select ${columns(sql)} from entity_user_group g where ${where}
            order by ${sort === null ? sql`` : sql`${sortSql(sql, sort, places(sql))},`} g.id offset ${offset} limit ${limit}`,
      sql<{ total: number }[]>`select count(*)::int as total from entity_user_group g where ${where}`,
    ])
    return { rows: rows.map(groupOf), total: counted[0]!.total }
  },

  async page(sql, { limit, after = '', user }, tenant) {
    const isIn = sql`and exists (select from entity_user_group_member m where m.group_id = g.id and m.user_id = ${user ?? ''})`
    const rows = await sql<(Row & { members: number })[]>`
      select ${columns(sql)}, (select count(*)::int from entity_user_group_member m where m.group_id = g.id) as members
      from entity_user_group g where g.tenant = ${tenant} and g.id > ${after} ${user === undefined ? sql`` : isIn}
      order by g.id limit ${limit}`
    return rows.map((row) => ({ ...groupOf(row), members: row.members }))
  },

  async update(sql, { id, tenant, name, externalId, roles, version, changedAt }) {
    const taken = await sql`
      select 1 from entity_user_group where tenant = ${tenant} and name_key = ${name.toLowerCase()} and id <> ${id}`
    if (taken.length > 0) return false
    await sql`
      update entity_user_group set name = ${name}, external_id = ${externalId}, roles = ${roles as Role[]}, version = ${version},
        changed_at = ${new Date(changedAt)}
      where id = ${id}`
    return true
  },

  async remove(sql, id) {
    await sql`delete from entity_user_group where id = ${id}`
  },

  async members(sql, groups, limit) {
    return sql<(Named & { group: string })[]>`
      select m.group_id as "group", u.id, u.name from entity_user_group_member m join entity_user u on u.id = m.user_id
      where m.group_id = any(${groups as string[]}) order by m.group_id, m.user_id limit ${limit}`
  },

  async memberPage(sql, group, { limit, after = '' }) {
    return sql<Named[]>`
      select u.id, u.name from entity_user_group_member m join entity_user u on u.id = m.user_id
      where m.group_id = ${group} and m.user_id > ${after} order by m.user_id limit ${limit}`
  },

  async countMembers(sql, groups) {
    const rows = await sql<{ group_id: string; count: number }[]>`
      select group_id, count(*)::int as count from entity_user_group_member where group_id = any(${groups as string[]}) group by 1`
    return new Map(rows.map(({ group_id, count }) => [group_id, count]))
  },

  async known(sql, tenant, users) {
    const rows = await sql<{ user_id: string }[]>`
      select user_id from entity_account where tenant = ${tenant} and user_id = any(${users as string[]})`
    return new Set(rows.map((row) => row.user_id))
  },

  async join(sql, group, users) {
    const rows = await sql<{ user_id: string }[]>`
      insert into entity_user_group_member (group_id, user_id) select ${group}, unnest(${users as string[]}::text[])
      on conflict do nothing returning user_id`
    return rows.map((row) => row.user_id)
  },

  async leave(sql, group, users) {
    const rows = await sql<{ user_id: string }[]>`
      delete from entity_user_group_member where group_id = ${group}
        ${users === null ? sql`` : sql`and user_id = any(${users as string[]})`} returning user_id`
    return rows.map((row) => row.user_id)
  },

  async leaveAll(sql, user) {
    await sql`delete from entity_user_group_member where user_id = ${user}`
  },

  async roles(sql, user) {
    const rows = await sql<{ role: Role }[]>`
      select distinct unnest(g.roles) as role from entity_user_group_member m join entity_user_group g on g.id = m.group_id
      where m.user_id = ${user} order by 1`
    return rows.map((row) => row.role)
  },
}

function groupOf(row: Row): UserGroup {
  const { id, tenant, name, external_id, roles, version } = row
  const [createdAt, changedAt] = [row.created_at.getTime(), row.changed_at.getTime()]
  return { id, tenant, name, externalId: external_id, roles, version, createdAt, changedAt }
}

/** Where the attributes of a group are kept. */
function places(sql: Sql) {
  const known: Readonly<Record<string, Place>> = {
    id: { column: sql`g.id` },
    displayName: { column: sql`g.name_key`, folded: true },
    externalId: { column: sql`g.external_id` },
    'meta.created': { column: sql`g.created_at` },
    'meta.lastModified': { column: sql`g.changed_at` },
  }
  const members: Place = {
    exists: (condition) =>
      sql`exists (select from entity_user_group_member m where m.group_id = g.id and ${condition})`,
    field: (name) => (name === 'value' ? sql`m.user_id` : null),
  }
  return ({ attribute, sub }: ResolvedPath): Place | null => {
    if (attribute.name === 'members') return members
    return known[sub === null ? attribute.name : `${attribute.name}.${sub.name}`] ?? null
  }
}
