import type { Child, Instance, JsonObject, RunningTask, Signal, Timer } from '@sutler/engine'
import type { Result } from '../batch/slot.ts'

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

/** A row of engine_instance, without its times. */
export interface InstanceRow {
  readonly key: number
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

function pendingOf(instance: Instance, result: Result | null): Pending {
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
  readonly instance: Instance
  readonly entries: number
  readonly result: Result | null
}

/** The columns that a step can change. */
export function marking({ key, instance, entries, result }: Marked) {
  return {
    key,
    states: instance.states,
    data: instance.data,
    pending: pendingOf(instance, result),
    steps: instance.steps,
    entries,
    done: instance.done,
    attention: instance.attention,
  }
}

export function rowOf(marked: Marked): InstanceRow {
  const { instance } = marked
  return {
    ...marking(marked),
    model: instance.model,
    id: instance.id,
    version: instance.version,
    parent: instance.parent?.url ?? null,
    parent_as: instance.parent?.as ?? null,
    depth: instance.depth,
    call: instance.call,
  }
}

/** When the earliest delayed signal is due, or null. Milliseconds since the epoch. */
export function nextDue(instance: Instance): number | null {
  let due: number | null = null
  for (const timer of instance.timers) if (due === null || timer.due < due) due = timer.due
  return due
}

/** An array of whole numbers as PostgreSQL writes it: cheaper to send than a driver's array. */
export function numbers(values: Iterable<number>): string {
  return `{${[...values].join(',')}}`
}
