import { sql, type Kysely } from 'kysely'

/**
 * The audit: rows in hash chains. A row is only ever added, by `audit_append`, as the last statement of the transaction that it
 * tells of. There are 64 chains, so that no transaction waits for another's commit: each takes one whose end is free.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists registration`.execute(db)
  // The columns beside the text are an index into it.
  await sql`
    create table registration.registration_audit_entry (
      chain smallint not null,
      position bigint not null,
      hash bytea not null,
      entry text not null,
      tenant text not null,
      at timestamptz not null,
      about text[] not null,
      primary key (chain, position)
    )`.execute(db)
  await sql`
    create index registration_audit_entry_time on registration.registration_audit_entry (tenant, at, chain, position)`.execute(
    db,
  )
  // A short pending list: nobody's commit has to sort in a long one.
  await sql`
    create index registration_audit_entry_about on registration.registration_audit_entry using gin (about)
    with (gin_pending_list_limit = 256)`.execute(db)
  // The end of each chain; a page has room for many versions of its few rows.
  await sql`
    create table registration.registration_audit_chain (
      chain smallint primary key check (chain between 0 and 63),
      position bigint not null,
      hash bytea not null
    ) with (fillfactor = 20)`.execute(db)
  await sql`
    insert into registration.registration_audit_chain (chain, position, hash)
    select chain, 0, sha256(convert_to('sutler audit chain ' || chain, 'UTF8')) from generate_series(0, 63) as chain`.execute(
    db,
  )
  await sql`comment on table registration.registration_audit_entry is 'append-only'`.execute(db)
  await sql`comment on table registration.registration_audit_chain is 'of the installation, append-only'`.execute(db)
  await sql`
    create function audit_append(entries text[]) returns void
    language plpgsql security definer set search_path = registration, pg_catalog, pg_temp as $$
    declare
      link smallint;
      place bigint;
      previous bytea;
      item text;
    begin
      for turn in 0..63 loop
        select c.chain, c.position, c.hash into link, place, previous from registration_audit_chain c
        where c.chain = (pg_backend_pid() + turn) % 64 for update skip locked;
        exit when found;
      end loop;
      if link is null then
        select c.chain, c.position, c.hash into link, place, previous from registration_audit_chain c
        where c.chain = pg_backend_pid() % 64 for update;
      end if;
      foreach item in array entries loop
        place := place + 1;
        previous := sha256(previous || sha256(convert_to(item, 'UTF8')));
        insert into registration_audit_entry (chain, position, hash, entry, tenant, at, about)
        select link, place, previous, item, fields->>'tenant', (fields->>'at')::timestamptz,
          array(select jsonb_array_elements_text(fields->'about'))
        from (select item::jsonb as fields) as parsed;
      end loop;
      update registration_audit_chain c set position = place, hash = previous where c.chain = link;
    end $$`.execute(db)
}
