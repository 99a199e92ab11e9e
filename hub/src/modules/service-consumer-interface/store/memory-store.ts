import type { FileFacts } from '@sutler/device-model'
import type { DeviceMemoryStorage } from '../app/storage.ts'

/** What protocols remember of devices, what they ask of files, and what devices logged. */
export const memoryStore: DeviceMemoryStorage = {
  async recall(sql, devices, protocol) {
    const rows = await sql<{ device: string; version: number; value: unknown }[]>`
      select device, version, value from consumer_device_memory
      where device = any(${devices as string[]}) and protocol = ${protocol}`
    return new Map(rows.map(({ device, version, value }) => [device, { version, value }]))
  },

  async remember(sql, { device, protocol, value, version }, now) {
    const rows =
      version === 0
        ? await sql`
            insert into consumer_device_memory (device, protocol, version, value, changed_at)
            values (${device}, ${protocol}, 1, ${sql.json(value as never)}, ${now}) on conflict do nothing`
        : await sql`
            update consumer_device_memory set version = version + 1, value = ${sql.json(value as never)}, changed_at = ${now}
            where device = ${device} and protocol = ${protocol} and version = ${version}`
    return rows.count === 1
  },

  async fileFacts(sql, sha256) {
    const [row] = await sql<
      FileFacts[]
    >`select sha256, size, sha1, md5 from consumer_file_facts where sha256 = ${sha256}`
    return row === undefined ? null : { ...row, size: Number(row.size) }
  },

  async keepFileFacts(sql, { sha256, size, sha1, md5 }) {
    await sql`
      insert into consumer_file_facts (sha256, size, sha1, md5) values (${sha256}, ${size}, ${sha1}, ${md5})
      on conflict do nothing`
  },

  async addLogs(sql, logs, now) {
    if (logs.length === 0) return
    await sql`
      insert into consumer_device_log (device, request, received_at, text)
      select device, request, ${now}, text
      from jsonb_to_recordset(${sql.json(logs as never)}) as r (device text, request text, text text)`
  },

  async keepNewestLogs(sql, devices, most) {
    await sql`
      delete from consumer_device_log l using (
        select id, row_number() over (partition by device order by id desc) as place
        from consumer_device_log where device = any(${devices as string[]})
      ) old where l.id = old.id and old.place > ${most}`
  },

  async logs(sql, device, limit, before) {
    return sql`
      select id, request, received_at as "receivedAt", text from consumer_device_log
      where device = ${device} ${before === undefined ? sql`` : sql`and id < ${before}`} order by id desc limit ${limit}`
  },

  async logsOf(sql, asked) {
    return sql`
      select l.id, l.request, l.received_at as "receivedAt", l.text
      from unnest(${asked.map(({ device }) => device)}::text[], ${asked.map(({ request }) => request)}::text[]) as a (device, request)
      join consumer_device_log l on l.device = a.device and l.request = a.request`
  },

  async pruneLogs(sql, before, limit) {
    const rows = await sql`
      delete from consumer_device_log where id in (
        select id from consumer_device_log where received_at < ${before} order by received_at limit ${limit})`
    return rows.count
  },
}
