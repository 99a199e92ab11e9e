import type { CapabilityReport } from '@sutler/device-model'
import type { CapabilityStore } from '../app/storage.ts'

export const capabilityStore: CapabilityStore = {
  async digests(sql, devices) {
    return sql`
      select d.id as device, d.household, d.tenant, c.digest as whole, c.lasting_digest as lasting
      from entity_device d left join entity_capabilities c on c.device = d.id
      where d.id = any(${[...devices]})`
  },

  async replace(sql, reports, at) {
    const rows = reports.map(({ device, report, whole, lasting }) => ({
      device,
      report,
      digest: whole.toString('hex'),
      lasting: lasting.toString('hex'),
    }))
    await sql`
      insert into entity_capabilities (device, digest, lasting_digest, report, reported_at)
      select device, decode(digest, 'hex'), decode(lasting, 'hex'), report, ${at}
      from jsonb_to_recordset(${sql.json(rows as never)}) as r(device text, digest text, lasting text, report jsonb)
      order by device
      on conflict (device) do update set digest = excluded.digest, lasting_digest = excluded.lasting_digest,
        report = excluded.report, reported_at = excluded.reported_at`
  },

  async remember(sql, reports, at) {
    await sql`select entity_fleet_report(${reports.map(({ device }) => device)})`
    const rows = reports.map(({ device, report }) => ({ device, report }))
    await sql`
      insert into entity_capabilities_history (device, report, reported_at)
      select device, report, ${at} from jsonb_to_recordset(${sql.json(rows as never)}) as r(device text, report jsonb)`
  },

  async history(sql, device, limit, before) {
    const rows = await sql<{ id: number; report: CapabilityReport; reported_at: Date }[]>`
      select id, report, reported_at from entity_capabilities_history
      where device = ${device} ${before === undefined ? sql`` : sql`and id < ${before}`}
      order by id desc limit ${limit}`
    return rows.map((row) => ({ id: row.id, report: row.report, reportedAt: row.reported_at.getTime() }))
  },
}
