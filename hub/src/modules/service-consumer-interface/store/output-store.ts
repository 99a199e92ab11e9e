import type { Wanted } from '@sutler/device-model'
import type { Sql, Tx } from '../../../platform/database.ts'
import type { DeliveryOnDevice, NewOutput, OpenOutput, OutputRow, OutputStorage, QueuedOutput } from '../app/storage.ts'

/** The output queue on PostgreSQL: multi-row statements straight to the driver. */
export const outputStore: OutputStorage = {
  async add(tx: Tx, outputs: readonly NewOutput[], now: Date) {
    if (outputs.length === 0) return
    const rows = outputs.map(({ device, output }) => ({
      device,
      kind: output.kind,
      delivery: deliveryOf(output),
      body: output,
    }))
    await tx.sql`
      insert into consumer_output (device, kind, delivery, body, queued_at)
      select r.device, r.kind, r.delivery, r.body, ${now}
      from rows from (jsonb_to_recordset(${tx.sql.json(rows as never)}) as (device text, kind text, delivery text, body jsonb))
        with ordinality as r (device, kind, delivery, body, position)
      order by r.position`
  },

  async dropDeliveries(tx: Tx, dropped: readonly { device: string; delivery: string }[], now: Date) {
    if (dropped.length === 0) return { sent: new Set<string>(), unsent: new Set<string>() }
    const deliveries = dropped.map((each) => each.delivery)
    const waited = await tx.sql<{ delivery: string; sent: boolean }[]>`
      update consumer_output set done_at = ${now}, result = 'dropped'
      where delivery = any(${deliveries}) and done_at is null
      returning delivery, sent_at is not null as sent`
    // Done ones are kept for a week, and an open delivery is offered afresh every day: what was sent is still here.
    const sent = await tx.sql<{ delivery: string }[]>`
      select distinct delivery from consumer_output
      where device = any(${dropped.map((each) => each.device)}) and delivery = any(${deliveries}) and sent_at is not null`
    const unsent = waited.filter((row) => !row.sent).map((row) => row.delivery)
    return { sent: new Set(sent.map((row) => row.delivery)), unsent: new Set(unsent) }
  },

  async open(sql: Sql, devices: readonly string[], limit: number) {
    if (devices.length === 0) return []
    return sql<OpenOutput[]>`
      select o.id, o.device, o.body as output
      from unnest(${devices as string[]}::text[]) as d (device)
        cross join lateral (
          select id, device, body from consumer_output
          where device = d.device and done_at is null order by id limit ${limit}
        ) o
      order by o.id`
  },

  async waiting(sql: Sql, devices: readonly string[]) {
    if (devices.length === 0) return []
    const rows = await sql<{ device: string }[]>`
      select distinct device from consumer_output where device = any(${devices as string[]}) and done_at is null`
    return rows.map((row) => row.device)
  },

  async markSent(sql: Sql, ids: readonly number[], now: Date) {
    if (ids.length === 0) return
    await sql`update consumer_output set sent_at = ${now} where id = any(${ids as number[]}::bigint[]) and sent_at is null`
  },

  async markDone(sql: Sql, done: readonly { id: number; result: string }[], now: Date) {
    if (done.length === 0) return
    await sql`
      update consumer_output o set done_at = ${now}, result = r.result
      from unnest(${done.map((row) => row.id)}::bigint[], ${done.map((row) => row.result)}::text[]) as r (id, result)
      where o.id = r.id and o.done_at is null`
  },

  async prune(sql: Sql, before: Date, limit: number) {
    const rows = await sql`
      delete from consumer_output where id in (
        select id from consumer_output where done_at < ${before} order by done_at limit ${limit})`
    return rows.count
  },

  async newestOf(sql: Sql, deliveries: readonly DeliveryOnDevice[]) {
    if (deliveries.length === 0) return []
    return sql<(QueuedOutput & { delivery: string })[]>`
      select d.delivery, o.queued_at as "queuedAt", o.sent_at as "sentAt"
      from unnest(${deliveries.map(({ device }) => device)}::text[], ${deliveries.map(({ delivery }) => delivery)}::text[])
        as d (device, delivery)
        cross join lateral (
          select queued_at, sent_at from consumer_output where device = d.device and delivery = d.delivery
          order by id desc limit 1
        ) o`
  },

  async newest(sql: Sql, device: string) {
    const [row] = await sql<OutputRow[]>`
      select id, device, body as output, queued_at as "queuedAt", sent_at as "sentAt", done_at as "doneAt", result
      from consumer_output where device = ${device} order by id desc limit 1`
    return row ?? null
  },

  async page(sql: Sql, device: string, limit: number, after: number) {
    return sql<OutputRow[]>`
      select id, device, body as output, queued_at as "queuedAt", sent_at as "sentAt", done_at as "doneAt", result
      from consumer_output where device = ${device} and id > ${after} order by id limit ${limit}`
  },
}

function deliveryOf(output: Wanted): string | null {
  return 'delivery' in output ? output.delivery : null
}
