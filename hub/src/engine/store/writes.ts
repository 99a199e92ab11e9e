import type { Json, JsonObject, Outcome } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Item } from '../batch/item.ts'
import { documents, flags, numbers, texts } from './columns.ts'
import type { InstanceRow, Marking } from './rows.ts'

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
  const { changed, history, timers, timerless, tasks, mail, shared } = writes
  const [inserted] = await Promise.all([
    created.length > 0 ? insertInstances(sql, created, at) : 0,
    changed.length > 0 && instancesUpdated(sql, changed, at, sql`true`),
    history.length > 0 && historyInserted(sql, history),
    timers.length > 0 && timersSet(sql, timers),
    timerless.length > 0 && timersRemoved(sql, timerless),
    tasks.length > 0 && tasksInserted(sql, tasks),
    insertMail(sql, mail),
    shared.length > 0 && updateShared(sql, shared),
  ])
  return inserted
}

/** @returns how many were inserted: those whose model and id exist already are left alone */
export async function insertInstances(sql: Sql, rows: readonly InstanceRow[], at: number): Promise<number> {
  const result = await sql`${instancesInserted(sql, rows, at)} on conflict (model, id) do nothing`
  return result.count
}

/** A part of a statement, or one by itself. */
export type Part = ReturnType<Sql>

export function instancesInserted(sql: Sql, rows: readonly InstanceRow[], at: number): Part {
  return sql`
    insert into engine_instance (key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps,
      entries, attention, created_at, changed_at, ended_at)
    select key, model, id, version, parent, parent_as, depth, call::json, states::json, data::json, pending::json, steps,
      entries, attention, ${at}::bigint, ${at}::bigint, case when done then ${at}::bigint end
    from unnest(
      ${numbers(rows.map(({ key }) => key))}::text::bigint[], ${texts(rows.map(({ model }) => model))}::text::text[],
      ${texts(rows.map(({ id }) => id))}::text::text[], ${texts(rows.map(({ version }) => version))}::text::text[],
      ${texts(rows.map(({ parent }) => parent))}::text::text[],
      ${texts(rows.map(({ parent_as }) => parent_as))}::text::text[],
      ${numbers(rows.map(({ depth }) => depth))}::text::int[],
      string_to_array(${documents(rows.map(({ call }) => call))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ states }) => states))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ data }) => data))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ pending }) => pending))}, e'\n', ''),
      ${numbers(rows.map(({ steps }) => steps))}::text::int[],
      ${numbers(rows.map(({ entries }) => entries))}::text::int[], ${flags(rows.map(({ done }) => done))}::text::boolean[],
      ${texts(rows.map(({ attention }) => attention))}::text::text[])
      as r(key, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries, done, attention)`
}

/** `condition` on the stored row `i` and the new one `r`, beyond that their keys are equal. */
export function instancesUpdated(sql: Sql, rows: readonly Marking[], at: number, condition: Part): Part {
  return sql`
    update engine_instance i set states = r.states::json, data = coalesce(r.data::json, i.data),
      pending = coalesce(r.pending::json, i.pending), steps = r.steps, entries = r.entries, attention = r.attention,
      changed_at = ${at}::bigint, ended_at = case when r.done then coalesce(i.ended_at, ${at}::bigint) end
    from unnest(
      ${numbers(rows.map(({ key }) => key))}::text::bigint[],
      string_to_array(${documents(rows.map(({ states }) => states))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ data }) => data))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ pending }) => pending))}, e'\n', ''),
      ${numbers(rows.map(({ steps }) => steps))}::text::int[],
      ${numbers(rows.map(({ entries }) => entries))}::text::int[], ${flags(rows.map(({ done }) => done))}::text::boolean[],
      ${texts(rows.map(({ attention }) => attention))}::text::text[],
      ${texts(rows.map(({ read = null }) => read))}::text::xid[])
      as r(key, states, data, pending, steps, entries, done, attention, read)
    where i.key = r.key and ${condition}`
}

export async function insertHistory(sql: Sql, rows: readonly HistoryRow[]): Promise<void> {
  await historyInserted(sql, rows)
}

export function historyInserted(sql: Sql, rows: readonly HistoryRow[]): Part {
  return sql`
    insert into engine_history (instance, entry, at, type, signal_id, outside, body)
    select instance, entry, at, type, signal_id, outside, body::json
    from unnest(
      ${numbers(rows.map(({ instance }) => instance))}::text::bigint[],
      ${numbers(rows.map(({ entry }) => entry))}::text::int[], ${numbers(rows.map(({ at }) => at))}::text::bigint[],
      ${texts(rows.map(({ type }) => type))}::text::text[], ${texts(rows.map(({ signal_id }) => signal_id))}::text::text[],
      ${flags(rows.map(({ outside }) => outside))}::text::boolean[],
      string_to_array(${documents(rows.map(({ body }) => body))}, e'\n', ''))
      as r(instance, entry, at, type, signal_id, outside, body)`
}

export function timersSet(sql: Sql, rows: Writes['timers']): Part {
  return sql`
    insert into engine_timer (instance, due)
    select instance, due
    from unnest(
      ${numbers(rows.map(({ instance }) => instance))}::text::bigint[],
      ${numbers(rows.map(({ due }) => due))}::text::bigint[]) as r(instance, due)
    on conflict (instance) do update set due = excluded.due`
}

export function timersRemoved(sql: Sql, instances: readonly number[]): Part {
  return sql`delete from engine_timer where instance = any(${numbers(instances)}::text::bigint[])`
}

export function tasksInserted(sql: Sql, rows: readonly TaskRow[]): Part {
  return sql`
    insert into engine_task (instance, key, task, args, policy, due)
    select instance, key, task, args::json, policy::json, due
    from unnest(
      ${numbers(rows.map(({ instance }) => instance))}::text::bigint[], ${texts(rows.map(({ key }) => key))}::text::text[],
      ${texts(rows.map(({ task }) => task))}::text::text[],
      string_to_array(${documents(rows.map(({ args }) => args))}, e'\n', ''),
      string_to_array(${documents(rows.map(({ policy }) => policy))}, e'\n', ''),
      ${numbers(rows.map(({ due }) => due))}::text::bigint[]) as r(instance, key, task, args, policy, due)`
}

/** Appends to mailboxes, in the order given. */
export async function insertMail(sql: Sql, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into engine_mailbox (seq, instance, at, item) overriding system value
    select coalesce(seq, nextval('engine_mailbox_seq_seq')), instance, at, item::json
    from unnest(
      ${numbers(rows.map(({ seq }) => seq))}::text::bigint[], ${numbers(rows.map(({ instance }) => instance))}::text::bigint[],
      ${numbers(rows.map(({ at }) => at))}::text::bigint[],
      string_to_array(${documents(rows.map(({ item }) => item))}, e'\n', '')) as r(seq, instance, at, item)`
}

async function updateShared(sql: Sql, rows: Writes['shared']): Promise<void> {
  await sql`
    update engine_shared s set data = r.data::json
    from unnest(
      ${texts(rows.map(({ model }) => model))}::text::text[],
      string_to_array(${documents(rows.map(({ data }) => data))}, e'\n', '')) as r(model, data)
    where s.model = r.model`
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
