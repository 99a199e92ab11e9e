import type { Database, Sql } from '../../platform/database.ts'
import { holds, type Condition } from './search.ts'
import { entryOf, type EntryRow, type HistoryEntry } from './views.ts'
import { numbers } from './rows.ts'

/** One entry of history, with whose it is. */
export interface Step extends HistoryEntry {
  readonly model: string
  readonly id: string
}

/** Where an entry stands among those of all instances, newest last. `at` in milliseconds. */
export interface StepPlace {
  readonly at: number
  readonly instance: number
  readonly entry: number
}

export interface StepFilter {
  readonly tenant?: string
  readonly model?: string
  readonly id?: string
  /** The signal's type, or `operator.…`. */
  readonly signal?: string
  readonly outcome?: string
  /** States that were current after it. */
  readonly states?: readonly string[]
  /** Of the instance data, where the step changed it. */
  readonly data?: readonly Condition[]
}

type StepRow = EntryRow & { readonly model: string; readonly id: string; readonly instance: number }

export interface PlacedStep {
  readonly step: Step
  readonly place: StepPlace
}

/** The newest entries first, not before the time `since` (milliseconds) and before `before`; at most `limit`. */
export async function searchSteps(
  sql: Sql,
  filter: StepFilter,
  { since, before, limit }: { since: number; before: StepPlace; limit: number },
): Promise<PlacedStep[]> {
  const rows = await sql<StepRow[]>`
    select i.model, i.id, h.instance, h.entry, h.at, h.type, h.signal_id as signal, h.body
    from engine_history h join engine_instance i on i.key = h.instance
    where h.at >= ${since}::bigint and h.at <= ${before.at}::bigint
      and (h.at, h.instance, h.entry) < (${before.at}::bigint, ${before.instance}::bigint, ${before.entry}::int)
      and ${predicate(sql, filter)}
    order by h.at desc, h.instance desc, h.entry desc limit ${limit}::int`
  return rows.map((row) => ({ step: stepOf(row), place: { at: row.at, instance: row.instance, entry: row.entry } }))
}

function predicate(sql: Sql, { tenant, model, id, signal, outcome, states = [], data = [] }: StepFilter) {
  const all = [
    ...(tenant === undefined ? [] : [sql`i.tenant = ${tenant}`]),
    ...(model === undefined ? [] : [sql`i.model = ${model}`]),
    ...(id === undefined ? [] : [sql`i.id = ${id}`]),
    ...(signal === undefined ? [] : [sql`h.type = ${signal}`]),
    ...(outcome === undefined ? [] : [sql`h.body->>'outcome' = ${outcome}`]),
    ...(states.length === 0 ? [] : [sql`(h.body->'states')::jsonb @> ${JSON.stringify(states)}::text::jsonb`]),
    ...data.map((condition) => holds(sql, sql`(h.body->'data')`, condition)),
  ]
  return all.reduce((before, each) => sql`${before} and ${each}`, sql`true`)
}

function stepOf(row: StepRow): Step {
  return { model: row.model, id: row.id, ...entryOf(row) }
}

/** An instance's entries after the given one, oldest first; at most `limit`. Its rows are locked in turn: none comes late. */
export async function stepsAfter(sql: Sql, instance: number, entry: number, limit: number): Promise<Step[]> {
  const rows = await sql<StepRow[]>`
    select i.model, i.id, h.instance, h.entry, h.at, h.type, h.signal_id as signal, h.body
    from engine_history h join engine_instance i on i.key = h.instance
    where h.instance = ${instance}::bigint and h.entry > ${entry}::int order by h.entry limit ${limit}::int`
  return rows.map(stepOf)
}

/** Where an entry stands among all in the order of their transactions (docs/decisions/0004). */
export interface CommitPlace {
  readonly xact: number
  readonly instance: number
  readonly entry: number
}

/** Entries of a model's instances behind `after`, of transactions before `until`, in the order of their transactions. */
export async function committedAfter(
  sql: Sql,
  { model, tenant }: { readonly model: string; readonly tenant: string },
  { after, until, limit }: { after: CommitPlace; until: number; limit: number },
): Promise<{ step: Step; place: CommitPlace }[]> {
  const rows = await sql<(StepRow & { xact: number })[]>`
    select i.model, i.id, h.instance, h.entry, h.at, h.type, h.signal_id as signal, h.body, h.xact
    from engine_history h join engine_instance i on i.key = h.instance
    where h.xact >= ${after.xact}::bigint and h.xact < ${until}::bigint
      and (h.xact, h.instance, h.entry) > (${after.xact}::bigint, ${after.instance}::bigint, ${after.entry}::int)
      and i.model = ${model} and i.tenant = ${tenant}
    order by h.xact, h.instance, h.entry limit ${limit}::int`
  return rows.map(({ xact, ...row }) => ({
    step: stepOf(row),
    place: { xact, instance: row.instance, entry: row.entry },
  }))
}

/** Models whose instances have entries of transactions from `since` on and before `until`. */
export async function modelsBetween(sql: Sql, since: number, until: number): Promise<Set<string>> {
  if (since >= until) return new Set()
  const rows = await sql<{ model: string }[]>`
    select distinct i.model from engine_history h join engine_instance i on i.key = h.instance
    where h.xact >= ${since}::bigint and h.xact < ${until}::bigint`
  return new Set(rows.map(({ model }) => model))
}

/** Brings what was added since to the index by time and transaction; gives up where that would have to wait. */
export async function summariseHistory(database: Database): Promise<void> {
  await database.transaction(async ({ sql }) => {
    await sql`select set_config('lock_timeout', '50', true)`
    await sql`select engine_summarise_history()`
  })
}

/** How many entries these instances have had; those that are gone are missing. */
export async function entriesOf(sql: Sql, keys: readonly number[]): Promise<Map<number, number>> {
  if (keys.length === 0) return new Map()
  const rows = await sql<{ key: number; entries: number }[]>`
    select key, entries from engine_instance where key = any(${numbers(keys)}::text::bigint[])`
  return new Map(rows.map(({ key, entries }) => [key, entries]))
}
