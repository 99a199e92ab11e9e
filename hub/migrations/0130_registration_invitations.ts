import { sql, type Kysely } from 'kysely'

/** One-time links by which people make their accounts; an account may be without a password, for those who log in elsewhere. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table registration.registration_account alter column password drop not null`.execute(db)
  await sql`
    create table registration.registration_invitation (
      id text primary key,
      tenant text not null,
      token_hash bytea not null unique,
      roles text[] not null,
      user_id text,
      households text[] not null,
      email text,
      created_by text,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(db)
  await sql`create index registration_invitation_expires on registration.registration_invitation (expires_at)`.execute(
    db,
  )
}
