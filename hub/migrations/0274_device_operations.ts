import { sql, type Kysely } from 'kysely'

/** One thing done to many devices: what was looked at before (previews), how far each has come, and the devices it was not done to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table participant_operation_preview (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      principal text not null,
      selection jsonb not null,
      operation jsonb not null,
      counted int not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index participant_operation_preview_tenant on participant_operation_preview (tenant, id)`.execute(db)
  await sql`
    create table participant_operation (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      selection jsonb not null,
      operation jsonb not null,
      started_by text not null,
      decision text not null,
      state text not null check (state in ('running', 'done', 'cancelled', 'failed')),
      why text not null default '',
      planned int not null,
      done int not null default 0,
      skipped int not null default 0,
      failed int not null default 0,
      per_minute int not null,
      cursor text not null default '',
      lease text,
      leased_until timestamptz,
      next_at timestamptz not null,
      tries int not null default 0,
      until timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db)
  await sql`create index participant_operation_tenant on participant_operation (tenant, id)`.execute(db)
  await sql`create index participant_operation_due on participant_operation (next_at) where state = 'running'`.execute(
    db,
  )
  await sql`
    create table participant_operation_exception (
      operation text not null references participant_operation (id),
      device text not null,
      outcome text not null check (outcome in ('skipped', 'failed')),
      code text not null,
      detail text not null,
      primary key (operation, device)
    )`.execute(db)
  await sql`comment on table participant_operation_exception is 'with participant_operation (id) by operation'`.execute(
    db,
  )
}
