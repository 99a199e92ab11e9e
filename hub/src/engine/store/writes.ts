import type { Json, JsonObject, Outcome } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Item } from '../batch/item.ts'
import { numbers, type InstanceRow, type Marking } from './rows.ts'

/** One entry of an instance's history, as stored. */
export interface HistoryRow {
  readonly instance: number
  readonly entry: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly type: string
  readonly signal_id: string
  /** The id came from outside and is now taken. */
  readonly outside: boolean
  readonly body: HistoryBody
}

/** What of an entry is only read with it; absent = empty or none. */
export interface HistoryBody {
  readonly step: number
  readonly from: string
  readonly outcome: HistoryOutcome
  readonly reason?: string
  readonly detail?: string
  readonly fired?: readonly string[]
  readonly states: readonly string[]
  readonly args?: JsonObject
  /** Instance data after the step; absent when the step left it as it was. */
  readonly data?: JsonObject
  readonly effects?: Json
  readonly done?: true
}

/** `operated`: not a signal, but a person's operation on the instance. */
export type HistoryOutcome = Outcome | 'operated'

export interface MailRow {
  readonly instance: number
  readonly at: number
  readonly item: Item
  /** The place it had in the mailbox, when it is put back; null puts it at the end. */
  readonly seq: number | null
}

/** Attempts at an external task; times in milliseconds. */
export interface TaskPolicy {
  readonly attempts: number
  readonly first: number
  readonly factor: number
  readonly max: number
  readonly timeout: number
}

export interface TaskRow {
  readonly instance: number
  readonly key: string
  readonly task: string
  readonly args: JsonObject
  readonly policy: TaskPolicy
  readonly due: number
}

/** Everything that one batch changes. */
export interface Writes {
  readonly created: InstanceRow[]
  readonly changed: Marking[]
  readonly history: HistoryRow[]
  /** Instance → when its earliest delayed signal is due now. */
  readonly timers: { readonly instance: number; readonly due: number }[]
  readonly timerless: number[]
  readonly tasks: TaskRow[]
  readonly mail: MailRow[]
  readonly shared: { readonly model: string; readonly data: JsonObject }[]
}

/**
 * Writes a batch's results: one multi-row statement per table that changed, sent in one flight. `at` in milliseconds.
 * @returns how many of `created` were inserted; fewer when another transaction created one of them meanwhile
 */
export async function write(sql: Sql, writes: Writes, at: number): Promise<number> {
  // Each key's rows are written in one order by every hub, so that two batches cannot wait for each other.
  const created = writes.created.toSorted((a, b) => (a.model + a.id < b.model + b.id ? -1 : 1))
  const [inserted] = await Promise.all([
    created.length > 0 ? insertInstances(sql, created, at) : 0,
    writes.changed.length > 0 && updateInstances(sql, writes.changed, at),
    writes.history.length > 0 && insertHistory(sql, writes.history),
    writes.timers.length > 0 && setTimers(sql, writes.timers),
    writes.timerless.length > 0 &&
      sql`delete from engine_timer where instance = any(${numbers(writes.timerless)}::text::bigint[])`,
    writes.tasks.length > 0 && insertTasks(sql, writes.tasks),
    insertMail(sql, writes.mail),
    writes.shared.length > 0 && updateShared(sql, writes.shared),
  ])
  return inserted
}

/** @returns how many were inserted: those whose model and id exist already are left alone */
export async function insertInstances(sql: Sql, rows: readonly InstanceRow[], at: number): Promise<number> {
  const result = await sql`
    insert into engine_instance (key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps,
      entries, attention, created_at, changed_at, ended_at)
    select key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries, attention,
      ${at}::bigint, ${at}::bigint, case when done then ${at}::bigint end
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(key bigint, model text, id text, version text, parent text,
      parent_as text, depth int, call json, states json, data json, pending json, steps int, entries int, done boolean,
      attention text)
    on conflict (model, id) do nothing`
  return result.count
}

async function updateInstances(sql: Sql, rows: readonly Marking[], at: number): Promise<void> {
  await sql`
    update engine_instance i set states = r.states, data = coalesce(r.data, i.data), pending = coalesce(r.pending, i.pending),
      steps = r.steps, entries = r.entries, attention = r.attention, changed_at = ${at}::bigint,
      ended_at = case when r.done then coalesce(i.ended_at, ${at}::bigint) end
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(key bigint, states json, data json, pending json,
      steps int, entries int, done boolean, attention text)
    where i.key = r.key`
}

async function insertHistory(sql: Sql, rows: readonly HistoryRow[]): Promise<void> {
  await sql`
    insert into engine_history (instance, entry, at, type, signal_id, outside, body)
    select instance, entry, at, type, signal_id, outside, body
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as r(instance bigint, entry int, at bigint, type text, signal_id text, outside boolean, body json)`
}

async function setTimers(sql: Sql, rows: Writes['timers']): Promise<void> {
  await sql`
    insert into engine_timer (instance, due)
    select instance, due from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(instance bigint, due bigint)
    on conflict (instance) do update set due = excluded.due`
}

async function insertTasks(sql: Sql, rows: readonly TaskRow[]): Promise<void> {
  await sql`
    insert into engine_task (instance, key, task, args, policy, due)
    select instance, key, task, args, policy, due from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as r(instance bigint, key text, task text, args json, policy json, due bigint)`
}

/** Appends to mailboxes, in the order given. */
export async function insertMail(sql: Sql, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into engine_mailbox (seq, instance, at, item) overriding system value
    select coalesce(seq, nextval('engine_mailbox_seq_seq')), instance, at, item
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(seq bigint, instance bigint, at bigint, item json)`
}

async function updateShared(sql: Sql, rows: Writes['shared']): Promise<void> {
  await sql`
    update engine_shared s set data = r.data
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(model text, data json) where s.model = r.model`
}

/** Keys for new instances are handed out from blocks of this many. */
const block = 1024

/** Hands out instance keys without asking the database for each; a key that is never used leaves a gap. */
export function keySource(): (sql: Sql, count: number) => Promise<number[]> {
  let next = 0
  let end = 0
  return async (sql, count) => {
    const keys: number[] = []
    while (keys.length < count) {
      if (next === end) {
        const [row] = await sql<{ start: number }[]>`select nextval('engine_instance_key') as start`
        next = Number(row?.start)
        end = next + block
      }
      keys.push(next++)
    }
    return keys
  }
}
