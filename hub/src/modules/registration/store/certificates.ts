import type { CertificateStore } from '../app/device-storage.ts'
import { hex, text } from './tables.ts'

export const certificateStore: CertificateStore = {
  async insert(sql, certificates) {
    const rows = certificates.map(({ publicKey, issuedAt, expiresAt, ...rest }) => ({
      ...rest,
      key: hex(publicKey),
      issued: new Date(issuedAt).toISOString(),
      expires: new Date(expiresAt).toISOString(),
    }))
    await sql`
      insert into registration_certificate (serial, tenant, device, public_key, issued_at, expires_at)
      select c.serial, d.tenant, c.device, decode(c.key, 'hex'), c.issued, c.expires
      from jsonb_to_recordset(${sql.json(rows)})
        as c(serial text, device text, key text, issued timestamptz, expires timestamptz)
        join registration_device d on d.device = c.device`
  },

  async find(sql, serial) {
    const rows = await sql<
      { device: string; public_key: Buffer; expires_at: Date; replaced: boolean; revoked: boolean }[]
    >`
      select c.device, c.public_key, c.expires_at, c.replaced_at is not null as replaced,
        (c.revoked_at is not null or d.revoked_at is not null or d.quarantined_at is not null or d.protocol <> 'native') as revoked
      from registration_certificate c join registration_device d on d.device = c.device where c.serial = ${serial}`
    return (
      rows.map(({ public_key, expires_at, ...rest }) => ({
        ...rest,
        publicKey: text(public_key),
        expiresAt: expires_at.getTime(),
      }))[0] ?? null
    )
  },

  async ofDevices(sql, devices, now) {
    const rows = await sql<{ serial: string; device: string; public_key: Buffer }[]>`
      select c.serial, c.device, c.public_key from registration_certificate c
      where c.device = any(${[...devices]}) and c.replaced_at is null and c.revoked_at is null and c.expires_at > ${now}
      order by c.number desc`
    return rows.map(({ public_key, ...rest }) => ({ ...rest, publicKey: text(public_key) }))
  },

  // Locks in order of device, so that two hubs' batches cannot wait for one another.
  async use(sql, uses, implausible, now) {
    const rows = await sql<{ serial: string; connections: number }[]>`
      with wanted as materialized (
        select c.serial, c.number, d.device, u.time
        from unnest(${uses.map(({ serial }) => serial)}::text[], ${uses.map(({ time }) => time ?? -1)}::bigint[])
          as u(serial, time)
        join registration_certificate c on c.serial = u.serial
        join registration_device d on d.device = c.device
        where c.revoked_at is null and c.replaced_at is null and c.expires_at > ${now}
          and d.revoked_at is null and d.quarantined_at is null and d.protocol = 'native'
          and (u.time = -1 or d.last_connect < u.time or d.last_connect > ${implausible}::bigint)
        order by d.device for update of d),
      replaced as (
        update registration_certificate c set replaced_at = ${now} from wanted w
        where c.device = w.device and c.number < w.number and c.replaced_at is null)
      update registration_device d
      set last_connect = case w.time when -1 then d.last_connect else w.time end, connections = d.connections + 1
      from wanted w where d.device = w.device
      returning w.serial, d.connections`
    return new Map(rows.map(({ serial, connections }) => [serial, Number(connections)]))
  },

  async revokeOf(sql, devices, at) {
    await sql`
      update registration_certificate set revoked_at = ${at}
      where device = any(${[...devices]}) and revoked_at is null`
  },

  async forgetExpired(sql, before) {
    await sql`delete from registration_certificate where expires_at < ${before}`
  },
}
