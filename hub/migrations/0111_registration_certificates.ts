import { sql, type Kysely } from 'kysely'

/**
 * Devices are known by certificates. A device's key is kept as SubjectPublicKeyInfo, since it may be of more than one kind.
 * The state quarantined is for devices of whose identity there are two.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const device = sql`registration.registration_device`
  await sql`update ${device} set public_key = '\\x302a300506032b6570032100'::bytea || public_key`.execute(db)
  await sql`
    alter table ${device}
      add column quarantined_at timestamptz,
      -- Somebody else has had this key: nobody enrols with it any more.
      add column key_revoked boolean not null default false,
      -- Counts connections: tells which of two is the later one, whatever the clocks say.
      add column connections bigint not null default 0,
      add column boot text,
      add column boot_connection bigint not null default 0,
      -- Those before, the last first.
      add column boots text[] not null default '{}'`.execute(db)
  await sql`
    create index registration_device_quarantined on ${device} (quarantined_at)
    where quarantined_at is not null`.execute(db)
  await sql`alter table registration.registration_claim add column device text`.execute(db)

  await sql`
    create table registration.registration_certificate (
      serial text primary key,
      number bigint generated always as identity,
      tenant text not null,
      device text not null references registration.registration_device (device),
      public_key bytea not null,
      issued_at timestamptz not null,
      expires_at timestamptz not null,
      -- A newer one has been used.
      replaced_at timestamptz,
      revoked_at timestamptz
    )`.execute(db)
  await sql`
    create index registration_certificate_device on registration.registration_certificate (device, number)`.execute(db)
  await sql`
    create index registration_certificate_expires on registration.registration_certificate (expires_at)`.execute(db)

  await sql`alter table entity_device drop constraint entity_device_state_check`.execute(db)
  await sql`
    alter table entity_device add constraint entity_device_state_check
    check (state in ('active', 'quarantined', 'decommissioned'))`.execute(db)
}
