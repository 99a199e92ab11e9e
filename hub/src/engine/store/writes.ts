import type { Json, JsonObject, Outcome } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { Item } from '../batch/item.ts'
import { numbers } from './columns.ts'
import type { InstanceRow, Marking } from './rows.ts'
import { Rowset, run, type Part } from './rowset.ts'

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
    changed.length > 0 && run(sql, instancesUpdated(changed, at)),
    history.length > 0 && insertHistory(sql, history),
    timers.length > 0 && run(sql, timersSet(timers)),
    timerless.length > 0 && run(sql, timersRemoved(timerless)),
    tasks.length > 0 && run(sql, tasksInserted(tasks)),
    insertMail(sql, mail),
    shared.length > 0 && updateShared(sql, shared),
  ])
  return inserted
}

/** @returns how many were inserted: those whose model and id exist already are left alone */
export async function insertInstances(sql: Sql, rows: readonly InstanceRow[], at: number): Promise<number> {
  const { text, values } = instancesInserted(rows, at)
  const result = await run(sql, { text: `${text} on conflict (model, id) do nothing`, values })
  return result.count
}

const instances = new Rowset<InstanceRow>({
  key: ['bigint', ({ key }) => key],
  tenant: ['text', ({ tenant }) => tenant],
  model: ['text', ({ model }) => model],
  id: ['text', ({ id }) => id],
  version: ['text', ({ version }) => version],
  parent: ['text', ({ parent }) => parent],
  parent_as: ['text', ({ parent_as }) => parent_as],
  depth: ['int', ({ depth }) => depth],
  call: ['json', ({ call }) => call],
  states: ['json', ({ states }) => states],
  data: ['json', ({ data }) => data],
  pending: ['json', ({ pending }) => pending],
  steps: ['int', ({ steps }) => steps],
  entries: ['int', ({ entries }) => entries],
  done: ['boolean', ({ done }) => done],
  attention: ['text', ({ attention }) => attention],
})

/** `first`: number of its first parameter, here and below. */
export function instancesInserted(rows: readonly InstanceRow[], at: number, first = 1): Part {
  const text = `insert into engine_instance (key, tenant, model, id, version, parent, parent_as, depth, call, states, data, pending, steps,
      entries, attention, created_at, changed_at, ended_at)
    select key, coalesce(tenant, current_setting('sutler.tenant', true)), model, id, version, parent, parent_as, depth, call::json, states::json, data::json, pending::json, steps,
      entries, attention, $${first}::bigint, $${first}::bigint, case when done then $${first}::bigint end
    from ${instances.source(first + 1, rows)}`
  return { text, values: [at, ...instances.values(rows)] }
}

const markings = new Rowset<Marking>({
  key: ['bigint', ({ key }) => key],
  states: ['json', ({ states }) => states],
  data: ['json', ({ data }) => data],
  pending: ['json', ({ pending }) => pending],
  steps: ['int', ({ steps }) => steps],
  entries: ['int', ({ entries }) => entries],
  done: ['boolean', ({ done }) => done],
  attention: ['text', ({ attention }) => attention],
  read: ['xid', ({ read }) => read],
})

/** `condition` on the stored row `i` and the new one `r`, beyond that their keys are equal. */
export function instancesUpdated(rows: readonly Marking[], at: number, condition = 'true', first = 1): Part {
  const text = `update engine_instance i set states = r.states::json, data = coalesce(r.data::json, i.data),
      pending = coalesce(r.pending::json, i.pending), steps = r.steps, entries = r.entries, attention = r.attention,
      changed_at = $${first}::bigint, ended_at = case when r.done then coalesce(i.ended_at, $${first}::bigint) end
    from ${markings.source(first + 1, rows)} where i.key = r.key and ${condition}`
  return { text, values: [at, ...markings.values(rows)] }
}

const entries = new Rowset<HistoryRow>({
  instance: ['bigint', ({ instance }) => instance],
  entry: ['int', ({ entry }) => entry],
  at: ['bigint', ({ at }) => at],
  type: ['text', ({ type }) => type],
  signal_id: ['text', ({ signal_id }) => signal_id],
  outside: ['boolean', ({ outside }) => outside],
  body: ['json', ({ body }) => body],
})

export function historyInserted(rows: readonly HistoryRow[], first = 1): Part {
  const text = `insert into engine_history (instance, entry, at, type, signal_id, outside, body)
    select instance, entry, at, type, signal_id, outside, body::json from ${entries.source(first, rows)}`
  return { text, values: entries.values(rows) }
}

export async function insertHistory(sql: Sql, rows: readonly HistoryRow[]): Promise<void> {
  await run(sql, historyInserted(rows))
}

const timers = new Rowset<Writes['timers'][number]>({
  instance: ['bigint', ({ instance }) => instance],
  due: ['bigint', ({ due }) => due],
})

export function timersSet(rows: Writes['timers'], first = 1): Part {
  const text = `insert into engine_timer (instance, due) select instance, due from ${timers.source(first, rows)}
    on conflict (instance) do update set due = excluded.due`
  return { text, values: timers.values(rows) }
}

export function timersRemoved(instances: readonly number[], first = 1): Part {
  const text = `delete from engine_timer where instance = any($${first}::text::bigint[])`
  return { text, values: [numbers(instances)] }
}

const tasks = new Rowset<TaskRow>({
  instance: ['bigint', ({ instance }) => instance],
  key: ['text', ({ key }) => key],
  task: ['text', ({ task }) => task],
  args: ['json', ({ args }) => args],
  policy: ['json', ({ policy }) => policy],
  due: ['bigint', ({ due }) => due],
})

export function tasksInserted(rows: readonly TaskRow[], first = 1): Part {
  const text = `insert into engine_task (instance, key, task, args, policy, due)
    select instance, key, task, args::json, policy::json, due from ${tasks.source(first, rows)}`
  return { text, values: tasks.values(rows) }
}

const mails = new Rowset<MailRow>({
  seq: ['bigint', ({ seq }) => seq],
  instance: ['bigint', ({ instance }) => instance],
  at: ['bigint', ({ at }) => at],
  item: ['json', ({ item }) => item],
})

/** Appends to mailboxes, in the order given. */
export async function insertMail(sql: Sql, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return
  const text = `insert into engine_mailbox (seq, instance, at, item) overriding system value
    select coalesce(seq, nextval('engine_mailbox_seq_seq')), instance, at, item::json from ${mails.source(1, rows)}`
  await run(sql, { text, values: mails.values(rows) })
}

const sharedData = new Rowset<Writes['shared'][number]>({
  model: ['text', ({ model }) => model],
  data: ['json', ({ data }) => data],
})

async function updateShared(sql: Sql, rows: Writes['shared']): Promise<void> {
  const text = `update engine_shared s set data = r.data::json from ${sharedData.source(1, rows)} where s.model = r.model`
  await run(sql, { text, values: sharedData.values(rows) })
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
