import type { Sql } from '../platform/database.ts'
import type { End, Manifest } from './contents.ts'

/** What of a database goes into a backup, and how it comes back; all as the tables' owner. */

/** Every table with its columns in their order; without those that PostgreSQL computes, and without the log of migrations. */
export async function readTables(sql: Sql): Promise<Manifest['tables']> {
  return await sql<Manifest['tables'][number][]>`
    select n.nspname || '.' || c.relname as name, (
      select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'registration') and c.relkind = 'r' and c.relname !~ '^kysely_'
    order by n.nspname, c.relname collate "C"`
}

/** In order; none where no hub has used the database. */
export async function readMigrations(sql: Sql): Promise<string[]> {
  const [there] = await sql`select 1 where to_regclass('public.kysely_migration') is not null`
  if (there === undefined) return []
  const rows = await sql<{ name: string }[]>`select name from public.kysely_migration order by timestamp, name`
  return rows.map(({ name }) => name)
}

/** They are outside of snapshots: read after the rows, they are past every number that those have. */
export async function readSequences(sql: Sql): Promise<End['sequences']> {
  const rows = await sql<{ name: string }[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'registration') and c.relkind = 'S' order by 1`
  const read: End['sequences'] = []
  for (const { name } of rows) {
    const [row] = await sql.unsafe<{ last: string }[]>(`select last_value::text as last from ${name}`)
    read.push({ name, ...row! })
  }
  return read
}

/** More than a hub has given out between two backups. */
const leap = 1_000_000

/** Beyond what may have been given out since: devices know such numbers, and take none that is older than one that they have seen. */
export async function setSequences(sql: Sql, sequences: End['sequences']): Promise<void> {
  for (const { name, last } of sequences) await sql`select setval(${name}::regclass, ${last}::bigint + ${leap})`
}

/** Digests of the files that the database says are stored. */
export async function readBlobDigests(sql: Sql): Promise<string[]> {
  const rows = await sql<{ digest: string }[]>`
    select digest from definition_blob where size is not null and lost_at is null order by digest`
  return rows.map(({ digest }) => digest)
}

/**
 * Rows come as they were, with what triggers once made of them: those must not make it again.
 * @returns the statements that switch the triggers on again
 */
export async function silenceTriggers(sql: Sql): Promise<string[]> {
  const rows = await sql<{ table: string }[]>`
    select distinct tgrelid::regclass::text as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace in ('public'::regnamespace, 'registration'::regnamespace) order by 1`
  for (const { table } of rows) await sql.unsafe(`alter table ${table} disable trigger user`)
  return rows.map(({ table }) => `alter table ${table} enable trigger user`)
}

/** @returns the statements that put them back, which also proves that every reference holds */
export async function dropForeignKeys(sql: Sql): Promise<string[]> {
  const rows = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace in ('public'::regnamespace, 'registration'::regnamespace)
    order by conrelid::regclass::text, conname`
  for (const { table, name } of rows) await sql.unsafe(`alter table ${table} drop constraint ${name}`)
  return rows.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`)
}

/** Rows that migrations have put in. */
export async function emptyTables(sql: Sql, tables: Manifest['tables']): Promise<void> {
  if (tables.length > 0) await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')}`)
}

/** Names of whatever is in the way of a restore. */
export async function tablesInTheWay(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where (n.nspname = 'registration' or n.nspname = 'public') and c.relkind in ('r', 'p', 'v', 'S') order by 1 limit 5`
  return rows.map(({ name }) => name)
}

/** Chains of the audit whose rows do not follow from one another, and the first place. */
export async function brokenAudit(sql: Sql): Promise<{ chain: number; place: string }[]> {
  return await sql<{ chain: number; place: string }[]>`select chain, place::text as place from audit_broken()`
}

export function copyStatement(
  { name, columns }: Manifest['tables'][number],
  direction: 'to stdout' | 'from stdin',
): string {
  return `copy ${name} (${columns.map((column) => `"${column}"`).join(', ')}) ${direction}`
}
