import { sql, type Kysely } from 'kysely'

/** `audit_append` takes the index beside the texts: reading it out of them cost more than all the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function audit_append(text[])`.execute(db)
  await sql`alter index registration.registration_audit_entry_about set (gin_pending_list_limit = 2048)`.execute(db)
  await sql`
    create function audit_append(entries text[], tenants text[], times text[], subjects text[]) returns void
    language plpgsql security definer set search_path = registration, pg_catalog, pg_temp as $$
    declare
      link smallint;
      place bigint;
      previous bytea;
      hashes bytea[] := '{}';
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
      for i in 1..cardinality(entries) loop
        previous := sha256(previous || sha256(convert_to(entries[i], 'UTF8')));
        hashes[i] := previous;
      end loop;
      insert into registration_audit_entry (chain, position, hash, entry, tenant, at, about)
      select link, place + r.n, r.hash, r.entry, r.tenant, r.at::timestamptz, r.about::text[]
      from unnest(hashes, entries, tenants, times, subjects) with ordinality as r (hash, entry, tenant, at, about, n);
      update registration_audit_chain c set position = place + cardinality(entries), hash = previous where c.chain = link;
    end $$`.execute(db)
}
