/** Columns of what an erasure or a merge does. */
export const holdingColumns = {
  what: (row: { what: string }) => row.what,
  count: (row: { count: number }) => String(row.count),
  becomes: (row: { how: string }) => row.how,
  because: (row: { because?: string | undefined }) => row.because ?? '',
}
