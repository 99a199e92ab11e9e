import type { Sql } from '../../../platform/database.ts'
import { mostKept, type Merged } from '../../../platform/keepers.ts'
import type { PeopleStore } from '../app/people/storage.ts'

type Counts = Record<string, number>

/** What concerns people as wholes: all that is known of one, what erases one, what makes two one. */
export const peopleStore: PeopleStore = {
  async kept(sql, id) {
    const [row] = await sql<{ kept: Record<string, unknown> }[]>`
      select jsonb_build_object(
        'households', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name) order by h.id), '[]')
          from entity_membership m join entity_household h on h.id = m.household where m.user_id = ${id}),
        'preferences', (select document from entity_preference where kind = 'user' and id = ${id}),
        'notes', (select coalesce(jsonb_agg(jsonb_build_object('at', created_at, 'author', author, 'text', text)), '[]')
          from (select * from entity_note where kind = 'user' and subject = ${id} order by id desc limit ${mostKept}) n),
        'history', (select coalesce(jsonb_agg(jsonb_build_object('at', at, 'owner', owner, 'by', actor, 'changes', changes)), '[]')
          from (select * from entity_history where kind = 'user' and subject = ${id} order by id desc limit ${mostKept}) c),
        'provisioned', (select jsonb_build_object('userName', user_name, 'externalId', external_id, 'attributes', attributes)
          from entity_account where user_id = ${id}),
        'directories', (select coalesce(jsonb_agg(jsonb_build_object('directory', d.name, 'entry', l.entry)), '[]')
          from entity_directory_link l join entity_directory d on d.id = l.directory where l.user_id = ${id}),
        'groups', (select coalesce(jsonb_agg(g.name order by g.name), '[]') from entity_user_group_member m
          join entity_user_group g on g.id = m.group_id where m.user_id = ${id}),
        'mergedFrom', (select coalesce(jsonb_agg(id order by id), '[]') from entity_user where merged_into = ${id})) as kept`
    return row!.kept
  },

  async counts(sql, id) {
    const [row] = await sql<Counts[]>`
      select (select count(*)::int from entity_membership where user_id = ${id}) as memberships,
        (select count(*)::int from entity_preference where kind = 'user' and id = ${id}) as preferences,
        (select count(*)::int from entity_note where kind = 'user' and subject = ${id}) as notes,
        (select count(*)::int from entity_history where kind = 'user' and subject = ${id}) as history,
        (select count(*)::int from entity_note where author = ${id} and not (kind = 'user' and subject = ${id})) as written,
        (select count(*)::int from entity_user_group_member where user_id = ${id}) as groups,
        (select count(*)::int from entity_directory_link where user_id = ${id}) as links,
        (select count(*)::int from entity_user where merged_into = ${id}) as merged`
    return row!
  },

  async erase(sql, id, at) {
    const gone = sql`(select id from entity_user where id = ${id} or merged_into = ${id})`
    await sql`delete from entity_membership where user_id in ${gone}`
    await sql`delete from entity_user_group_member where user_id in ${gone}`
    await sql`delete from entity_account where user_id in ${gone}`
    await sql`delete from entity_directory_link where user_id in ${gone}`
    await sql`delete from entity_preference where kind = 'user' and id in ${gone}`
    await sql`delete from entity_note where kind = 'user' and subject in ${gone}`
    await sql`delete from entity_history where kind = 'user' and subject in ${gone}`
    await sql`delete from entity_import_key where subject in ${gone}`
    const erased = await sql<{ id: string }[]>`
      update entity_user set name = 'erased', email = null, tags = '{}', attributes = '{}', erased_at = ${at}, version = version + 1
      where id in ${gone} returning id`
    await sql`delete from entity_search where id in ${gone}`
    return erased.map((row) => row.id)
  },

  async mergeUsers(sql, { from, into }) {
    await sql`
      insert into entity_membership (user_id, household) select ${into}, household from entity_membership where user_id = ${from}
      on conflict do nothing`
    await sql`delete from entity_membership where user_id = ${from}`
    await sql`
      insert into entity_user_group_member (group_id, user_id)
      select group_id, ${into} from entity_user_group_member where user_id = ${from} on conflict do nothing`
    await sql`delete from entity_user_group_member where user_id = ${from}`
    await sql`delete from entity_account where user_id = ${from}`
    await sql`
      update entity_directory_link set user_id = ${into} where user_id = ${from}
        and not exists (select from entity_directory_link where user_id = ${into})`
    await sql`delete from entity_directory_link where user_id = ${from}`
    await moveRest(sql, 'user', { from, into })
    await sql`update entity_user set merged_into = ${into} where merged_into = ${from}`
    await sql`
      update entity_user i set email = coalesce(i.email, f.email), tags = ${union(sql)}, attributes = f.attributes || i.attributes,
        version = i.version + 1
      from entity_user f where i.id = ${into} and f.id = ${from}`
    await sql`
      update entity_user set name = 'merged', email = null, tags = '{}', attributes = '{}', merged_into = ${into},
        version = version + 1 where id = ${from}`
    await sql`delete from entity_search where id = ${from}`
  },

  async mergeHouseholds(sql, { from, into }) {
    await sql`
      insert into entity_membership (user_id, household) select user_id, ${into} from entity_membership where household = ${from}
      on conflict do nothing`
    await sql`delete from entity_membership where household = ${from}`
    await sql`update entity_device set household = ${into}, version = version + 1 where household = ${from}`
    await sql`update entity_fleet set household = ${into} where household = ${from}`
    await moveRest(sql, 'household', { from, into })
    await sql`update entity_household set merged_into = ${into} where merged_into = ${from}`
    await sql`
      update entity_household i set tags = ${union(sql)}, attributes = f.attributes || i.attributes, version = i.version + 1
      from entity_household f where i.id = ${into} and f.id = ${from}`
    await sql`
      update entity_household set name = 'merged', tags = '{}', attributes = '{}', merged_into = ${into}, version = version + 1
      where id = ${from}`
    await sql`delete from entity_search where id = ${from}`
  },

  async mergeCounts(sql, kind, { from, into }) {
    const [row] = await sql<Counts[]>`
      select (select count(*)::int from entity_membership
          where ${kind === 'user' ? sql`user_id` : sql`household`} = ${from}) as memberships,
        (select count(*)::int from entity_device where ${kind === 'household'} and household = ${from}) as devices,
        (select count(*)::int from entity_user_group_member where ${kind === 'user'} and user_id = ${from}) as groups,
        (select count(*)::int from entity_directory_link where ${kind === 'user'} and user_id = ${from}) as links,
        (select count(*)::int from entity_directory_link where ${kind === 'user'} and user_id = ${into}) as linked,
        (select count(*)::int from entity_note where kind = ${kind} and subject = ${from}) as notes,
        (select count(*)::int from entity_history where kind = ${kind} and subject = ${from}) as history,
        (select count(*)::int from entity_preference where kind = ${kind} and id = ${from}) as preferences,
        (select count(*)::int from entity_preference where kind = ${kind} and id = ${into}) as kept`
    return row!
  },

  // What is the same twice is told once: by the e-mail address where both have it.
  async duplicateUsers(sql, tenant, limit, after) {
    return sql`
      select key, case when key like 'e-mail %' then 'e-mail' else 'name-and-household' end as because, users from (
        select key, (array_agg(distinct id order by id))[1:20] as users from (
          select 'e-mail ' || lower(email) as key, id from entity_user
          where tenant = ${tenant} and email is not null and ${here(sql)}
          union all
          select 'name ' || lower(regexp_replace(name, '\\s+', ' ', 'g')) || ' ' || m.household, u.id from entity_user u
          join entity_membership m on m.user_id = u.id where tenant = ${tenant} and ${here(sql)}) as keyed
        group by key having count(distinct id) > 1) as same
      where key > ${after ?? ''} order by key limit ${limit}`
  },

  async duplicateHouseholds(sql, tenant, limit, after) {
    return sql`
      select key, 'name-and-time-zone' as because, households from (
        select lower(regexp_replace(name, '\\s+', ' ', 'g')) || ' ' || time_zone as key, (array_agg(id order by id))[1:20] as households
        from entity_household where tenant = ${tenant} and merged_into is null group by 1 having count(*) > 1) as same
      where key > ${after ?? ''} order by key limit ${limit}`
  },
}

function here(sql: Sql) {
  return sql`merged_into is null and erased_at is null`
}

function union(sql: Sql) {
  return sql`(select coalesce(array_agg(distinct tag order by tag), '{}') from unnest(i.tags || f.tags) as tag)`
}

/** Notes and history move; preferences only where the one that stays has none. */
async function moveRest(sql: Sql, kind: 'user' | 'household', { from, into }: Omit<Merged, 'tenant'>): Promise<void> {
  await sql`update entity_note set subject = ${into} where kind = ${kind} and subject = ${from}`
  await sql`update entity_history set subject = ${into} where kind = ${kind} and subject = ${from}`
  await sql`
    update entity_preference p set id = ${into} where kind = ${kind} and id = ${from}
      and not exists (select from entity_preference where kind = ${kind} and id = ${into})`
  await sql`delete from entity_preference where kind = ${kind} and id = ${from}`
}
