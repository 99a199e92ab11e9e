import { sql, type Kysely } from 'kysely'

/** Who published a version, whether another person has to release it, and what people asked each other for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table definition_version add column published_by text not null default ''`.execute(db)
  await sql`
    create table definition_release_rule (
      tenant text primary key default current_setting('sutler.tenant', true),
      second_person boolean not null,
      changed_by text not null,
      changed_at timestamptz not null
    )`.execute(db)
  await sql`
    create table developer_release_request (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      developer text not null,
      service text not null,
      version text not null,
      channel text not null,
      note text not null,
      state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
      asked_by text not null,
      asked_by_name text not null,
      asked_at timestamptz not null,
      decided_by text,
      decided_by_name text,
      decided_at timestamptz,
      reason text not null default ''
    )`.execute(db)
  await sql`
    create unique index developer_release_request_waiting on developer_release_request (tenant, service, version)
    where state = 'waiting'`.execute(db)
  await sql`create index developer_release_request_tenant on developer_release_request (tenant, id)`.execute(db)
  await sql`
    create index developer_release_request_decided on developer_release_request (decided_at)
    where decided_at is not null`.execute(db)
}
