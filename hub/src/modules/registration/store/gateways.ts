import type { DeviceClass } from '@sutler/device-model'
import type { GatewayCredential, GatewayStore } from '../app/identities/gateway-storage.ts'
import { gatewayPurpose, type ForeignProtocol } from '../domain/device-identity.ts'

interface Row {
  id: string
  tenant: string
  protocol: ForeignProtocol
  kind: GatewayCredential['kind']
  name: string
  username: string | null
  digest: Buffer | null
  sealed: Buffer | null
  household: string | null
  class: DeviceClass | null
  approval: string
  created_by: string
  created_at: Date
  revoked_at: Date | null
}

export const gatewayStore: GatewayStore = {
  async insert(sql, gateway, { digest, sealed }) {
    const { id, tenant, protocol, kind, name, username, household, approval, createdBy, createdAt } = gateway
    const result = await sql`
      insert into registration_gateway_credential
        (id, tenant, protocol, kind, name, username, digest, sealed, household, class, approval, created_by, created_at)
      values (${id}, ${tenant}, ${protocol}, ${kind}, ${name}, ${username}, ${digest}, ${sealed}, ${household},
        ${gateway.class}, ${approval}, ${createdBy}, ${new Date(createdAt)})
      on conflict do nothing`
    return result.count === 1
  },

  async find(sql, id) {
    const rows = await sql<Row[]>`select * from registration_gateway_credential where id = ${id}`
    return rows[0] ? gatewayOf(rows[0]) : null
  },

  async page(sql, { limit, after = '' }, tenant) {
    const rows = await sql<Row[]>`
      select * from registration_gateway_credential where tenant = ${tenant} and id > ${after} order by id limit ${limit}`
    return rows.map(gatewayOf)
  },

  async revoke(sql, id, at) {
    await sql`update registration_gateway_credential set revoked_at = ${at} where id = ${id} and revoked_at is null`
  },

  async named(sql, { protocol, by, value }) {
    const rows = await sql<Row[]>`
      select * from registration_gateway_credential where protocol = ${protocol} and revoked_at is null
        and ${by === 'digest' ? sql`digest = decode(${value}, 'hex')` : sql`username = ${value}`}`
    const [row] = rows
    if (row === undefined) return null
    const { id, tenant, household, approval, created_by: createdBy, username } = row
    const credential = {
      id,
      kind: 'gateway',
      username,
      digest: row.digest && Buffer.from(row.digest),
      subject: null,
      sealed: row.sealed && Buffer.from(row.sealed),
      purpose: gatewayPurpose(id),
    } as const
    return { id, tenant, household, class: row.class, approval, createdBy, credential }
  },
}

function gatewayOf(row: Row): GatewayCredential {
  const { id, tenant, protocol, kind, name, username, household, approval, created_by, created_at, revoked_at } = row
  return {
    id,
    tenant,
    protocol,
    kind,
    name,
    username,
    household,
    class: row.class,
    approval,
    createdBy: created_by,
    createdAt: created_at.getTime(),
    revokedAt: revoked_at?.getTime() ?? null,
  }
}
