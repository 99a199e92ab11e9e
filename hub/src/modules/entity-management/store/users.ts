import { sql as fragment, type Kysely } from 'kysely'
import { queries, type Sql } from '../../../platform/database.ts'
import type { UserStore } from '../app/storage.ts'
import type { User } from '../domain/entities.ts'
import { tagged, type EntityTables } from './tables.ts'

export const userStore: UserStore = {
  async insert(sql, users) {
    const rows = users.map(({ id, tenant, name, email, tags, attributes, version, createdAt }) => {
      return { id, tenant, name, email, tags, attributes, version, created_at: new Date(createdAt) }
    })
    await sql`
      insert into entity_user (id, tenant, name, email, tags, attributes, version, created_at)
      select id, tenant, name, email, tags, attributes, version, created_at
      from jsonb_to_recordset(${sql.json(rows as never)}) as r (id text, tenant text, name text, email text, tags text[],
        attributes jsonb, version int, created_at timestamptz)`
    await insertMemberships(sql, users)
  },

  async find(sql, ids, lock = false) {
    if (ids.length === 0) return []
    const query = withHouseholds(queries<EntityTables>(sql)).where('entity_user.id', 'in', ids)
    return (await (lock ? query.forUpdate() : query).execute()).map(userOf)
  },

  async page(sql, { limit, after, household, tag }, scope) {
    let query = withHouseholds(queries<EntityTables>(sql))
      .where('entity_user.tenant', '=', scope.tenant)
      .where('entity_user.merged_into', 'is', null)
      .where('entity_user.erased_at', 'is', null)
      .limit(limit)
    if (tag !== undefined) query = query.where(tagged('entity_user', tag))
    if (after !== undefined) query = query.where('entity_user.id', '>', after)
    if (household !== undefined) query = query.where(memberOf([household]))
    if (!scope.all) {
      query = query.where((by) => by.or([by('entity_user.id', '=', scope.owner), memberOf(scope.households)]))
    }
    return (await query.execute()).map(userOf)
  },

  async update(sql, user) {
    const { id, name, email, tags, attributes, version } = user
    await sql`
      update entity_user set name = ${name}, email = ${email}, tags = ${[...tags]}, attributes = ${sql.json(attributes)},
        version = ${version}
      where id = ${id}`
    await queries<EntityTables>(sql).deleteFrom('entity_membership').where('user_id', '=', id).execute()
    await insertMemberships(sql, [user])
  },
}

/** Users with their households as one sorted array. */
function withHouseholds(tables: Kysely<EntityTables>) {
  return tables
    .selectFrom('entity_user')
    .selectAll()
    .select(
      fragment<string[]>`array(
        select household from entity_membership where user_id = entity_user.id order by household)`.as('households'),
    )
    .orderBy('entity_user.id')
}

function memberOf(households: readonly string[]) {
  return fragment<boolean>`exists (
    select from entity_membership where user_id = entity_user.id and household = any(${[...households]}::text[]))`
}

async function insertMemberships(sql: Sql, users: readonly User[]): Promise<void> {
  const rows = users.flatMap(({ id, households }) => households.map((household) => ({ user_id: id, household })))
  if (rows.length === 0) return
  await queries<EntityTables>(sql).insertInto('entity_membership').values(rows).execute()
}

function userOf(row: EntityTables['entity_user'] & { households: string[] }): User {
  const { created_at, merged_into, erased_at, ...rest } = row
  return { ...rest, mergedInto: merged_into, erasedAt: erased_at?.getTime() ?? null, createdAt: created_at.getTime() }
}
