import type { JsonObject, RunningTask } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import type { TaskPolicy } from './writes.ts'

/** A task whose lease this hub holds, unless it was too slow. */
export interface Held {
  readonly instance: number
  readonly key: string
  /** Proves that the attempt still holds the task: another attempt has another lease. */
  readonly lease: string
}

/** One attempt at an external task, leased to this hub. */
export interface Attempt extends Held {
  readonly model: string
  readonly version: string
  readonly id: string
  readonly task: string
  readonly args: JsonObject
  readonly policy: TaskPolicy
  /** 1 for the first. */
  readonly attempt: number
}

/**
 * Leases up to `limit` tasks that are due, of the named kinds, until `until`; the attempt is counted at once, so that one
 * that kills its hub is not tried for ever. Times in milliseconds since the epoch.
 */
export async function leaseTasks(
  sql: Sql,
  lease: { hub: string; tasks: readonly string[]; now: number; until: number; limit: number },
): Promise<Attempt[]> {
  return await sql<Attempt[]>`
    with due as (
      select instance, key from engine_task
      where due <= ${lease.now}::bigint
        and task in (select json_array_elements_text(${JSON.stringify(lease.tasks)}::text::json))
      order by due limit ${lease.limit}::int for update skip locked)
    update engine_task t set lease = ${lease.hub} || '#' || (attempt + 1), due = ${lease.until}::bigint,
      attempt = attempt + 1
    from due, engine_instance i where t.instance = due.instance and t.key = due.key and i.key = t.instance
    returning t.key, t.instance, i.model, i.version, i.id, t.task, t.args, t.policy, t.attempt, t.lease`
}

/** Extends the leases that this hub still holds. */
export async function renewLeases(sql: Sql, held: readonly Held[], until: number): Promise<void> {
  await sql`
    update engine_task t set due = ${until}::bigint
    from json_to_recordset(${JSON.stringify(held.map(({ instance, key, lease }) => ({ instance, key, lease })))}::text::json)
      as h(instance bigint, key text, lease text)
    where t.instance = h.instance and t.key = h.key and t.lease = h.lease`
}

/** Puts a failed attempt back until `due`. Nothing happens when the lease has passed to another hub. */
export async function postponeTask(
  sql: Sql,
  { instance, key, lease }: Held,
  due: number,
  error: string,
): Promise<void> {
  await sql`
    update engine_task set lease = null, due = ${due}::bigint, error = ${error}
    where instance = ${instance}::bigint and key = ${key} and lease = ${lease}`
}

/** Removes an ended task. @returns false when the lease has passed to another hub: then that one's end counts */
export async function removeTask(sql: Sql, { instance, key, lease }: Held): Promise<boolean> {
  const result =
    await sql`delete from engine_task where instance = ${instance}::bigint and key = ${key} and lease = ${lease}`
  return result.count === 1
}

/** Gives back tasks whose attempts were broken off because the hub stops: anybody's at once, and not counted as tried. */
export async function releaseTasks(sql: Sql, held: readonly Held[], now: number): Promise<void> {
  if (held.length === 0) return
  await sql`
    update engine_task t set lease = null, due = ${now}::bigint, attempt = attempt - 1
    from json_to_recordset(${JSON.stringify(held.map(({ instance, key, lease }) => ({ instance, key, lease })))}::text::json)
      as h(instance bigint, key text, lease text)
    where t.instance = h.instance and t.key = h.key and t.lease = h.lease`
}

/** When a task is due that waits for a person: never. The largest whole number that survives the way. */
const never = Number.MAX_SAFE_INTEGER

/**
 * Keeps a task whose last attempt has failed, for a person to retry or skip it, where the instance names no signal for that.
 * @returns false when it does, has ended, or the lease has passed to another hub: then nothing was changed
 */
export async function keepFailed(sql: Sql, { instance, key, lease }: Held, error: string): Promise<boolean> {
  const result = await sql`
    update engine_task t set lease = null, due = ${never}::bigint, error = ${error}, running = (
        select r from json_array_elements(coalesce(i.pending->'tasks', '[]')) r where r->>'key' = t.key limit 1)
    from engine_instance i
    where i.key = t.instance and t.instance = ${instance}::bigint and t.key = ${key} and t.lease = ${lease}
      and i.ended_at is null and not exists(
        select from json_array_elements(coalesce(i.pending->'tasks', '[]')) r
        where r->>'key' = t.key and r->>'failed' is not null)`
  return result.count === 1
}

/**
 * Makes due what waits for longer than any lease or pause between attempts lasts: the clock was ahead when that was written, and
 * has been put right since. Times in milliseconds; `lease` is how long one lasts.
 */
export async function hastenTasks(sql: Sql, now: number, lease: number): Promise<void> {
  await sql`
    update engine_task set due = ${now}::bigint
    where due > ${now + lease}::bigint and due < ${never}::bigint
      and due > ${now}::bigint + (policy->>'max')::double precision`
}

/** A task that failed and waits for a person; `running` is what it would have told its instance. */
export interface FailedTask {
  readonly key: string
  readonly task: string
  readonly running: RunningTask | null
}

/** The tasks of a locked instance that wait for a person, but for those whose failure it has not taken yet. */
export async function failedTasks(sql: Sql, instance: number): Promise<FailedTask[]> {
  return await sql<FailedTask[]>`
    select key, task, running from engine_task t where instance = ${instance}::bigint and due = ${never}::bigint
      and not exists(select from engine_mailbox m where m.instance = t.instance
        and m.item->>'kind' = 'task' and m.item->>'key' = t.key)
    order by key`
}

/** An external task of an instance, as it stands. */
export interface StandingTask {
  readonly key: string
  readonly task: string
  readonly policy: TaskPolicy
  /** Attempts so far, with the one that runs. */
  readonly attempt: number
  /** Milliseconds since the epoch; null: it waits for a person. While it runs, until when its hub holds it. */
  readonly due: number | null
  readonly running: boolean
  /** Of the attempt before. */
  readonly error: string | null
}

/** External tasks of an instance that have not ended, by their keys after `after`. */
export async function standingTasks(
  sql: Sql,
  instance: number,
  { after, limit }: { after: string; limit: number },
): Promise<StandingTask[]> {
  return await sql<StandingTask[]>`
    select key, task, policy, attempt, nullif(due, ${never}::bigint) as due, lease is not null as running, error
    from engine_task where instance = ${instance}::bigint and key > ${after} order by key limit ${limit}::int`
}

/** Starts failed tasks again under their keys, as if they had never been tried. */
export async function restartTasks(sql: Sql, instance: number, keys: readonly string[], now: number): Promise<void> {
  if (keys.length === 0) return
  await sql`
    update engine_task set attempt = 0, due = ${now}::bigint, error = null, running = null
    where instance = ${instance}::bigint and due = ${never}::bigint and key = any(${keys as string[]})`
}

/** Forgets failed tasks. */
export async function dropTasks(sql: Sql, instance: number, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    delete from engine_task
    where instance = ${instance}::bigint and due = ${never}::bigint and key = any(${keys as string[]})`
}
