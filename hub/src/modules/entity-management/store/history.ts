import type { HistoryStore } from '../app/storage.ts'
import type { HistoryEntry } from '../domain/history.ts'

interface HistoryRow {
  id: number
  at: Date
  owner: HistoryEntry['owner']
  actor: HistoryEntry['by']
  changes: HistoryEntry['changes']
}

export const historyStore: HistoryStore = {
  async insert(sql, entries, at) {
    await sql`
      insert into entity_history (tenant, kind, subject, at, owner, actor, changes)
      select tenant, kind, subject, ${at}, owner, nullif(by, 'null'), changes
      from jsonb_to_recordset(${sql.json(entries as never)}) as r
        (tenant text, kind text, subject text, owner text, by jsonb, changes jsonb)`
  },

  async page(sql, kind, subject, limit, before) {
    const rows = await sql<HistoryRow[]>`
      select id, at, owner, actor, changes from entity_history where kind = ${kind} and subject = ${subject}
      ${before === null ? sql`` : sql`and id < ${before}`} order by id desc limit ${limit}`
    return rows.map(({ at, actor, ...row }) => ({ ...row, at: at.getTime(), by: actor }))
  },

  async prune(sql, before, limit) {
    const changes = await sql`
      delete from entity_history where (kind, subject, id) in (
        select kind, subject, id from entity_history where at < ${before} order by at limit ${limit})`
    const reports = await sql`
      delete from entity_capabilities_history h where (device, id) in (
        select device, id from entity_capabilities_history o where reported_at < ${before}
          and exists (select from entity_capabilities_history n where n.device = o.device and n.id > o.id)
        order by reported_at limit ${limit})`
    return changes.count + reports.count
  },
}
