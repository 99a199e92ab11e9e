import type { JsonObject } from '@sutler/engine'
import type { Database } from '../../../hub/src/platform/database.ts'

/** Rows as the engine stores them, read by their tables: the engine's own way of reading is not what is to be believed here. */

export interface StoredInstance {
  readonly key: number
  readonly model: string
  readonly id: string
  readonly entries: number
  readonly steps: number
  readonly attention: string | null
  readonly pending: Readonly<Record<string, unknown>>
  readonly data: JsonObject
  readonly done: boolean
}

/** An effect in short, as history keeps it. */
export type Short =
  | { readonly signal: string; readonly to: string; readonly id: string }
  | { readonly signal: string; readonly to: string; readonly id: string; readonly due: number }
  | { readonly task: string; readonly key: string }
  | { readonly unset: string }
  | { readonly dropped: string; readonly id: string }
  | { readonly call: string }
  | { readonly ended: string }
  | { readonly cancelled: string }

export interface Entry {
  readonly instance: number
  readonly entry: number
  readonly at: number
  readonly type: string
  readonly signal: string
  readonly outside: boolean
  readonly body: {
    readonly step: number
    readonly from: string
    readonly outcome: string
    readonly reason?: string
    readonly detail?: string
    readonly fired?: readonly string[]
    readonly states: readonly string[]
    readonly args?: JsonObject
    readonly effects?: readonly Short[]
  }
}

export async function storedInstances({ sql }: Database): Promise<StoredInstance[]> {
  return await sql<StoredInstance[]>`
    select key, model, id, entries, steps, attention, pending, data, ended_at is not null as done
    from engine_instance order by key`
}

/** Every instance's entries, oldest first, some thousand at a time. */
export function storedEntries({ sql }: Database): AsyncIterable<Entry[]> {
  return sql<Entry[]>`
    select instance, entry, at, type, signal_id as signal, outside, body from engine_history order by instance, entry
  `.cursor(5_000)
}

/** What waits or is under way, in words; empty when nothing does. */
export async function waiting({ sql }: Database): Promise<string[]> {
  const [row] = await sql<
    { mail: number; timers: number; tasks: number; kids: number; families: number; migrations: number }[]
  >`
    select (select count(*) from engine_mailbox) as mail, (select count(*) from engine_timer) as timers,
      (select count(*) from engine_task) as tasks,
      (select count(*) from engine_instance where model = 'kid' and ended_at is null) as kids,
      (select count(*) from engine_instance
        where pending->'children' is not null or pending->'held' is not null or pending->'deferred' is not null) as families,
      (select count(*) from engine_migration where state = 'running') as migrations`
  return Object.entries(row!).flatMap(([name, count]) => (Number(count) > 0 ? [`${count} ${name}`] : []))
}
