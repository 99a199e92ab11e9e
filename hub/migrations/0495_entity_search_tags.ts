import { sql, type Kysely } from 'kysely'

/** Devices, people and households are found by their tags, too. */
const followed = [
  {
    table: 'entity_device',
    kind: 'device',
    household: 'n.household',
    detail: 'serial',
    words: 'n.name, n.serial',
    here: 'true',
  },
  {
    table: 'entity_user',
    kind: 'user',
    household: 'null::text',
    detail: 'email',
    words: 'n.name, n.email',
    here: 'n.merged_into is null and n.erased_at is null',
  },
  {
    table: 'entity_household',
    kind: 'household',
    household: 'n.id',
    detail: 'time_zone',
    words: 'n.name',
    here: 'n.merged_into is null',
  },
] as const

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const { table, kind, household, detail, words, here } of followed) {
    const found = `entity_search_fold(variadic array[${words}] || n.tags)`
    await sql
      .raw(
        `create or replace function ${table}_found() returns trigger language plpgsql as $$
         begin
           if tg_op = 'DELETE' then
             delete from entity_search where id in (select id from old_rows);
             return null;
           end if;
           delete from entity_search where id in (select n.id from new_rows n where not (${here}));
           insert into entity_search (id, tenant, kind, household, label, detail, words)
           select n.id, n.tenant, '${kind}', ${household}, n.name, n.${detail}, ${found}
           from new_rows n where ${here}
           on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
             words = excluded.words
             where (entity_search.household, entity_search.label, entity_search.detail, entity_search.words)
               is distinct from (excluded.household, excluded.label, excluded.detail, excluded.words);
           return null;
         end $$`,
      )
      .execute(db)
    await sql
      .raw(`update entity_search s set words = ${found} from ${table} n where n.id = s.id and n.tags <> '{}'`)
      .execute(db)
  }
}
