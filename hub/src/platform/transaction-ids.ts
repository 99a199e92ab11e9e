import type { Sql } from './database.ts'

/**
 * More than the ids that may have been given out, and not stored in any column that is looked at here, when a copy of the
 * database was made.
 */
const margin = 1_000_000

interface Column {
  readonly place: string
  readonly name: string
}

/**
 * Makes ids of transactions go on from those that are stored (columns of the type xid8): rows that were restored have those of
 * another server, which may be far ahead of this one's, and what comes after them would count as long past. Raises the shift
 * between the server's ids and the stored ones (hub/migrations/0430_platform_transactions.ts) where that is so. As the owner.
 */
export async function continueTransactionIds(sql: Sql): Promise<void> {
  const stored = await highestStored(sql)
  // After the rows were read: every id among them was given out before this one will be.
  const [row] = await sql<{ next: string; shift: string }[]>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next, platform_xact_shift()::text as shift`
  const next = Number(row!.next)
  if (stored <= next + Number(row!.shift)) return
  const shift = stored - next + margin
  await sql.unsafe(
    `create or replace function platform_xact_shift() returns bigint language sql stable as 'select ${shift}::bigint'`,
  )
}

async function highestStored(sql: Sql): Promise<number> {
  const columns = await sql<Column[]>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as place, quote_ident(a.attname) as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.atttypid = 'xid8'::regtype and not a.attisdropped and c.relkind = 'r' and n.nspname in ('public', 'registration')`
  let highest = 0
  for (const { place, name } of columns) {
    const [row] = await sql.unsafe<{ id: string }[]>(
      `select ${name}::text as id from ${place} where ${name} is not null order by ${name} desc limit 1`,
    )
    highest = Math.max(highest, Number(row?.id ?? 0))
  }
  return highest
}
