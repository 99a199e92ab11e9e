import { sql, type Kysely } from 'kysely'

/**
 * What people look for by words (docs/decisions/0037): one narrow row per device, person, household and group, kept in step by
 * triggers, whoever changes these tables. An entry of its index is three characters of a row, hashed with tenant and kind, so that one
 * tenant's search reads nothing of another's; it needs no extension and knows every script.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await functions(db)
  await sql`
    create table entity_search (
      id text collate "C" primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null,
      household text,
      label text not null,
      detail text,
      words text collate "C" not null
    )`.execute(db)
  await sql`create index entity_search_words on entity_search using gin (entity_search_grams(tenant, kind, words))`.execute(
    db,
  )
  await sql`create index entity_search_tenant on entity_search (tenant, kind, id)`.execute(db)
  await sql`create index entity_search_household on entity_search (household) where household is not null`.execute(db)
  await following(db)
  await sql`
    insert into entity_search (id, tenant, kind, household, label, detail, words)
    select id, tenant, 'device', household, name, serial, entity_search_fold(name, serial) from entity_device
    union all select id, tenant, 'user', null, name, email, entity_search_fold(name, email) from entity_user
    union all select id, tenant, 'household', id, name, time_zone, entity_search_fold(name) from entity_household
    union all select id, tenant, 'group', null, name, kind, entity_search_fold(name) from entity_group`.execute(db)
}

async function functions(db: Kysely<unknown>): Promise<void> {
  // Lower case, without accents, one space before each word and at the end.
  await sql`
    create function entity_search_fold(variadic texts text[]) returns text
    language sql immutable parallel safe
    return ' ' || btrim(regexp_replace(lower(regexp_replace(
      normalize(left(array_to_string(texts, ' '), 512), NFKD), '[\\u0300-\\u036F]', '', 'g')), '\\s+', ' ', 'g')) || ' '`.execute(
    db,
  )
  await sql`
    create function entity_search_grams(tenant text, kind text, words text) returns int[]
    language sql immutable parallel safe
    return array(select distinct hashtext(tenant || ' ' || kind || ' ' || substr(words, i, 3))
      from generate_series(1, greatest(length(words) - 2, 1)) as i)`.execute(db)
}

/** Each with what it is found by; the second only where it has one. */
const followed = [
  { table: 'entity_device', kind: 'device', household: 'household', detail: 'serial', words: 'name, n.serial' },
  { table: 'entity_user', kind: 'user', household: 'null', detail: 'email', words: 'name, n.email' },
  { table: 'entity_household', kind: 'household', household: 'id', detail: 'time_zone', words: 'name' },
  { table: 'entity_group', kind: 'group', household: 'null', detail: 'kind', words: 'name' },
]

async function following(db: Kysely<unknown>): Promise<void> {
  for (const { table, kind, household, detail, words } of followed) {
    const whose = household === 'null' ? 'null' : `n.${household}`
    await sql`
      create function ${sql.raw(`${table}_found`)}() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          delete from entity_search where id in (select id from old_rows);
        else
          insert into entity_search (id, tenant, kind, household, label, detail, words)
          select n.id, n.tenant, '${sql.raw(kind)}', ${sql.raw(whose)}, n.name, n.${sql.raw(detail)}, entity_search_fold(n.${sql.raw(words)})
          from new_rows n
          on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
            words = excluded.words
          where (entity_search.household, entity_search.label, entity_search.detail)
            is distinct from (excluded.household, excluded.label, excluded.detail);
        end if;
        return null;
      end $$`.execute(db)
    for (const [event, rows] of [
      ['insert', 'new table as new_rows'],
      ['update', 'new table as new_rows'],
      ['delete', 'old table as old_rows'],
    ] as const)
      await sql
        .raw(
          `create trigger ${table}_found_${event} after ${event} on ${table} referencing ${rows}
           for each statement execute function ${table}_found()`,
        )
        .execute(db)
  }
}
