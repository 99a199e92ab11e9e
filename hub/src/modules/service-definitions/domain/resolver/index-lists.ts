/** Lists of numbers by number, in two arrays: those of `key` are `list[start[key]]` up to `list[start[key + 1]]`. */
export interface Index {
  readonly start: Int32Array
  readonly list: Int32Array
}

/** Entries keep their order within a key. */
export function indexed(keys: number, entries: readonly (readonly [key: number, entry: number])[]): Index {
  const start = new Int32Array(keys + 1)
  for (const [key] of entries) start[key + 1]!++
  for (let key = 0; key < keys; key++) start[key + 1]! += start[key]!
  const list = new Int32Array(entries.length)
  const next = start.slice()
  for (const [key, entry] of entries) list[next[key]!++] = entry
  return { start, list }
}
