import type { Entry, InstanceView } from './useInstance.ts'

interface Shown {
  readonly states: readonly string[]
  readonly fired: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * An instance as it was after an entry of its history, or, without one, as it is. Entries say their data only where it changed:
 * of one that does not, the newest before it that does.
 * @param entries newest first
 */
export function shownAt({ states, data }: InstanceView, entries: readonly Entry[], step: number | undefined): Shown {
  if (step === undefined) return { states, fired: entries[0]?.fired ?? [], data }
  const from = entries.findIndex(({ entry }) => entry === step)
  const entry = entries[from]
  if (entry === undefined) return { states, fired: [], data }
  const said = entries.slice(from).find((each) => each.data !== null)
  return { states: entry.states, fired: entry.fired, data: said?.data ?? {} }
}
