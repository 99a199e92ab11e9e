import { sql, type Kysely } from 'kysely'

/** What protocols of devices without our agent need of the hub: a memory of each device, digests of other kinds, logs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consumer_device_memory (
      device text not null,
      protocol text not null,
      version integer not null,
      value jsonb not null,
      changed_at timestamptz not null,
      primary key (device, protocol)
    )`.execute(db)
  await sql`comment on table consumer_device_memory is 'with entity_device (id) by device'`.execute(db)
  await sql`
    create table consumer_file_facts (
      sha256 text primary key,
      size bigint not null,
      sha1 text not null,
      md5 text not null
    )`.execute(db)
  await sql`comment on table consumer_file_facts is 'of the installation'`.execute(db)
  await sql`
    create table consumer_device_log (
      id bigint generated always as identity primary key,
      device text not null,
      request text not null,
      received_at timestamptz not null,
      text text not null
    )`.execute(db)
  await sql`create index consumer_device_log_device on consumer_device_log (device, id)`.execute(db)
  await sql`create index consumer_device_log_received on consumer_device_log (received_at)`.execute(db)
  await sql`comment on table consumer_device_log is 'with entity_device (id) by device'`.execute(db)
}
