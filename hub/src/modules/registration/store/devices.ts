import type { DeviceCredentialStore } from '../app/storage.ts'
import { hex, text } from './tables.ts'

interface DeviceRow {
  device: string
  household: string
  claim: string
  public_key: Buffer
  revoked_at: Date | null
}

export const deviceCredentialStore: DeviceCredentialStore = {
  async byKeys(sql, publicKeys) {
    const rows = await sql<DeviceRow[]>`
      select device, household, claim, public_key, revoked_at from registration_device
      where public_key in (select decode(k, 'hex') from unnest(${publicKeys.map(hex)}::text[]) as k)`
    return rows.map(({ public_key, revoked_at, ...rest }) => ({
      ...rest,
      publicKey: text(public_key),
      revoked: revoked_at !== null,
    }))
  },

  async insert(sql, devices, at) {
    const rows = devices.map(({ device, household, claim, publicKey }) => ({
      device,
      household,
      claim,
      key: hex(publicKey),
    }))
    const added = await sql<{ device: string }[]>`
      insert into registration_device (device, household, claim, public_key, enrolled_at)
      select device, household, claim, decode(key, 'hex'), ${at}
      from jsonb_to_recordset(${sql.json(rows)}) as d(device text, household text, claim text, key text)
      order by key
      on conflict (public_key) do nothing
      returning device`
    return added.map((row) => row.device)
  },

  async publicKeys(sql, devices) {
    const rows = await sql<{ device: string; public_key: Buffer }[]>`
      select device, public_key from registration_device where device = any(${[...devices]}) and revoked_at is null`
    return rows.map(({ device, public_key }) => ({ device, publicKey: text(public_key) }))
  },

  // Locks in order of id, so that two hubs' batches cannot wait for one another.
  async connect(sql, times, implausible) {
    const rows = await sql<{ device: string }[]>`
      with wanted as materialized (
        select d.device, t.time from unnest(${[...times.keys()]}::text[], ${[...times.values()]}::bigint[]) as t(device, time)
        join registration_device d on d.device = t.device
        where d.revoked_at is null and (d.last_connect < t.time or d.last_connect > ${implausible}::bigint)
        order by d.device for update of d)
      update registration_device d set last_connect = w.time from wanted w
      where d.device = w.device
      returning d.device`
    return rows.map((row) => row.device)
  },

  async revoke(sql, device, at) {
    const result = await sql`
      update registration_device set revoked_at = ${at} where device = ${device} and revoked_at is null`
    return result.count === 1
  },

  async revokedSince(sql, since) {
    const rows = await sql<{ device: string }[]>`
      select device from registration_device where revoked_at >= ${since}`
    return rows.map((row) => row.device)
  },
}
