import type { Json, JsonObject, Outcome } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Address } from './claim.ts'
import type { InstanceRow } from './rows.ts'

export interface StoredInstance extends InstanceRow {
  readonly created_at: Date
  readonly changed_at: Date
}

export async function readInstance(sql: Sql, { model, id }: Address): Promise<StoredInstance | null> {
  const [row] = await sql<StoredInstance[]>`
    select key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries, done, attention,
      created_at, changed_at
    from engine_instance where model = ${model} and id = ${id}`
  return row ?? null
}

export interface InstanceFilter {
  readonly model?: string
  /** Only instances in which this state is current. */
  readonly state?: string
  readonly attention?: boolean
}

/** Instances by model and id, after the given position; at most `limit`. */
export async function listInstances(
  sql: Sql,
  filter: InstanceFilter,
  page: { limit: number; after?: Address },
): Promise<StoredInstance[]> {
  const { model, id } = page.after ?? { model: '', id: '' }
  return await sql<StoredInstance[]>`
    select key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries, done, attention,
      created_at, changed_at
    from engine_instance
    where (model, id) > (${model}, ${id})
      ${filter.model === undefined ? sql`` : sql`and model = ${filter.model}`}
      ${filter.state === undefined ? sql`` : sql`and states @> array[${filter.state}::text]`}
      ${filter.attention === true ? sql`and attention is not null` : sql``}
    order by model, id limit ${page.limit}::int`
}

/** One step of an instance, as kept. */
export interface HistoryEntry {
  /** Counts the entries of the instance from 1. */
  readonly entry: number
  readonly step: number
  readonly at: Date
  readonly signal: string
  readonly type: string
  /** `external`, `timer`, `task`, `engine`, or the URL of the instance that emitted it. */
  readonly from: string
  readonly outcome: Outcome
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

/** The newest entries first, before the given one; at most `limit`. */
export async function readHistory(
  sql: Sql,
  instance: number,
  page: { limit: number; before?: number },
): Promise<HistoryEntry[]> {
  return await sql<HistoryEntry[]>`
    select entry, step, at, signal_id as signal, type, sender as "from", outcome, reason, detail, fired, states, args, data,
      effects, done
    from engine_history where instance = ${instance}::bigint and entry < ${page.before ?? 2_147_483_647}::int
    order by entry desc limit ${page.limit}::int`
}

/**
 * Removes history older than `before` (milliseconds since the epoch), at most `limit` entries, of ended instances or, with
 * `running`, of all. What is removed no longer recognises duplicates. @returns how many went
 */
export async function pruneHistory(
  sql: Sql,
  options: { before: number; limit: number; running: boolean },
): Promise<number> {
  const result = await sql`
    delete from engine_history where (instance, entry) in (
      select h.instance, h.entry from engine_history h join engine_instance i on i.key = h.instance
      where h.at < to_timestamp(${options.before}::double precision / 1000) and (i.done or ${options.running}::boolean)
      limit ${options.limit}::int)`
  return result.count
}
