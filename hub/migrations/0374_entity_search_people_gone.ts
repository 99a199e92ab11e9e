import { sql, type Kysely } from 'kysely'

/** Who was merged into another or erased is found no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, kind, household, detail, words, here] of [
    ['entity_user', 'user', 'null::text', 'email', 'n.name, n.email', 'n.merged_into is null and n.erased_at is null'],
    ['entity_household', 'household', 'n.id', 'time_zone', 'n.name', 'n.merged_into is null'],
  ] as const) {
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
           select n.id, n.tenant, '${kind}', ${household}, n.name, n.${detail}, entity_search_fold(${words})
           from new_rows n where ${here}
           on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
             words = excluded.words
             where (entity_search.household, entity_search.label, entity_search.detail)
               is distinct from (excluded.household, excluded.label, excluded.detail);
           return null;
         end $$`,
      )
      .execute(db)
    await sql.raw(`delete from entity_search where id in (select n.id from ${table} n where not (${here}))`).execute(db)
  }
}
