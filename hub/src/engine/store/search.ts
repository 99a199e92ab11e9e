import type { Json } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Address } from '../address.ts'
import { numbers } from './rows.ts'
import { instanceColumns, type StoredInstance } from './views.ts'

/** A part of a document, by the names that lead to it, and what it may be. */
export interface Condition {
  readonly path: readonly string[]
  readonly values: readonly Json[]
}

/** From (inclusive) to (exclusive), milliseconds since the epoch. */
export interface Span {
  readonly from?: number
  readonly to?: number
}

export interface InstanceFilter {
  readonly tenant?: string
  readonly model?: string
  /** The exact version it runs on. */
  readonly version?: string
  /** All of these states are current. */
  readonly states?: readonly string[]
  readonly data?: readonly Condition[]
  /** Only those that a person should look at. */
  readonly attention?: boolean
  readonly ended?: boolean
  /** URLs of the calling instance, one for each version it may have had. */
  readonly parents?: readonly string[]
  readonly createdAt?: Span
  readonly changedAt?: Span
  readonly endedAt?: Span
}

export interface Scan {
  readonly hits: readonly StoredInstance[]
  /** Where it ended; null at the end of the table. */
  readonly end: Address | null
}

/**
 * Looks through the next `rows` instances by model and id after the given one, whatever they are, and returns the first `most`
 * that the filter lets through. Flags and parents have an index of their own: there, only such rows are counted.
 */
export async function scanInstances(
  sql: Sql,
  filter: InstanceFilter,
  after: Address,
  { rows, most }: { rows: number; most: number },
): Promise<Scan> {
  const { tenant, model, parents } = filter
  const found = await sql<(Address & { key: number; n: number; hit: boolean; last: boolean })[]>`
    with scanned as materialized (
      select key, model, id, row_number() over (order by model, id)::int as n, ${predicate(sql, filter)} as hit
      from (select * from engine_instance where (model, id) > (${after.model}, ${after.id})
        ${tenant === undefined ? sql`` : sql`and tenant = ${tenant}`}
        ${model === undefined ? sql`` : sql`and model = ${model}`}
        ${filter.attention === true ? sql`and attention is not null` : sql``}
        ${parents === undefined ? sql`` : sql`and parent = any(${parents as string[]})`}
        order by model, id limit ${rows}::int) i)
    (select key, model, id, n, hit, false as last from scanned where hit order by n limit ${most}::int)
    union all (select key, model, id, n, hit, true as last from scanned order by n desc limit 1)`
  const last = found.find((row) => row.last)
  const end = last && last.n >= rows ? { model: last.model, id: last.id } : null
  return {
    hits: await readAll(
      sql,
      found.filter((row) => !row.last).map(({ key }) => key),
    ),
    end,
  }
}

async function readAll(sql: Sql, keys: readonly number[]): Promise<StoredInstance[]> {
  if (keys.length === 0) return []
  return await sql<StoredInstance[]>`
    select ${instanceColumns(sql)} from engine_instance where key = any(${numbers(keys)}::text::bigint[]) order by model, id`
}

function predicate(sql: Sql, filter: InstanceFilter) {
  const { version, states = [], data = [], ended } = filter
  const all = [
    ...(version === undefined ? [] : [sql`version = ${version}`]),
    ...(states.length === 0 ? [] : [sql`states::jsonb @> ${JSON.stringify(states)}::text::jsonb`]),
    ...data.map((condition) => holds(sql, sql`data`, condition)),
    ...(ended === undefined ? [] : [sql`(ended_at is not null) = ${ended}`]),
    ...within(sql, sql`created_at`, filter.createdAt),
    ...within(sql, sql`changed_at`, filter.changedAt),
    ...within(sql, sql`ended_at`, filter.endedAt),
  ]
  return all.reduce((before, each) => sql`${before} and ${each}`, sql`true`)
}

/** Whether the part of a JSON document that a path leads to is one of the values. */
export function holds(sql: Sql, document: ReturnType<Sql>, { path, values }: Condition) {
  const wanted = values.map((value) => JSON.stringify(value))
  return sql`coalesce((${document} #> ${path as string[]}::text[])::jsonb = any(${wanted}::text[]::jsonb[]), false)`
}

function within(sql: Sql, column: ReturnType<Sql>, { from, to }: Span = {}) {
  return [
    ...(from === undefined ? [] : [sql`coalesce(${column} >= ${from}::bigint, false)`]),
    ...(to === undefined ? [] : [sql`coalesce(${column} < ${to}::bigint, false)`]),
  ]
}
