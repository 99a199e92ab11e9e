import { sql, type Kysely } from 'kysely'

/**
 * Devices of foreign protocols wait for a person where enrolments do: they have no claim that says whose they will be, and are
 * known by what they are called in their protocol and by what they have proved.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registration.registration_enrolment
      alter column household drop not null,
      alter column claim drop not null,
      alter column public_key drop not null,
      alter column class drop not null,
      add column protocol text not null default 'native'
        check (protocol in ('native', 'ddi', 'mender', 'cwmp', 'usp', 'lwm2m')),
      add column identity text check (octet_length(identity) between 1 and 1024),
      add column gateway text references registration.registration_gateway_credential (id),
      -- The device that this identity is of already: it has shown something new.
      add column device text references registration.registration_device (device),
      add column says jsonb not null default '{}',
      -- By whom it counts among those that wait: the credential of its batch, or where it came from.
      add column source text not null default '',
      add column seen_at timestamptz,
      add constraint registration_enrolment_native check (
        case when protocol = 'native'
          then claim is not null and public_key is not null and household is not null and class is not null
          else identity is not null and seen_at is not null and (gateway is not null or public_key is not null) end)`.execute(
    db,
  )
  await sql`
    create unique index registration_enrolment_foreign on registration.registration_enrolment
      (tenant, protocol, identity, coalesce(gateway, ''), coalesce(sha256(public_key), ''))
    where protocol <> 'native'`.execute(db)
  await sql`
    create index registration_enrolment_source on registration.registration_enrolment (tenant, source)
    where protocol <> 'native' and state = 'waiting'`.execute(db)
}
