import type { JsonObject } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Address } from '../address.ts'
import { mailOf } from './claim.ts'
import { texts } from './columns.ts'
import type { InstanceRow } from './rows.ts'
import {
  historyInserted,
  instancesInserted,
  instancesUpdated,
  tasksInserted,
  timersRemoved,
  timersSet,
  type Part,
  type Writes,
} from './writes.ts'

export interface UnlockedInstance extends InstanceRow {
  /** Whatever changes the row makes another one: the id of the transaction that wrote it. */
  readonly row_version: string
  /** Something waits in its mailbox. */
  readonly mail: boolean
}

/** Those of the instances that exist, as they are now. Locks nothing. */
export async function readUnlocked(sql: Sql, addresses: readonly Address[]): Promise<UnlockedInstance[]> {
  return await sql<UnlockedInstance[]>`
    select i.key, i.model, i.id, i.version, i.parent, i.parent_as, i.depth, i.call, i.states, i.data, i.pending, i.steps,
      i.entries, i.ended_at is not null as done, i.attention, i.xmin::text as row_version,
      (${mailOf(sql, sql`i.key`)} limit 1) is not null as mail
    from unnest(
      ${texts(addresses.map(({ model }) => model))}::text::text[],
      ${texts(addresses.map(({ id }) => id))}::text::text[]) as w(model, id)
    join engine_instance i on i.model = w.model and i.id = w.id`
}

/** Model data as it is now. */
export interface UnlockedShared {
  readonly model: string
  readonly data: JsonObject
  readonly row_version: string
}

export async function readUnlockedShared(sql: Sql, models: readonly string[]): Promise<UnlockedShared[]> {
  if (models.length === 0) return []
  return await sql<UnlockedShared[]>`
    select model, data, xmin::text as row_version from engine_shared where model = any(${texts(models)}::text::text[])`
}

/** What a batch writes that held no locks while it was decided. */
export interface SwiftWrites extends Pick<
  Writes,
  'created' | 'changed' | 'history' | 'timers' | 'timerless' | 'tasks'
> {
  /** Model data that was read. */
  readonly shared: readonly UnlockedShared[]
}

/** SQLSTATE: the statement's own way to say that not all was as it had been read; an id or a key was taken meanwhile. */
const overtaken = new Set(['22012', '23505'])
/** Somebody holds one of the instances. */
const locked = new Set(['55P03', '40P01', '40001'])
/** How long for, at most, milliseconds. */
const patience = '50'

/**
 * Writes all of it in one statement, a transaction by itself, or nothing: when an instance or model data is not as it was read
 * any more, has got mail, or is held by somebody, or when an id was taken before. `at` in milliseconds.
 * @returns the `row_version` of all instances written; or why nothing was
 */
export async function writeSwiftly(
  sql: Sql,
  writes: SwiftWrites,
  at: number,
): Promise<{ rowVersion: string } | 'overtaken' | 'locked'> {
  const { changed, history } = writes
  // Each key's rows are written in one order by every hub, so that two cannot wait for each other.
  const inOrder = changed.toSorted((a, b) => a.key - b.key)
  try {
    const [row] = await sql<{ row_version: string }[]>`
      with changed as (${instancesUpdated(sql, inOrder, at, unchanged(sql))} returning i.key),
        entered as (${historyInserted(sql, history)})
        ${beyond(sql, writes, at)}
      select 1 / (case when (select count(*) from changed) = ${changed.length}::int ${andSeen(sql, writes)} then 1 else 0 end),
        pg_current_xact_id()::xid::text as row_version`
    return { rowVersion: row!.row_version }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (overtaken.has(code)) return 'overtaken'
    if (locked.has(code)) return 'locked'
    throw error
  }
}

function unchanged(sql: Sql): Part {
  return sql`i.xmin = r.read and (${mailOf(sql, sql`r.key`)} limit 1) is null
    and (select set_config('lock_timeout', ${patience}, true)) is not null`
}

/** What few batches write; left out of the statement of the others. */
function beyond(sql: Sql, writes: SwiftWrites, at: number): Part {
  if (isPlain(writes)) return sql``
  const { created, timers, timerless, tasks } = writes
  return sql`,
    created as (${instancesInserted(sql, created, at)}),
    slept as (${timersSet(sql, timers)}),
    woken as (${timersRemoved(sql, timerless)}),
    started as (${tasksInserted(sql, tasks)})`
}

function andSeen(sql: Sql, writes: SwiftWrites): Part {
  if (isPlain(writes)) return sql``
  const { shared } = writes
  return sql`and (
    select count(*) from unnest(
      ${texts(shared.map(({ model }) => model))}::text::text[],
      ${texts(shared.map(({ row_version }) => row_version))}::text::xid[]) as w(model, read)
    join engine_shared s on s.model = w.model and s.xmin = w.read) = ${shared.length}::int`
}

function isPlain({ created, timers, timerless, tasks, shared }: SwiftWrites): boolean {
  return [created, timers, timerless, tasks, shared].every((rows) => rows.length === 0)
}
