/** Rows on their way out, as lines of JSON or of CSV. */

export type RowFormat = 'ndjson' | 'csv'

export const rowMedia: Readonly<Record<RowFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
}

export type Columns<T> = Readonly<Record<string, (row: T) => string | number | boolean | null>>

export function csvHead(columns: Columns<never>): string {
  return `${Object.keys(columns).map(csvCell).join(',')}\r\n`
}

export function csvLine<T>(row: T, columns: Columns<T>): string {
  return `${Object.values(columns)
    .map((column) => csvCell(column(row)))
    .join(',')}\r\n`
}

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection): names come from
 * people and devices.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
