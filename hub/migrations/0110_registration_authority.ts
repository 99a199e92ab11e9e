import { sql, type Kysely } from 'kysely'

/** The installation's own certificate authorities: one root, and the intermediates that it has signed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration.registration_authority (
      id text primary key,
      kind text not null check (kind in ('root', 'intermediate')),
      name text not null,
      -- DER; null while the root has not signed it yet.
      certificate bytea,
      -- PKCS #8, sealed; null when it is kept offline.
      private_key bytea,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create unique index registration_authority_root on registration.registration_authority (kind)
    where kind = 'root'`.execute(db)
  await sql`comment on table registration.registration_authority is 'of the installation'`.execute(db)
}
