import { sql, type Kysely } from 'kysely'

/**
 * The first wrong row of each chain of the audit, by the chain alone: for who has the database and not yet a hub, after a restore.
 * `sutler audit verify` checks the signed heads as well. Rows before a cut are gone, so a chain may begin anywhere.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit_broken() returns table (chain smallint, place bigint) language sql stable
    set search_path = registration, pg_catalog, pg_temp as $$
      with linked as (
        select e.chain, e.position as place, e.hash, sha256(convert_to(e.entry, 'UTF8')) as digest,
          lag(e.hash) over own as previous, lag(e.position) over own as before
        from registration_audit_entry e
        window own as (partition by e.chain order by e.position)
      ), wrong as (
        select l.chain, l.place from linked l
        where l.previous is not null and (l.before <> l.place - 1 or l.hash <> sha256(l.previous || l.digest))
        union all
        select c.chain, c.position from registration_audit_chain c
        join (select l.chain, max(l.place) as place from linked l group by l.chain) ends on ends.chain = c.chain
        join registration_audit_entry e on e.chain = c.chain and e.position = ends.place
        where e.position <> c.position or e.hash <> c.hash
      )
      select w.chain, min(w.place) from wrong w group by w.chain order by w.chain
    $$`.execute(db)
  await sql`revoke execute on function audit_broken() from public`.execute(db)
}
