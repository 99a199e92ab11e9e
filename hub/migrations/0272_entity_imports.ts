import { sql, type Kysely } from 'kysely'

/** Uploads of many lines: how far each has come; and what became of callers' own keys, so that a line that comes again changes nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_import (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null,
      started_by text not null,
      state text not null check (state in ('running', 'done', 'cut-off')),
      last_line int not null default 0,
      made int not null default 0,
      unchanged int not null default 0,
      failed int not null default 0,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`create index entity_import_tenant on entity_import (tenant, id)`.execute(db)
  await sql`
    create table entity_import_key (
      tenant text not null default current_setting('sutler.tenant', true),
      kind text not null,
      key text not null,
      subject text not null,
      primary key (tenant, kind, key)
    )`.execute(db)
}
