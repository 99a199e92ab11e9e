import { instanceUrl, type Child, type JsonObject, type RunningTask, type Signal, type Timer } from '@sutler/engine'
import { instanceOf } from './store/rows.ts'
import type { StoredInstance } from './store/views.ts'

/** One instance, as people and modules see it. */
export interface InstanceView {
  readonly url: string
  readonly model: string
  readonly version: string
  readonly id: string
  /** Sorted. */
  readonly states: readonly string[]
  readonly data: JsonObject
  readonly call: JsonObject
  readonly parent: { readonly url: string; readonly as: string } | null
  readonly children: readonly Child[]
  /** Delayed signals; `due` in milliseconds since the epoch. */
  readonly timers: readonly Timer[]
  readonly tasks: readonly RunningTask[]
  readonly held: readonly Signal[]
  readonly deferred: readonly Signal[]
  readonly steps: number
  /** Entries its history has had: another number, another state of it. */
  readonly entries: number
  readonly done: boolean
  /** Why a person should look at it; null when nobody need. */
  readonly attention: string | null
  readonly createdAt: Date
  readonly changedAt: Date
  readonly endedAt: Date | null
}

export function viewOf(row: StoredInstance): InstanceView {
  const {
    model,
    version,
    id,
    states,
    data,
    call,
    parent,
    children,
    timers,
    tasks,
    held,
    deferred,
    steps,
    done,
    attention,
  } = instanceOf(row)
  return {
    url: instanceUrl(row),
    model,
    version,
    id,
    states,
    data,
    call,
    parent,
    children,
    timers,
    tasks,
    held,
    deferred,
    steps,
    entries: row.entries,
    done,
    attention,
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
  }
}
