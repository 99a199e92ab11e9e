import type { Sql } from '../../../platform/database.ts'
import type { OperationStorage } from '../app/operations/dependencies.ts'
import type { DeviceOperation, OperationException, OperationPreview } from '../domain/operations/operation.ts'

/** Previews that are kept, per tenant. */
const mostPreviews = 100
/** Devices' rows that are removed at once. */
const pruned = 10_000

type Row = Record<string, unknown>

export const operationStore: OperationStorage = {
  async addPreview(sql, { id, tenant, principal, selection, operation, counted, expiresAt }, now) {
    await sql`
      delete from participant_operation_preview where tenant = ${tenant} and (expires_at <= ${new Date(now)} or id in (
        select id from participant_operation_preview where tenant = ${tenant} order by id desc offset ${mostPreviews - 1}))`
    await sql`
      insert into participant_operation_preview (id, tenant, principal, selection, operation, counted, expires_at)
      values (${id}, ${tenant}, ${principal}, ${sql.json(selection as never)}, ${sql.json(operation as never)}, ${counted},
        ${new Date(expiresAt)})`
  },

  async preview(sql, id) {
    const [row] = await sql<(Omit<OperationPreview, 'expiresAt'> & { expiresAt: Date })[]>`
      select id, tenant, principal, selection, operation, counted, expires_at as "expiresAt"
      from participant_operation_preview where id = ${id}`
    return row === undefined ? null : { ...row, expiresAt: row.expiresAt.getTime() }
  },

  async takePreview(sql, id) {
    return (await sql`delete from participant_operation_preview where id = ${id}`).count === 1
  },

  async countRunning({ sql }, tenant) {
    await sql`select pg_advisory_xact_lock(hashtext('participant_operation'), hashtext(${tenant}))`
    const [row] = await sql<{ running: number }[]>`
      select count(*)::int as running from participant_operation where tenant = ${tenant} and state = 'running'`
    return row!.running
  },

  async insert(sql, made) {
    const at = new Date(made.createdAt)
    await sql`
      insert into participant_operation (id, tenant, selection, operation, started_by, decision, state, planned, per_minute, next_at,
        until, created_at, updated_at)
      values (${made.id}, ${made.tenant}, ${sql.json(made.selection as never)}, ${sql.json(made.operation as never)},
        ${made.startedBy}, ${made.decision}, ${made.state}, ${made.planned}, ${made.perMinute}, ${new Date(made.nextAt)},
        ${new Date(made.until)}, ${at}, ${at})`
  },

  async find(sql, id) {
    const rows = await sql<Row[]>`select ${columns(sql)} from participant_operation where id = ${id}`
    return operationOf(rows[0])
  },

  async page(sql, { limit, after, state }, scope) {
    if (!scope.all) return []
    const rows = await sql<Row[]>`
      select ${columns(sql)} from participant_operation where tenant = ${scope.tenant}
        ${after === undefined ? sql`` : sql`and id < ${after}`} ${state === undefined ? sql`` : sql`and state = ${state}`}
      order by id desc limit ${limit}`
    return rows.map((row) => operationOf(row)!)
  },

  async exceptions(sql, id, { limit, after }) {
    return sql<OperationException[]>`
      select device, outcome, code, detail from participant_operation_exception
      where operation = ${id} and device > ${after} order by device limit ${limit}`
  },

  async lease(sql, { lease, now, until }) {
    const rows = await sql<Row[]>`
      update participant_operation set lease = ${lease}, leased_until = ${new Date(until)} where id = (
        select id from participant_operation
        where state = 'running' and next_at <= ${new Date(now)} and (leased_until is null or leased_until <= ${new Date(now)})
        order by next_at for update skip locked limit 1)
      returning ${columns(sql)}`
    return operationOf(rows[0])
  },

  async note({ sql }, id, lease, { cursor, done, exceptions }, { now, nextAt }) {
    const of = (outcome: string): number => exceptions.filter((each) => each.outcome === outcome).length
    const rows = await sql<Row[]>`
      update participant_operation set cursor = ${cursor}, done = done + ${done}, skipped = skipped + ${of('skipped')},
        failed = failed + ${of('failed')}, tries = 0, next_at = ${new Date(nextAt)}, leased_until = null,
        updated_at = ${new Date(now)}
      where id = ${id} and lease = ${lease} returning ${columns(sql)}`
    if (rows.length > 0 && exceptions.length > 0)
      await sql`
        insert into participant_operation_exception (operation, device, outcome, code, detail)
        select ${id}, e->>'device', e->>'outcome', e->>'code', e->>'detail'
        from jsonb_array_elements(${sql.json(exceptions as never)}::jsonb) as e on conflict do nothing`
    return operationOf(rows[0])
  },

  async putOff(sql, id, lease, nextAt) {
    await sql`
      update participant_operation set tries = tries + 1, next_at = ${new Date(nextAt)}, leased_until = null
      where id = ${id} and lease = ${lease}`
  },

  async end({ sql }, id, { state, why, now, lease }) {
    const at = new Date(now)
    const rows = await sql<Row[]>`
      update participant_operation set state = ${state}, why = ${why}, ended_at = ${at}, updated_at = ${at}
      where id = ${id} and state = 'running' ${lease === undefined ? sql`` : sql`and lease = ${lease}`}
      returning ${columns(sql)}`
    return operationOf(rows[0])
  },

  async prune(sql, before) {
    const old = sql`select id from participant_operation where ended_at < ${new Date(before)}`
    await sql`
      delete from participant_operation_exception where (operation, device) in (
        select operation, device from participant_operation_exception where operation in (${old}) limit ${pruned})`
    await sql`
      delete from participant_operation o where id in (${old})
        and not exists (select from participant_operation_exception where operation = o.id)`
  },
}

function columns(sql: Sql) {
  return sql`id, tenant, selection, operation, started_by as "startedBy", decision, state, why, planned, done, skipped, failed,
    per_minute as "perMinute", cursor, tries, next_at as "nextAt", until, created_at as "createdAt", updated_at as "updatedAt",
    ended_at as "endedAt"`
}

function operationOf(row: Row | undefined): DeviceOperation | null {
  if (row === undefined) return null
  const entries = Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value])
  return Object.fromEntries(entries) as DeviceOperation
}
