import { sql, type Kysely } from 'kysely'

/** Which devices were asked for their log because of a version that failed on them. Forgotten with the logs, after a week. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table developer_log_request (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      service text not null,
      version text not null,
      device text not null,
      component text not null,
      why text not null,
      request text,
      refused text not null default '',
      asked_by text not null,
      asked_by_name text not null,
      asked_at timestamptz not null
    )`.execute(db)
  await sql`create index developer_log_request_version on developer_log_request (tenant, service, version, id)`.execute(
    db,
  )
  await sql`create index developer_log_request_asked on developer_log_request (asked_at)`.execute(db)
}
