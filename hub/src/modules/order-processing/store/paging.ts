import type { Sql } from '../../../platform/database.ts'
import { firstIdOf } from '../../../platform/ids.ts'
import type { HistoryRequest } from '../app/storage.ts'

type Page = Pick<HistoryRequest, 'limit' | 'after' | 'sort'>

/** Pages of what comes about in the course of time. Ids sort by time, so that pages by id are pages by time. */

/** `and …`: after the page before. */
export function beyond(sql: Sql, { after, sort }: Page) {
  if (after === undefined) return sql``
  return sort === 'newest' ? sql`and id < ${after}` : sql`and id > ${after}`
}

export function inOrder(sql: Sql, { sort, limit }: Page) {
  return sql`order by id ${sort === 'newest' ? sql`desc` : sql``} limit ${limit}`
}

/** Between hubs clocks may differ by so much: ids only say where to begin to look. */
const skew = 3_600_000

/** `and …`: made then or later. Begins to look by the id, which is indexed. */
export function since(sql: Sql, prefix: string, from: Date | undefined) {
  if (from === undefined) return sql``
  return sql`and id >= ${firstIdOf(prefix, Math.max(0, from.getTime() - skew))} and created_at >= ${from}`
}
