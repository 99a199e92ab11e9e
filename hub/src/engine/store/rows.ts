export { numbers } from './columns.ts'
import type { Child, Instance, JsonObject, RunningTask, Signal, Timer } from '@sutler/engine'

/** What is told to a parent once: kept so that joining an ended subinstance is told the same. */
export interface Result {
  readonly returns: JsonObject
  readonly failure: string | null
}

/** What an instance still waits for, as stored: empty lists are left out so that the row stays narrow. */
export interface Pending {
  readonly children?: readonly Child[]
  readonly ended?: readonly Signal[]
  readonly held?: readonly Signal[]
  readonly deferred?: readonly Signal[]
  readonly timers?: readonly Timer[]
  readonly tasks?: readonly RunningTask[]
  /** What its parent was told at its end. */
  readonly result?: Result
}

/** A row of engine_instance, without its times; `done` stands for the time of its end. */
export interface InstanceRow {
  readonly key: number
  /** Whose it is; null where the connection says it. */
  readonly tenant: string | null
  readonly model: string
  readonly id: string
  readonly version: string
  readonly parent: string | null
  readonly parent_as: string | null
  readonly depth: number
  readonly call: JsonObject
  readonly states: readonly string[]
  readonly data: JsonObject
  readonly pending: Pending
  readonly steps: number
  /** Entries in its history. */
  readonly entries: number
  readonly done: boolean
  readonly attention: string | null
}

const lists = ['children', 'ended', 'held', 'deferred', 'timers', 'tasks'] as const

export function pendingOf(instance: Instance, result: Result | null): Pending {
  const pending: Record<string, unknown> = result === null ? {} : { result }
  for (const name of lists) if (instance[name].length > 0) pending[name] = instance[name]
  return pending as Pending
}

export function instanceOf(row: InstanceRow): Instance {
  const { children = [], ended = [], held = [], deferred = [], timers = [], tasks = [] } = row.pending
  return {
    id: row.id,
    model: row.model,
    version: row.version,
    states: row.states,
    data: row.data,
    call: row.call,
    parent: row.parent === null ? null : { url: row.parent, as: row.parent_as ?? '' },
    depth: row.depth,
    steps: row.steps,
    children,
    ended,
    held,
    deferred,
    timers,
    tasks,
    done: row.done,
    attention: row.attention,
  }
}

export interface Marked {
  readonly key: number
  readonly tenant: string | null
  /** As stored; null for one that is new. */
  readonly before: Instance | null
  readonly instance: Instance
  readonly entries: number
  readonly result: Result | null
  /** Of a row that is not locked. */
  readonly stored?: { readonly rowVersion?: string } | null
}

/** The columns that a step can change. */
export type Marking = Pick<InstanceRow, 'key' | 'states' | 'steps' | 'entries' | 'done' | 'attention'> & {
  /** Null: as before. */
  readonly data: JsonObject | null
  readonly pending: Pending | null
  /** The `row_version` that was read, where it may have changed since. */
  readonly read: string | null
}

export function marking({ key, before, instance, entries, result, stored }: Marked): Marking {
  const { states, data, steps, done, attention } = instance
  const waits = before === null || done || lists.some((name) => instance[name] !== before[name])
  return {
    key,
    states,
    data: data === before?.data ? null : data,
    pending: waits ? pendingOf(instance, result) : null,
    steps,
    entries,
    done,
    attention,
    read: stored?.rowVersion ?? null,
  }
}

export function rowOf({ key, tenant, instance, entries, result }: Omit<Marked, 'before' | 'stored'>): InstanceRow {
  const { id, model, version, parent, depth, call, states, data, steps, done, attention } = instance
  return {
    key,
    tenant,
    model,
    id,
    version,
    parent: parent?.url ?? null,
    parent_as: parent?.as ?? null,
    depth,
    call,
    states,
    data,
    pending: pendingOf(instance, result),
    steps,
    entries,
    done,
    attention,
  }
}

/** When the earliest delayed signal is due, or null. Milliseconds since the epoch. */
export function nextDue(instance: Instance): number | null {
  let due: number | null = null
  for (const timer of instance.timers) if (due === null || timer.due < due) due = timer.due
  return due
}
