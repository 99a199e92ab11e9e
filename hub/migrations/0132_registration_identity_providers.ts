import { sql, type Kysely } from 'kysely'

/** Where people may log in elsewhere (OpenID Connect), whom of there is whom of here, and log-ins that are under way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration.registration_identity_provider (
      id text primary key,
      tenant text not null,
      name text not null,
      issuer text not null,
      client_id text not null,
      client_secret bytea,
      scopes text[] not null,
      roles_claim text,
      roles_by_value jsonb not null,
      disabled boolean not null default false,
      version int not null default 1,
      created_at timestamptz not null,
      unique (tenant, issuer, client_id)
    )`.execute(db)
  await sql`
    create table registration.registration_identity (
      tenant text not null,
      issuer text not null,
      subject text not null,
      account text not null references registration.registration_account (user_id),
      mapped boolean not null,
      created_at timestamptz not null,
      primary key (tenant, issuer, subject)
    )`.execute(db)
  await sql`create index registration_identity_account on registration.registration_identity (account)`.execute(db)
  await sql`
    create table registration.registration_oidc_login (
      state_hash bytea primary key,
      tenant text not null,
      browser_hash bytea not null,
      provider text not null references registration.registration_identity_provider (id) on delete cascade,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index registration_oidc_login_expires on registration.registration_oidc_login (expires_at)`.execute(
    db,
  )
  await sql`create index registration_oidc_login_provider on registration.registration_oidc_login (provider)`.execute(
    db,
  )
}
