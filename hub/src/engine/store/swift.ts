import type { Sql } from '../../platform/database.ts'
import { numbers, type InstanceRow, type Marking } from './rows.ts'
import type { HistoryRow } from './writes.ts'

export interface UnlockedInstance extends InstanceRow {
  /** Whatever changes the row makes another one. */
  readonly version_read: string
  /** Something waits in its mailbox. */
  readonly mail: boolean
}

export async function readUnlocked(sql: Sql, keys: readonly number[]): Promise<UnlockedInstance[]> {
  return await sql<UnlockedInstance[]>`
    select i.key, i.model, i.id, i.version, i.parent, i.parent_as, i.depth, i.call, i.states, i.data, i.pending, i.steps,
      i.entries, i.ended_at is not null as done, i.attention, i.xmin::text as version_read,
      exists(select from engine_mailbox m where m.instance = i.key) as mail
    from unnest(${numbers(keys)}::text::bigint[]) as k(key) join engine_instance i on i.key = k.key`
}

/** SQLSTATE: the statement's own way to say that not all instances were as they had been read; an id was taken meanwhile. */
const outrun = new Set(['22012', '23505'])

/**
 * Changes all of the instances and enters their history, or nothing: when one of them is not as it was read any more, is locked,
 * or has got mail, or when one of the ids was taken meanwhile. `at` in milliseconds. @returns whether it did
 */
export async function changeSwiftly(
  sql: Sql,
  changed: readonly Marking[],
  versions: ReadonlyMap<number, string>,
  history: readonly HistoryRow[],
  at: number,
): Promise<boolean> {
  if (changed.length === 0) return true
  const rows = changed.map((row) => ({ ...row, version_read: versions.get(row.key) }))
  try {
    await sql`
      with wanted as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(key bigint, states json, data json,
          pending json, steps int, entries int, done boolean, attention text, version_read text)),
      free as materialized (
        select i.key from wanted w join engine_instance i on i.key = w.key
        where i.xmin::text = w.version_read and not exists(select from engine_mailbox m where m.instance = i.key)
        for update of i skip locked),
      changed as (
        update engine_instance i set states = r.states, data = coalesce(r.data, i.data),
          pending = coalesce(r.pending, i.pending), steps = r.steps, entries = r.entries, attention = r.attention,
          changed_at = ${at}::bigint, ended_at = case when r.done then coalesce(i.ended_at, ${at}::bigint) end
        from wanted r, free where i.key = r.key and free.key = r.key returning i.key),
      entered as (
        insert into engine_history (instance, entry, at, type, signal_id, outside, body)
        select instance, entry, at, type, signal_id, outside, body
        from json_to_recordset(${JSON.stringify(history)}::text::json)
          as r(instance bigint, entry int, at bigint, type text, signal_id text, outside boolean, body json))
      select 1 / (case when count(*) = ${rows.length}::int then 1 else 0 end) from changed`
    return true
  } catch (error) {
    if (outrun.has((error as { code?: string }).code ?? '')) return false
    throw error
  }
}
