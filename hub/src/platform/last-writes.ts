import type { Sql, Tx } from './database.ts'

/** Writes rows, in one order whoever writes them. A row may be there more than once. */
export type LastWrite<Row> = (sql: Sql, rows: readonly Row[]) => Promise<void>

/** Rows by what writes them. */
export type LastWrites = Map<LastWrite<never>, unknown[]>

/**
 * Has rows written as the last of the transaction, all that it has for `write` at once. For rows that transactions share which have
 * little else in common: each locks them in the same order, holding whatever it holds, and only until it commits, so that no two
 * wait for each other.
 * @param write the same function for the same rows
 */
export function writeLast<Row>({ last }: Pick<Tx, 'last'>, write: LastWrite<Row>, rows: readonly Row[]): void {
  if (rows.length === 0) return
  const waiting = last.get(write) as Row[] | undefined
  if (waiting === undefined) last.set(write, [...rows])
  else waiting.push(...rows)
}

/** Moves what a part of a transaction has waiting to the whole. */
export function keepLast(tx: Pick<Tx, 'last'>, part: LastWrites): void {
  for (const [write, rows] of part) writeLast(tx, write as LastWrite<unknown>, rows)
}

export async function writeLastRows({ sql, last }: Pick<Tx, 'sql' | 'last'>): Promise<void> {
  await Promise.all([...last].map(([write, rows]) => write(sql, rows as never[])))
}
