import type { DeviceClass } from '@sutler/device-model'
import type { DeviceIdentityStore, ShownCredential } from '../app/identities/storage.ts'
import {
  credentialPurpose,
  gatewayPurpose,
  type DeviceIdentity,
  type ForeignProtocol,
  type IdentityRecord,
  type StoredCredential,
} from '../domain/device-identity.ts'

interface IdentityRow {
  id: string
  tenant: string
  protocol: ForeignProtocol
  identity: string
  device: string
  created_by: string
  created_at: Date
}

/** In JSON, bytes as hexadecimal. */
interface CredentialJson {
  readonly id: string
  readonly kind: StoredCredential['kind']
  readonly username: string | null
  readonly digest: string | null
  readonly subject: string | null
  readonly sealed: string | null
  readonly gateway: string | null
}

interface RecordRow {
  /** Position among the names that were asked for, from 1. */
  n: number
  readonly id: string
  readonly identity: string
  readonly device: string
  readonly class: DeviceClass
  readonly tenant: string
  readonly in_force: boolean
  readonly credentials: readonly CredentialJson[]
}

export const deviceIdentityStore: DeviceIdentityStore = {
  async records(sql, names) {
    const rows = await sql<RecordRow[]>`
      select w.n::int as n, i.id, i.identity, i.device, i.class, i.tenant,
        d.protocol = i.protocol and d.revoked_at is null and d.quarantined_at is null as in_force, k.credentials
      from unnest(${names.map(({ protocol }) => protocol)}::text[], ${names.map(({ scope }) => scope)}::text[],
        ${names.map(({ identity }) => identity)}::text[]) with ordinality as w(protocol, scope, identity, n)
      join registration_device_identity i on i.protocol = w.protocol and i.scope = w.scope and i.identity = w.identity
      join registration_device d on d.device = i.device
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind,
          'username', coalesce(g.username, c.username), 'digest', encode(coalesce(g.digest, c.digest), 'hex'),
          'subject', c.subject, 'sealed', encode(coalesce(g.sealed, c.sealed), 'hex'), 'gateway', g.id)), '[]') as credentials
        from registration_device_credential c left join registration_gateway_credential g on g.id = c.gateway
        where c.identity = i.id and g.revoked_at is null and c.kind <> 'connection-request') as k`
    const found = new Map(rows.map((row) => [row.n, row]))
    return names.map((_, index) => {
      const row = found.get(index + 1)
      return row === undefined ? null : recordOf(row)
    })
  },

  async addDevice(sql, { device, tenant, household, protocol }, at) {
    await sql`
      insert into registration_device (device, tenant, household, protocol, enrolled_at)
      values (${device}, ${tenant}, ${household}, ${protocol}, ${at})`
  },

  async addIdentity(sql, { id, tenant, protocol, scope, identity, device, createdBy, createdAt, ...rest }) {
    const result = await sql`
      insert into registration_device_identity (id, tenant, protocol, scope, identity, device, class, created_by, created_at)
      values (${id}, ${tenant}, ${protocol}, ${scope}, ${identity}, ${device}, ${rest.class}, ${createdBy},
        ${new Date(createdAt)})
      on conflict do nothing`
    return result.count === 1
  },

  async addCredential(sql, credential) {
    const { id, tenant, identity, kind, username, digest, subject, sealed, gateway, createdBy, createdAt } = credential
    const result = await sql`
      insert into registration_device_credential
        (id, tenant, identity, kind, username, digest, subject, sealed, gateway, created_by, created_at)
      values (${id}, ${tenant}, ${identity}, ${kind}, ${username}, ${digest}, ${subject}, ${sealed}, ${gateway}, ${createdBy},
        ${new Date(createdAt)})
      on conflict do nothing`
    return result.count === 1
  },

  async removeIdentity(sql, identity) {
    await sql`delete from registration_device_identity where id = ${identity}`
  },

  async removeCredential(sql, identity, credential) {
    const rows = await sql<{ kind: StoredCredential['kind'] }[]>`
      delete from registration_device_credential where id = ${credential} and identity = ${identity} returning kind`
    return rows[0]?.kind ?? null
  },

  async setProtocol(sql, device, protocol, at) {
    const rows = await sql<{ protocol: string; possible: boolean }[]>`
      select d.protocol, d.revoked_at is null and case ${protocol}::text when 'native' then d.public_key is not null and not d.key_revoked
        else exists (select 1 from registration_device_identity i where i.device = d.device and i.protocol = ${protocol}) end as possible
      from registration_device d where d.device = ${device} for update of d`
    const [row] = rows
    if (row?.possible !== true) return 'impossible'
    if (row.protocol === protocol) return 'same'
    await sql`
      update registration_device set protocol = ${protocol}, protocol_changed_at = ${at} where device = ${device}`
    return 'changed'
  },

  async removeCredentials(sql, identity, kinds) {
    await sql`
      delete from registration_device_credential where identity = ${identity} and kind = any(${[...kinds]}::text[])`
  },

  async preShared(sql, name) {
    const rows = await sql<{ id: string; device: string | null; sealed: Buffer }[]>`
      select c.id, i.device, c.sealed from registration_device_credential c
      join registration_device_identity i on i.id = c.identity
      join registration_device d on d.device = i.device
      where c.kind = 'psk' and c.username = ${name} and d.protocol = i.protocol and d.revoked_at is null
        and d.quarantined_at is null
      union all
      select id, null, sealed from registration_gateway_credential
      where kind = 'psk' and username = ${name} and revoked_at is null
      limit 1`
    const [row] = rows
    if (row === undefined) return null
    const purpose = row.device === null ? gatewayPurpose(row.id) : credentialPurpose(row.id)
    return { device: row.device, sealed: row.sealed, purpose }
  },

  async connectionRequest(sql, identity) {
    const rows = await sql<{ id: string; username: string | null; sealed: Buffer }[]>`
      select id, username, sealed from registration_device_credential
      where identity = ${identity} and kind = 'connection-request' order by id limit 1`
    return rows[0] ?? null
  },

  async protocols(sql, devices) {
    const rows = await sql<{ device: string; protocol: string }[]>`
      select device, protocol from registration_device where device = any(${[...devices]})`
    return new Map(rows.map(({ device, protocol }) => [device, protocol]))
  },

  async ofDevice(sql, device) {
    const rows = await sql<IdentityRow[]>`
      select * from registration_device_identity where device = ${device} order by protocol`
    return rows.map(identityOf)
  },

  async credentialsOf(sql, identities) {
    const rows = await sql<CredentialRow[]>`
      select id, identity, kind, username, subject, gateway, created_by, created_at,
        case when kind in ('certificate', 'public-key') then encode(digest, 'hex') end as thumbprint
      from registration_device_credential where identity = any(${[...identities]}) order by id`
    return rows.map(shownCredential)
  },
}

interface CredentialRow extends Omit<ShownCredential, 'createdBy' | 'createdAt'> {
  created_by: string
  created_at: Date
}

function shownCredential({ created_by: createdBy, created_at, ...rest }: CredentialRow): ShownCredential {
  return { ...rest, createdBy, createdAt: created_at.getTime() }
}

function identityOf({ id, tenant, protocol, identity, device, created_by, created_at }: IdentityRow): DeviceIdentity {
  return { id, tenant, protocol, identity, device, createdBy: created_by, createdAt: created_at.getTime() }
}

function recordOf(row: RecordRow): IdentityRecord {
  const { identity, device, tenant, in_force: inForce } = row
  const credentials = row.credentials.map(({ gateway, digest, sealed, ...rest }) => ({
    ...rest,
    digest: fromHex(digest),
    sealed: fromHex(sealed),
    purpose: gateway === null ? credentialPurpose(rest.id) : gatewayPurpose(gateway),
  }))
  return { id: row.id, identity, device, class: row.class, tenant, inForce, credentials }
}

function fromHex(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'hex')
}
