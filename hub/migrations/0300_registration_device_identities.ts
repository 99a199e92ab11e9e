import { sql, type Kysely } from 'kysely'

const protocols = `('ddi', 'mender', 'cwmp', 'usp', 'lwm2m')`

/**
 * Devices that never run the agent: who they are in the protocol that they speak, and how they prove it
 * (docs/decisions/0027). A device speaks one protocol at a time; only with its identity there is it let in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await devices(db)
  await entities(db)
  await gateways(db)
  await identities(db)
}

/** So far every device came with a claim and a key, and was its claim's tenant's. */
async function devices(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registration.registration_device
      add column tenant text,
      add column protocol text not null default 'native'
        check (protocol in ('native', 'ddi', 'mender', 'cwmp', 'usp', 'lwm2m')),
      add column protocol_changed_at timestamptz,
      alter column claim drop not null,
      alter column public_key drop not null`.execute(db)
  await sql`
    update registration.registration_device d set tenant = c.tenant
    from registration.registration_claim c where c.id = d.claim`.execute(db)
  await sql`
    alter table registration.registration_device
      alter column tenant set not null,
      alter column tenant set default current_setting('sutler.tenant', true),
      add constraint registration_device_native check (protocol <> 'native' or (claim is not null and public_key is not null))`.execute(
    db,
  )
  await sql`comment on table registration.registration_device is null`.execute(db)
  await sql`
    create index registration_device_protocol_changed on registration.registration_device (protocol_changed_at)
    where protocol_changed_at is not null`.execute(db)
}

async function entities(db: Kysely<unknown>): Promise<void> {
  await sql`alter table entity_device add column protocol text not null default 'native'`.execute(db)
  await sql`alter table entity_fleet add column protocol text collate "C" not null default 'native'`.execute(db)
  await sql`create index entity_fleet_protocol on entity_fleet (tenant, protocol, device) where protocol <> 'native'`.execute(
    db,
  )
}

/** Shared by a batch of devices: who shows one and is unknown waits for a person, or for the rule that it carries. */
async function gateways(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration.registration_gateway_credential (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      protocol text not null check (protocol in ${sql.raw(protocols)}),
      kind text not null check (kind in ('token', 'password', 'psk')),
      name text not null,
      -- Of a password or a pre-shared key: what is shown with it.
      username text,
      -- SHA-256 of a token: it is random, so that nothing else is needed to recognise it.
      digest bytea,
      sealed bytea,
      household text,
      class text,
      -- none, person, or a CEL expression over serial and class.
      approval text not null default 'person',
      created_by text not null,
      created_at timestamptz not null,
      revoked_at timestamptz,
      check ((kind = 'token') = (digest is not null) and (kind = 'token') = (sealed is null)),
      check ((kind = 'token') = (username is null))
    )`.execute(db)
  await sql`
    create unique index registration_gateway_credential_digest on registration.registration_gateway_credential (protocol, digest)
    where revoked_at is null`.execute(db)
  await sql`
    create unique index registration_gateway_credential_username
    on registration.registration_gateway_credential (protocol, username) where revoked_at is null`.execute(db)
  await sql`
    create index registration_gateway_credential_tenant on registration.registration_gateway_credential (tenant, id)`.execute(
    db,
  )
}

async function identities(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration.registration_device_identity (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      protocol text not null check (protocol in ${sql.raw(protocols)}),
      -- The tenant, where the protocol names it; else '': the identity is unique in the installation.
      scope text not null,
      identity text not null check (octet_length(identity) between 1 and 1024),
      device text not null references registration.registration_device (device),
      class text not null,
      created_by text not null,
      created_at timestamptz not null,
      unique (protocol, scope, identity),
      unique (device, protocol)
    )`.execute(db)
  await sql`
    create table registration.registration_device_credential (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      identity text not null references registration.registration_device_identity (id) on delete cascade,
      kind text not null check (kind in
        ('token', 'password', 'psk', 'certificate', 'public-key', 'gateway', 'connection-request')),
      username text,
      -- SHA-256 of a token, of a certificate, of a public key (SubjectPublicKeyInfo).
      digest bytea,
      -- Subject of a certificate, for those that somebody in front has verified.
      subject text,
      sealed bytea,
      gateway text references registration.registration_gateway_credential (id),
      created_by text not null,
      created_at timestamptz not null,
      check ((kind in ('password', 'psk', 'connection-request')) = (sealed is not null)),
      check ((kind = 'gateway') = (gateway is not null))
    )`.execute(db)
  await sql`
    create index registration_device_credential_identity on registration.registration_device_credential (identity)`.execute(
    db,
  )
  await sql`
    create index registration_device_credential_gateway on registration.registration_device_credential (gateway)
    where gateway is not null`.execute(db)
  // Found by it before anybody has said who they are (RFC 4279, 5).
  await sql`
    create unique index registration_device_credential_psk on registration.registration_device_credential (username)
    where kind = 'psk'`.execute(db)
}
