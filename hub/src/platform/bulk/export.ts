import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { ApiEnv } from '../http/api.ts'
import { csvHead, csvLine, rowMedia, type Columns, type RowFormat } from './write-rows.ts'

/** Rows read at once: what an export keeps in memory, however long it is. */
export const exportPage = 1000

export const exportFormat = z
  .enum(['ndjson', 'csv'])
  .default('ndjson')
  .describe('`ndjson`: a line of JSON per row, all of it. `csv`: a head and the columns that fit into cells.')

export interface Export<Row, View> {
  readonly format: RowFormat
  readonly view: (row: Row) => View
  readonly columns: Columns<View>
  readonly idOf: (row: Row) => string
  /** At most `limit` rows after the id, in order of id. */
  readonly page: (after: string | undefined, limit: number) => Promise<readonly Row[]>
}

/**
 * Answers with all rows, page by page as fast as they are read. The first page is read before the answer begins, so that what is
 * wrong is still told by a problem.
 */
export async function exportRows<Row, View>(c: Context<ApiEnv>, wanted: Export<Row, View>): Promise<Response> {
  const { format, view, columns, idOf, page } = wanted
  const first = await page(undefined, exportPage)
  const line = (row: Row): string => (format === 'csv' ? csvLine(view(row), columns) : `${JSON.stringify(view(row))}\n`)
  c.header('content-type', rowMedia[format])
  return stream(c, async (out) => {
    if (format === 'csv') await out.write(csvHead(columns))
    for (let rows = first; rows.length > 0 && !out.aborted;) {
      await out.write(rows.map(line).join(''))
      rows = rows.length < exportPage ? [] : await page(idOf(rows.at(-1)!), exportPage)
    }
  })
}
