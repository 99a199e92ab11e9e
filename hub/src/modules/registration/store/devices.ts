import type { DeviceCredentialStore } from '../app/device-storage.ts'
import { hex, text } from './tables.ts'

interface DeviceRow {
  device: string
  household: string
  claim: string
  public_key: Buffer
  revoked_at: Date | null
  key_revoked: boolean
}

export const deviceCredentialStore: DeviceCredentialStore = {
  async tenants(sql, devices) {
    const rows = await sql<{ device: string; tenant: string }[]>`
      select device, tenant from registration_device where device = any(${[...devices]})`
    return new Map(rows.map(({ device, tenant }) => [device, tenant]))
  },

  async byKeys(sql, publicKeys) {
    const rows = await sql<DeviceRow[]>`
      select device, household, claim, public_key, revoked_at, key_revoked or quarantined_at is not null as key_revoked
      from registration_device
      where public_key in (select decode(k, 'hex') from unnest(${publicKeys.map(hex)}::text[]) as k)`
    return rows.map(({ public_key, revoked_at, key_revoked, ...rest }) => ({
      ...rest,
      publicKey: text(public_key),
      revoked: revoked_at !== null,
      keyRevoked: key_revoked,
    }))
  },

  async insert(sql, devices, at) {
    const rows = devices.map(({ device, tenant, household, claim, publicKey }) => ({
      device,
      tenant,
      household,
      claim,
      key: hex(publicKey),
    }))
    const added = await sql<{ device: string }[]>`
      insert into registration_device (device, tenant, household, claim, public_key, enrolled_at)
      select device, tenant, household, claim, decode(key, 'hex'), ${at}
      from jsonb_to_recordset(${sql.json(rows)}) as d(device text, tenant text, household text, claim text, key text)
      order by key
      on conflict (public_key) do nothing
      returning device`
    return added.map((row) => row.device)
  },

  async rekey(sql, devices, at) {
    const rows = devices.map(({ device, claim, publicKey }) => ({ device, claim, key: hex(publicKey) }))
    const changed = await sql<{ device: string }[]>`
      update registration_device d
      set public_key = decode(r.key, 'hex'), claim = r.claim, key_revoked = false, protocol = 'native',
        protocol_changed_at = case when d.protocol = 'native' then d.protocol_changed_at else ${at} end
      from jsonb_to_recordset(${sql.json(rows)}) as r(device text, claim text, key text)
      where d.device = r.device and d.revoked_at is null and d.quarantined_at is null
      returning d.device`
    return changed.map((row) => row.device)
  },

  // Locks in order of id, so that two hubs' batches cannot wait for one another. Only our agent's boots are told apart: other
  // protocols have their own words for a start, which may come again. A hello of a connection before the last one
  // that was counted is late, and says nothing.
  async booted(sql, boots, remembered) {
    const rows = await sql<{ device: string; again: boolean }[]>`
      with wanted as materialized (
        select d.device, b.boot, b.connection, d.boot as last, b.boot = any(d.boots) as again
        from unnest(${boots.map(({ device }) => device)}::text[], ${boots.map(({ boot }) => boot)}::text[],
          ${boots.map(({ connection }) => connection)}::bigint[]) as b(device, boot, connection)
        join registration_device d on d.device = b.device
        where d.revoked_at is null and d.quarantined_at is null and d.protocol = 'native'
          and b.connection >= d.boot_connection
          and b.boot is distinct from d.boot
        order by d.device for update of d)
      update registration_device d
      set boot = w.boot, boot_connection = w.connection,
        boots = case when w.last is null then d.boots else (array[w.last] || d.boots)[1:${remembered}::int] end
      from wanted w where d.device = w.device
      returning d.device, w.again`
    return rows.filter((row) => row.again).map((row) => row.device)
  },

  async quarantine(sql, device, at) {
    const result = await sql`
      update registration_device set quarantined_at = ${at}
      where device = ${device} and revoked_at is null and quarantined_at is null`
    return result.count === 1
  },

  async release(sql, device) {
    const result = await sql`
      update registration_device
      set quarantined_at = null, key_revoked = true, boot = null, boots = '{}'
      where device = ${device} and revoked_at is null and quarantined_at is not null`
    return result.count === 1
  },

  async revoke(sql, device, at) {
    const result = await sql`
      update registration_device set revoked_at = ${at} where device = ${device} and revoked_at is null`
    return result.count === 1
  },

  async protocolsChangedSince(sql, since) {
    const rows = await sql<{ device: string; at: Date }[]>`
      select device, protocol_changed_at as at from registration_device
      where protocol_changed_at >= ${since} and revoked_at is null`
    return rows.map(({ device, at }) => ({ device, at: at.getTime() }))
  },

  async revokedSince(sql, since) {
    const rows = await sql<{ device: string; at: Date; decommissioned: boolean; rekeyed: boolean }[]>`
      select device, revoked_at as at, true as decommissioned, false as rekeyed from registration_device where revoked_at >= ${since}
      union all
      select device, quarantined_at, false, false from registration_device
      where quarantined_at >= ${since} and revoked_at is null
      union all
      select n.device, max(n.at), false, true
      from (
        select device, revoked_at as at from registration_certificate where revoked_at >= ${since}
        union all
        select device, protocol_changed_at from registration_device where protocol_changed_at >= ${since}) as n
      join registration_device d on d.device = n.device
      where d.revoked_at is null and d.quarantined_at is null
      group by n.device`
    return rows.map(({ at, ...rest }) => ({ ...rest, at: at.getTime() }))
  },
}
