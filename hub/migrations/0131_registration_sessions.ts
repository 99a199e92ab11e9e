import { sql, type Kysely } from 'kysely'

/** Sessions of browsers beside those of tokens, each with a name to end it by; when credentials were last used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registration.registration_session add column id text, add column kind text not null default 'token',
      add column last_used_at timestamptz`.execute(db)
  await sql`
    update registration.registration_session set id = 'ses-' || encode(substr(token_hash, 1, 12), 'hex'), last_used_at = created_at`.execute(
    db,
  )
  await sql`
    alter table registration.registration_session alter column id set not null, alter column last_used_at set not null,
      alter column kind drop default, add unique (id), add check (kind in ('token', 'browser'))`.execute(db)
  await sql`
    alter table registration.registration_api_key add column last_used_at timestamptz,
      add column expiry_told boolean not null default false`.execute(db)
}
