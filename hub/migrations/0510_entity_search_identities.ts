import { sql, type Kysely } from 'kysely'

/**
 * Devices are found by what they are called in their protocols, with and without colons, dashes and the like; groups of people by
 * their name (docs/decisions/0037). Identities are registration's, which tells of them here whenever they change.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await devices(db)
  await userGroups(db)
}

async function devices(db: Kysely<unknown>): Promise<void> {
  await sql`alter table entity_device add column identities text[] not null default '{}'`.execute(db)
  // Each without what is neither letter nor digit, where that makes a difference; then identities as they are.
  await sql`
    create function entity_search_known_as(serial text, identities text[]) returns text
    language sql immutable parallel safe
    return entity_search_fold(variadic array(
        select distinct plain from unnest(serial || identities) as name,
          regexp_replace(lower(left(name, 128)), '[^a-z0-9]+', '', 'g') as plain
        where plain <> lower(left(name, 128)) order by plain)) || entity_search_fold(variadic identities)`.execute(db)
  const words = `entity_search_fold(variadic array[n.name, n.serial] || n.tags) || entity_search_known_as(n.serial, n.identities)`
  await sql
    .raw(
      `create or replace function entity_device_found() returns trigger language plpgsql as $$
       begin
         if tg_op = 'DELETE' then
           delete from entity_search where id in (select id from old_rows);
           return null;
         end if;
         insert into entity_search (id, tenant, kind, household, label, detail, words)
         select n.id, n.tenant, 'device', n.household, n.name, n.serial, ${words}
         from new_rows n
         on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
           words = excluded.words
           where (entity_search.household, entity_search.label, entity_search.detail, entity_search.words)
             is distinct from (excluded.household, excluded.label, excluded.detail, excluded.words);
         return null;
       end $$`,
    )
    .execute(db)
  await sql`
    update entity_device d set identities = i.names
    from (select device, array_agg(identity order by protocol) as names from registration.registration_device_identity group by device) as i
    where i.device = d.id`.execute(db)
  await sql
    .raw(
      `update entity_search s set words = ${words} from entity_device n where n.id = s.id and s.words is distinct from ${words}`,
    )
    .execute(db)
}

async function userGroups(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function entity_user_group_found() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        delete from entity_search where id in (select id from old_rows);
        return null;
      end if;
      insert into entity_search (id, tenant, kind, label, words)
      select n.id, n.tenant, 'user-group', n.name, entity_search_fold(n.name) from new_rows n
      on conflict (id) do update set label = excluded.label, words = excluded.words
        where entity_search.label is distinct from excluded.label;
      return null;
    end $$`.execute(db)
  for (const [event, rows] of [
    ['insert', 'new table as new_rows'],
    ['update', 'new table as new_rows'],
    ['delete', 'old table as old_rows'],
  ] as const)
    await sql
      .raw(
        `create trigger entity_user_group_found_${event} after ${event} on entity_user_group referencing ${rows}
         for each statement execute function entity_user_group_found()`,
      )
      .execute(db)
  await sql`
    insert into entity_search (id, tenant, kind, label, words)
    select id, tenant, 'user-group', name, entity_search_fold(name) from entity_user_group`.execute(db)
}
