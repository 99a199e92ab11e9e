import type { JsonObject } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Address } from '../address.ts'
import type { Item } from '../batch/item.ts'
import { numbers, texts } from './columns.ts'
import type { InstanceRow, Result } from './rows.ts'
import type { HistoryBody } from './writes.ts'

/** What waits in the tables, seen without locking anything. */
export interface Outlook {
  /** Keys of instances with mail or a due delayed signal, longest waiting first. */
  readonly ready: readonly number[]
  /** When the next delayed signal or task is due that is not yet; null when there is none. Milliseconds since the epoch. */
  readonly nextDue: number | null
  /** An external task is due. */
  readonly tasks: boolean
  /** Grows when a model is published. */
  readonly models: number
}

/**
 * One look at the heads of mailbox and timers: a few short index scans, whatever the number of sleeping instances. Those of
 * `except` are passed over.
 */
export async function lookOut(sql: Sql, now: number, window: number, except: readonly number[]): Promise<Outlook> {
  const passed = numbers(except)
  const [row] = await sql<
    { due: number[] | null; mail: number[] | null; next: number | null; tasks: boolean; models: number }[]
  >`
    select
      (select array_agg(instance order by due) from
        (select instance, due from engine_timer where due <= ${now}::bigint and instance <> all(${passed}::text::bigint[]) order by due limit ${window}::int) d) as due,
      (select array_agg(instance order by seq) from
        (select instance, seq from engine_mailbox where instance <> all(${passed}::text::bigint[]) order by seq limit ${window}::int) m) as mail,
      least((select min(due) from engine_timer where due > ${now}::bigint),
        (select min(due) from engine_task where due > ${now}::bigint)) as next,
      exists(select from engine_task where due <= ${now}::bigint) as tasks,
      coalesce((select max(seq) from engine_model), 0) as models`
  const ready = new Set([...(row?.due ?? []), ...(row?.mail ?? [])].map(Number))
  return { ready: [...ready], nextDue: row?.next ?? null, tasks: row?.tasks ?? false, models: row?.models ?? 0 }
}

/**
 * Locks those of the instances that nobody else has locked, at most `limit`, and returns them as they are now. The locks are the
 * claim: they end with the transaction, also when this process is killed or, after `patience` ms without a word, frozen.
 */
export async function lockInstances(
  sql: Sql,
  keys: readonly number[],
  limit: number,
  patience: number,
): Promise<InstanceRow[]> {
  if (keys.length === 0) return []
  return await sql<InstanceRow[]>`
    select i.key, i.tenant, i.model, i.id, i.version, i.parent, i.parent_as, i.depth, i.call, i.states, i.data, i.pending, i.steps,
      i.entries, i.ended_at is not null as done, i.attention
    from unnest(${numbers(keys)}::text::bigint[]) as k(key) join engine_instance i on i.key = k.key
    where (select set_config('idle_in_transaction_session_timeout', ${String(patience)}, true)) is not null
    limit ${limit}::int for update of i skip locked`
}

/** Locks one instance, waiting for a batch that has it. Null when there is none. */
export async function lockInstance(sql: Sql, { model, id }: Address): Promise<InstanceRow | null> {
  const [row] = await sql<InstanceRow[]>`
    select key, tenant, model, id, version, parent, parent_as, depth, call, states, data, pending, steps, entries,
      ended_at is not null as done, attention
    from engine_instance where model = ${model} and id = ${id} for update`
  return row ?? null
}

export interface Located extends Address {
  readonly key: number
  readonly tenant: string
  readonly parent: string | null
  readonly done: boolean
  readonly result: Result | null
}

/** Which of the addressed instances exist. Locks nothing. */
export async function locate(sql: Sql, addresses: readonly Address[]): Promise<Located[]> {
  if (addresses.length === 0) return []
  return await sql<Located[]>`
    select i.key, i.tenant, i.model, i.id, i.parent, i.ended_at is not null as done, i.pending->'result' as result
    from ${wantedRows(sql, addresses)} join engine_instance i on i.model = w.model and i.id = w.id`
}

function wantedRows(sql: Sql, addresses: readonly Address[]) {
  return sql`unnest(
      ${texts(addresses.map(({ model }) => model))}::text::text[],
      ${texts(addresses.map(({ id }) => id))}::text::text[]) as w(model, id)`
}

/** Mail that may wait for one instance, when it comes from outside. */
export const mailboxBound = 10_000

/** Which of the addressed instances exist, and whether their mailboxes are full. Locks nothing. */
export async function locateMailboxes(
  sql: Sql,
  addresses: readonly Address[],
): Promise<(Address & { readonly key: number; readonly tenant: string; readonly full: boolean })[]> {
  return await sql`
    select i.key, i.tenant, i.model, i.id,
      (${sql.unsafe(mailOf('i.key'))} offset ${mailboxBound}::int limit 1) is not null as full
    from ${wantedRows(sql, addresses)} join engine_instance i on i.model = w.model and i.id = w.id`
}

/**
 * Where one instance's mail is, oldest first. Not `instance = key`: then the table's own order would do as well, and a plan made
 * while there was no mail would read all mail for each instance.
 */
export function mailOf(key: 'i.key' | 'k.instance' | 'r.key'): string {
  return `select m.ctid from engine_mailbox m where m.instance >= ${key} and m.instance <= ${key}
    order by m.instance, m.seq`
}

export interface Mail {
  readonly seq: number
  readonly instance: number
  readonly at: number
  readonly item: Item
}

/**
 * Takes the oldest mail of locked instances out of the mailbox, at most `each` per instance, oldest first. A statement of its own
 * after the lock: only then does its snapshot show what the lock's last holder committed.
 */
export async function takeMail(sql: Sql, keys: readonly number[], each: number): Promise<Mail[]> {
  if (keys.length === 0) return []
  const mail = await sql<Mail[]>`
    delete from engine_mailbox where ctid = any(array(
      select m.ctid from unnest(${numbers(keys)}::text::bigint[]) as k(instance)
      cross join lateral (${sql.unsafe(mailOf('k.instance'))} limit ${each}::int) m))
    returning seq, instance, at, item`
  return [...mail].sort((a, b) => a.seq - b.seq)
}

/** A signal whose id an instance has already taken, with its first outcome. */
export interface Taken {
  readonly instance: number
  readonly signal: string
  readonly body: HistoryBody
}

/** Which of these outside ids the instances have taken before. */
export async function takenBefore(sql: Sql, ids: readonly { instance: number; id: string }[]): Promise<Taken[]> {
  if (ids.length === 0) return []
  return await sql<Taken[]>`
    select h.instance, h.signal_id as signal, h.body
    from unnest(
      ${numbers(ids.map(({ instance }) => instance))}::text::bigint[],
      ${texts(ids.map(({ id }) => id))}::text::text[]) as w(instance, id)
    join engine_history h on h.instance = w.instance and h.signal_id = w.id and h.outside`
}

/** Model data by model name. `lock`: 'wait' for its other writers, 'skip' what they hold, or only read. */
export async function readShared(
  sql: Sql,
  models: readonly string[],
  lock: 'wait' | 'skip' | 'none',
): Promise<{ model: string; data: JsonObject }[]> {
  if (models.length === 0) return []
  const wanted = sql`select model, data from engine_shared
    where model = any(${texts(models)}::text::text[]) order by model`
  if (lock === 'none') return await sql`${wanted}`
  return lock === 'wait' ? await sql`${wanted} for update` : await sql`${wanted} for update skip locked`
}
