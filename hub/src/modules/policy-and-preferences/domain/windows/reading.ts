import { readWindow, type Window, type WindowText } from './window.ts'

/** Windows read once: decisions come by the thousand, about few different lists. */
const read = new Map<string, readonly Window[]>()
const kept = 500

/** @throws RuleFault for a list that was never checked */
export function windowsOf(list: readonly WindowText[]): readonly Window[] {
  const key = JSON.stringify(list)
  const known = read.get(key)
  if (known !== undefined) return known
  const windows = list.map(readWindow)
  // The oldest goes; the map keeps the order in which they came.
  if (read.size >= kept) read.delete(read.keys().next().value!)
  read.set(key, windows)
  return windows
}
