import { sql, type Kysely } from 'kysely'

/**
 * Claims that a person or an expression has to agree to, that a factory proves by a certificate, and that end with an order;
 * and the enrolments that wait for a person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registration.registration_claim
      -- none, person, or a CEL expression over serial and class.
      add column approval text not null default 'none',
      add column serial_prefix text,
      add column order_id text,
      -- certificate: the hash is of the number of a claim certificate, which has to be shown.
      add column kind text not null default 'token' check (kind in ('token', 'certificate'))`.execute(db)
  await sql`
    create table registration.registration_enrolment (
      id text primary key,
      tenant text not null,
      household text not null,
      claim text not null references registration.registration_claim (id),
      public_key bytea not null,
      serial text not null,
      class text not null,
      state text not null check (state in ('waiting', 'approved', 'refused', 'enrolled')),
      asked_at timestamptz not null,
      expires_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      unique (claim, public_key)
    )`.execute(db)
  await sql`
    create index registration_enrolment_tenant on registration.registration_enrolment (tenant, state, id)`.execute(db)
  await sql`create index registration_enrolment_expires on registration.registration_enrolment (expires_at)`.execute(db)
  // A device whose certificates are void is disconnected at every hub.
  await sql`
    create index registration_certificate_revoked on registration.registration_certificate (revoked_at)
    where revoked_at is not null`.execute(db)
}
