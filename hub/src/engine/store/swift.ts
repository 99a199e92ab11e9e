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
  type Writes,
} from './writes.ts'
import { run, type Part } from './rowset.ts'

export interface UnlockedInstance extends InstanceRow {
  /** Whatever changes the row makes another one: the id of the transaction that wrote it. */
  readonly row_version: string
  /** Something waits in its mailbox. */
  readonly mail: boolean
}

/** Those of the instances that exist, as they are now. Locks nothing. */
export async function readUnlocked(sql: Sql, addresses: readonly Address[]): Promise<UnlockedInstance[]> {
  return await sql<UnlockedInstance[]>`
    select i.key, i.tenant, i.model, i.id, i.version, i.parent, i.parent_as, i.depth, i.call, i.states, i.data, i.pending, i.steps,
      i.entries, i.ended_at is not null as done, i.attention, i.xmin::text as row_version,
      (${sql.unsafe(mailOf('i.key'))} limit 1) is not null as mail
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
/** How long for, at most. */
const patience = '50ms'

/** The row as it was read, nobody's mail before, and the lock not waited for long. */
const unchanged = `i.xmin = r.read and (${mailOf('r.key')} limit 1) is null
      and (select set_config('lock_timeout', '${patience}', true)) is not null`

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
  try {
    const [row] = await run<{ row_version: string }>(sql, statement(writes, at))
    return { rowVersion: row!.row_version }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (overtaken.has(code)) return 'overtaken'
    if (locked.has(code)) return 'locked'
    throw error
  }
}

/** The parts that few batches write are left out of the statement of the others. */
function statement(writes: SwiftWrites, at: number): Part {
  const { created, history, timers, timerless, tasks, shared } = writes
  // Each key's rows are written in one order by every hub, so that two cannot wait for each other.
  const changed = writes.changed.toSorted((a, b) => a.key - b.key)
  const values: unknown[] = []
  const add = (part: (first: number) => Part): string => {
    const { text, values: own } = part(values.length + 1)
    values.push(...own)
    return text
  }
  const parts = [
    `changed as (${add((first) => instancesUpdated(changed, at, unchanged, first))} returning i.key)`,
    `entered as (${add((first) => historyInserted(history, first))})`,
    ...(created.length > 0 ? [`created as (${add((first) => instancesInserted(created, at, first))})`] : []),
    ...(timers.length > 0 ? [`slept as (${add((first) => timersSet(timers, first))})`] : []),
    ...(timerless.length > 0 ? [`woken as (${add((first) => timersRemoved(timerless, first))})`] : []),
    ...(tasks.length > 0 ? [`started as (${add((first) => tasksInserted(tasks, first))})`] : []),
  ]
  const seen = shared.length > 0 ? ` and ${add((first) => sharedSeen(shared, first))}` : ''
  values.push(changed.length)
  const all = `(select count(*) from changed) = $${values.length}::int${seen}`
  // Dividing by zero is how a statement undoes itself.
  const text = `with ${parts.join(', ')}
    select 1 / (case when ${all} then 1 else 0 end), pg_current_xact_id()::xid::text as row_version`
  return { text, values }
}

function sharedSeen(shared: readonly UnlockedShared[], first: number): Part {
  const text = `(select count(*) from unnest($${first}::text::text[], $${first + 1}::text::xid[]) as w(model, read)
      join engine_shared s on s.model = w.model and s.xmin = w.read) = $${first + 2}::int`
  const models = texts(shared.map(({ model }) => model))
  return { text, values: [models, texts(shared.map(({ row_version }) => row_version)), shared.length] }
}
