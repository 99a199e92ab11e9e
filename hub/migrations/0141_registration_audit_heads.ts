import { sql, type Kysely } from 'kysely'

/** Signed heads of the audit, what may be read of it, and how old rows are removed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The private half is sealed; the key from outside the database opens it.
  await sql`
    create table registration.registration_audit_key (
      single boolean primary key default true check (single),
      public_key text not null,
      sealed bytea not null
    )`.execute(db)
  // Each names the ends of all chains and the head before it. A cut is a head that older rows were removed up to.
  await sql`
    create table registration.registration_audit_head (
      number bigint primary key,
      at timestamptz not null,
      head text not null,
      signature text not null,
      cut text
    )`.execute(db)
  await sql`comment on table registration.registration_audit_key is 'of the installation'`.execute(db)
  await sql`comment on table registration.registration_audit_head is 'of the installation, read by tenants; append-only'`.execute(
    db,
  )
  await sql`create index registration_audit_head_at on registration.registration_audit_head (at)`.execute(db)
  await sql`
    create function registration.audit_add_head(number bigint, head text, signature text) returns void
    language sql security definer set search_path = registration, pg_catalog, pg_temp
    as $$
      insert into registration.registration_audit_head (number, at, head, signature)
      values (audit_add_head.number, (audit_add_head.head::jsonb->>'at')::timestamptz, audit_add_head.head, audit_add_head.signature)
    $$`.execute(db)
  // Rows of one chain for one tenant: its own as they are, the others as the digests that the chain needs. Whose a row is,
  // its text says, which begins with the time and the tenant.
  await sql`
    create function registration.audit_rows(wanted text, link smallint, after bigint, until bigint, most int)
    returns table ("position" bigint, hash bytea, entry text, digest bytea, tenant text, at timestamptz, about text[])
    language sql stable security definer set search_path = registration, pg_catalog, pg_temp as $$
      select e.position, e.hash, case when own.yes then e.entry end,
        case when not own.yes then sha256(convert_to(e.entry, 'UTF8')) end,
        case when own.yes then e.tenant end, case when own.yes then e.at end, case when own.yes then e.about end
      from registration_audit_entry e,
        lateral (select coalesce(nullif(current_setting('sutler.tenant', true), ''), wanted) = wanted
          and starts_with(substr(e.entry, 34), '"tenant":' || to_json(wanted)::text || ',') as yes) as own
      where e.chain = link and e.position > after and e.position <= until order by e.position limit most
    $$`.execute(db)
  // Rows that nobody appended by the function: beyond the ends of their chains.
  await sql`
    create function registration.audit_strays() returns table (chain smallint, "position" bigint)
    language sql stable security definer set search_path = registration, pg_catalog, pg_temp as $$
      select e.chain, e.position from registration_audit_entry e
      left join registration_audit_chain c on c.chain = e.chain
      where e.position > coalesce(c.position, -1) order by e.chain, e.position limit 100
    $$`.execute(db)
  // Nothing of the last 30 days can be removed.
  await sql`
    create function registration.audit_cut(upto bigint, statement text) returns void
    language plpgsql security definer set search_path = registration, pg_catalog, pg_temp as $$
    declare
      fields jsonb;
    begin
      select h.head::jsonb into fields from registration_audit_head h where h.number = upto for update;
      if fields is null or (select h.at from registration_audit_head h where h.number = upto) > now() - interval '30 days' then
        raise exception 'head % is too new to cut the audit at', upto;
      end if;
      delete from registration_audit_entry e using (
        select (o - 1)::smallint as link, (c->>0)::bigint as place
        from jsonb_array_elements(fields->'chains') with ordinality as t(c, o)) as ends
      where e.chain = ends.link and e.position <= ends.place;
      delete from registration_audit_head h where h.number < upto;
      update registration_audit_head h set cut = statement where h.number = upto;
    end $$`.execute(db)
}
