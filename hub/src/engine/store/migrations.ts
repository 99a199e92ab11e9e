import type { Instance } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import { pendingOf, type InstanceRow } from './rows.ts'
import { instanceColumns, type StoredInstance } from './views.ts'

/** What is to be moved, and how. */
export interface MigrationOrder {
  /** Of whose instances. */
  readonly tenant: string
  readonly model: string
  readonly from: string
  readonly to: string
  /** State of the old version → its states in the new one; one that is not named keeps its name. */
  readonly states: Readonly<Record<string, readonly string[]>>
  /** Ids; null = every running instance of the old version. */
  readonly instances: readonly string[] | null
}

/** A tenant's migrations of one model's instances. */
export type MigrationsOf = Pick<MigrationOrder, 'tenant' | 'model'>

/** `running` until every instance was looked at, or until a person cancelled it. */
export type MigrationState = 'running' | 'done' | 'cancelled'

export interface Migration extends MigrationOrder {
  readonly id: string
  readonly reason: string
  /** Principal id. */
  readonly by: string
  readonly state: MigrationState
  readonly moved: number
  readonly refused: number
  readonly createdAt: Date
  readonly endedAt: Date | null
}

interface MigrationRow {
  readonly id: string
  readonly tenant: string
  readonly model: string
  readonly from_version: string
  readonly to_version: string
  readonly states: MigrationOrder['states']
  readonly instances: readonly string[] | null
  readonly reason: string
  readonly started_by: string
  readonly state: MigrationState
  readonly position: string
  readonly moved: number
  readonly refused: number
  readonly created_at: number
  readonly ended_at: number | null
}

export async function insertMigration(sql: Sql, migration: Migration): Promise<void> {
  const { id, tenant, model, from, to, states, instances, reason, by, createdAt } = migration
  await sql`
    insert into engine_migration (id, tenant, model, from_version, to_version, states, instances, reason, started_by, state, created_at)
    values (${id}, ${tenant}, ${model}, ${from}, ${to}, ${JSON.stringify(states)}::text::json,
      ${instances && JSON.stringify(instances)}::text::json, ${reason}, ${by}, 'running', ${createdAt.getTime()}::bigint)`
}

export async function readMigration(sql: Sql, { tenant, model }: MigrationsOf, id: string): Promise<Migration | null> {
  const [row] = await sql<MigrationRow[]>`
    select ${columns(sql)} from engine_migration
    where tenant = ${tenant} and model = ${model} and id = ${id}`
  return row ? migrationOf(row) : null
}

/** Newest first, before the given one; at most `limit`. */
export async function listMigrations(
  sql: Sql,
  { tenant, model }: MigrationsOf,
  page: { limit: number; before?: string },
): Promise<Migration[]> {
  const rows = await sql<MigrationRow[]>`
    select ${columns(sql)} from engine_migration
    where tenant = ${tenant} and model = ${model} ${page.before === undefined ? sql`` : sql`and id < ${page.before}`}
    order by id desc limit ${page.limit}::int`
  return rows.map(migrationOf)
}

function columns(sql: Sql) {
  return sql`id, tenant, model, from_version, to_version, states, instances, reason, started_by, state, position, moved, refused,
    created_at, ended_at`
}

function migrationOf(row: MigrationRow): Migration {
  const { id, tenant, model, states, instances, reason, state, moved, refused } = row
  const versions = { from: row.from_version, to: row.to_version }
  const [createdAt, endedAt] = [new Date(row.created_at), row.ended_at === null ? null : new Date(row.ended_at)]
  return {
    id,
    tenant,
    model,
    ...versions,
    states,
    instances,
    reason,
    by: row.started_by,
    state,
    moved,
    refused,
    createdAt,
    endedAt,
  }
}

/** Instances that a migration did not move, with the reasons. */
export interface Refused {
  readonly instance: string
  readonly reasons: readonly string[]
}

/** By id, after the given one; at most `limit`. */
export async function listRefused(
  sql: Sql,
  migration: string,
  page: { limit: number; after?: string },
): Promise<Refused[]> {
  return await sql<Refused[]>`
    select instance, reasons from engine_migration_refusal
    where migration = ${migration} and instance > ${page.after ?? ''} order by instance limit ${page.limit}::int`
}

/** @returns whether it ran */
export async function cancelMigration(sql: Sql, id: string, now: number): Promise<boolean> {
  const result = await sql`
    update engine_migration set state = 'cancelled', ended_at = ${now}::bigint where id = ${id} and state = 'running'`
  return result.count === 1
}

/** A hub's hold of a running migration: whoever has another lease may do nothing more in it. */
export interface LeasedMigration {
  readonly migration: Migration
  readonly lease: string
  /** Id of the last instance that was looked at. */
  readonly position: string
}

/**
 * Takes the oldest running migration that no hub holds until `until`; a lease that ends later than any can is of a time when the
 * clock was ahead. Times in milliseconds since the epoch.
 */
export async function leaseMigration(
  sql: Sql,
  { lease, now, until }: { lease: string; now: number; until: number },
): Promise<LeasedMigration | null> {
  const [row] = await sql<MigrationRow[]>`
    update engine_migration set lease = ${lease}, leased_until = ${until}::bigint
    where id = (select id from engine_migration where state = 'running'
        and not leased_until between ${now + 1}::bigint and ${2 * until - now}::bigint
      order by created_at limit 1 for update skip locked)
    returning ${columns(sql)}`
  return row ? { migration: migrationOf(row), lease, position: row.position } : null
}

/** The next instances to look at: ids, after the position; `end` when there are no more. */
export async function nextInstances(
  sql: Sql,
  { tenant, model, from, instances }: MigrationOrder,
  after: string,
  rows: number,
): Promise<{ ids: string[]; position: string; end: boolean }> {
  if (instances) {
    const [row] = await sql<{ ids: string[] | null }[]>`
      select array_agg(id order by id) as ids from (
        select distinct id from json_array_elements_text(${JSON.stringify(instances)}::text::json) as id
        where id > ${after} order by id limit ${rows}::int) next`
    const ids = row?.ids ?? []
    return { ids, position: ids.at(-1) ?? after, end: ids.length < rows }
  }
  const [row] = await sql<{ ids: string[] | null; last: string | null; looked: number }[]>`
    select array_agg(id order by id) filter (where version = ${from} and ended_at is null) as ids, max(id) as last,
      count(*)::int as looked
    from (select id, version, ended_at from engine_instance
      where tenant = ${tenant} and model = ${model} and id > ${after} order by id limit ${rows}::int) next`
  return { ids: row?.ids ?? [], position: row?.last ?? after, end: (row?.looked ?? 0) < rows }
}

/** What became of one instance, or of those up to a position that were none of the migration's. */
export interface Progress {
  readonly position: string
  readonly moved?: true
  readonly refused?: Refused
}

/** Notes progress and extends the lease. @returns false when the lease is another hub's or it was cancelled: undo the rest */
export async function noteProgress(
  sql: Sql,
  { migration, lease }: LeasedMigration,
  { position, moved, refused }: Progress,
  until: number,
): Promise<boolean> {
  const result = await sql`
    update engine_migration set position = ${position}, moved = moved + ${moved ? 1 : 0}::int,
      refused = refused + ${refused ? 1 : 0}::int, leased_until = ${until}::bigint
    where id = ${migration.id} and lease = ${lease} and state = 'running'`
  if (result.count === 0) return false
  if (refused)
    await sql`
      insert into engine_migration_refusal (migration, instance, reasons)
      values (${migration.id}, ${refused.instance}, ${JSON.stringify(refused.reasons)}::text::json)`
  return true
}

export async function endMigration(sql: Sql, { migration, lease }: LeasedMigration, now: number): Promise<void> {
  await sql`
    update engine_migration set state = 'done', ended_at = ${now}::bigint
    where id = ${migration.id} and lease = ${lease} and state = 'running'`
}

/** Lets another hub go on at once. */
export async function releaseMigration(sql: Sql, { migration, lease }: LeasedMigration): Promise<void> {
  await sql`update engine_migration set leased_until = 0 where id = ${migration.id} and lease = ${lease}`
}

/** Instances as they are, by id; those that do not exist are missing. Locks nothing. */
export async function readInstances(
  sql: Sql,
  { tenant, model }: Pick<MigrationOrder, 'tenant' | 'model'>,
  ids: readonly string[],
): Promise<StoredInstance[]> {
  if (ids.length === 0) return []
  return await sql<StoredInstance[]>`
    select ${instanceColumns(sql)} from engine_instance
    where tenant = ${tenant} and model = ${model} and id in (select json_array_elements_text(${JSON.stringify(ids)}::text::json)) order by id`
}

/** Puts a locked instance onto its new version; delayed signals stay due when they were. `at` in milliseconds. */
export async function moveInstance(
  sql: Sql,
  { key, pending }: InstanceRow,
  instance: Instance,
  entries: number,
  at: number,
): Promise<void> {
  const row = JSON.stringify(pendingOf(instance, pending.result ?? null))
  await sql`
    update engine_instance set version = ${instance.version}, states = ${JSON.stringify(instance.states)}::text::json,
      data = ${JSON.stringify(instance.data)}::text::json, pending = ${row}::text::json, entries = ${entries}::int,
      changed_at = ${at}::bigint
    where key = ${key}::bigint`
}

/** A transaction in which this hub says nothing for `time` ms is ended by the server, and its instance free. */
export async function limitPatience(sql: Sql, time: number): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(time)}, true)`
}

/** Forgets migrations that ended before `before` (milliseconds since the epoch), at most `limit`. */
export async function removeMigrations(sql: Sql, before: number, limit: number): Promise<number> {
  const result = await sql`
    delete from engine_migration where id in (
      select id from engine_migration where ended_at < ${before}::bigint limit ${limit}::int)`
  return result.count
}
