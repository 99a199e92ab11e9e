import { sql, type Kysely } from 'kysely'

/** Credentials of people, systems and devices. Of every secret that somebody else holds only a digest is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration_installation (
      single boolean primary key default true check (single),
      hub text not null,
      file_link_secret bytea not null,
      created_at timestamptz not null
    )`.execute(db)

  await sql`
    create table registration_account (
      user_id text primary key,
      name text not null unique,
      password text not null,
      roles text[] not null,
      disabled boolean not null default false,
      version int not null default 1,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create table registration_session (
      token_hash bytea primary key,
      account text not null references registration_account (user_id),
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index registration_session_account on registration_session (account, created_at)`.execute(db)
  await sql`create index registration_session_expires on registration_session (expires_at)`.execute(db)
  await sql`
    create table registration_api_key (
      id text primary key,
      token_hash bytea not null unique,
      account text not null references registration_account (user_id),
      name text not null,
      roles text[] not null,
      actions text[],
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    )`.execute(db)
  await sql`create index registration_api_key_account on registration_api_key (account, id)`.execute(db)

  await sql`
    create table registration_claim (
      id text primary key,
      secret_hash bytea not null unique,
      household text not null,
      serial text,
      uses int not null check (uses > 0),
      used int not null default 0 check (used <= uses),
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    )`.execute(db)
  await sql`create index registration_claim_household on registration_claim (household, id)`.execute(db)

  // last_connect changes with every connection and is in no index, so that each change stays within its page.
  await sql`
    create table registration_device (
      device text primary key,
      household text not null,
      claim text not null references registration_claim (id),
      public_key bytea not null unique,
      enrolled_at timestamptz not null,
      last_connect bigint not null default 0,
      revoked_at timestamptz
    ) with (fillfactor = 80)`.execute(db)
  await sql`
    create index registration_device_revoked on registration_device (revoked_at)
    where revoked_at is not null`.execute(db)
}
