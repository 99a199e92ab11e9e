import type { Json, JsonObject } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Address } from '../address.ts'
import type { InstanceRow } from './rows.ts'
import type { HistoryOutcome, HistoryRow } from './writes.ts'

export interface StoredInstance extends InstanceRow {
  /** Milliseconds since the epoch. */
  readonly created_at: number
  readonly changed_at: number
  readonly ended_at: number | null
}

/** The columns of a stored instance, for a query of `engine_instance`. */
export function instanceColumns(sql: Sql) {
  return sql`key, tenant, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries,
    ended_at is not null as done, attention, created_at, changed_at, ended_at`
}

export async function readInstance(sql: Sql, { model, id }: Address): Promise<StoredInstance | null> {
  const [row] = await sql<StoredInstance[]>`
    select ${instanceColumns(sql)} from engine_instance where model = ${model} and id = ${id}`
  return row ?? null
}

/** Whose it is; null when there is no such instance. */
/** One step of an instance, or an operation of a person on it, as kept. */
export interface HistoryEntry {
  /** Counts the entries of the instance from 1. */
  readonly entry: number
  readonly step: number
  readonly at: Date
  readonly signal: string
  readonly type: string
  /** `external`, `timer`, `task`, `engine`, the URL of the instance that emitted it, or the principal that operated. */
  readonly from: string
  readonly outcome: HistoryOutcome
  readonly reason: string | null
  readonly detail: string | null
  readonly fired: readonly string[]
  readonly states: readonly string[]
  readonly args: JsonObject
  /** Instance data after the step; null when the step left it as it was. */
  readonly data: JsonObject | null
  readonly effects: Json
  readonly done: boolean
}

export type EntryRow = Pick<HistoryRow, 'entry' | 'at' | 'type' | 'body'> & { readonly signal: string }

/** The newest entries first, before the given one; at most `limit`. */
export async function readHistory(
  sql: Sql,
  instance: number,
  page: { limit: number; before?: number },
): Promise<HistoryEntry[]> {
  const rows = await sql<EntryRow[]>`
    select entry, at, type, signal_id as signal, body
    from engine_history where instance = ${instance}::bigint and entry < ${page.before ?? 2_147_483_647}::int
    order by entry desc limit ${page.limit}::int`
  return rows.map(entryOf)
}

export function entryOf({ entry, at, type, signal, body }: EntryRow): HistoryEntry {
  const { step, from, outcome, reason = null, detail = null, fired = [], states } = body
  const { args = {}, data = null, effects = null, done = false } = body
  const says = { outcome, reason, detail, fired, states, args, data, effects, done }
  return { entry, step, at: new Date(at), signal, type, from, ...says }
}

/** How much mail waits (counted up to 100,000), or how many instances are flagged (up to 10,000). */
export async function countWaiting(sql: Sql, what: 'mail' | 'attention'): Promise<number> {
  const found =
    what === 'mail'
      ? sql`select from engine_mailbox limit 100000`
      : sql`select from engine_instance where attention is not null limit 10000`
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from (${found}) as found`
  return row?.count ?? 0
}
