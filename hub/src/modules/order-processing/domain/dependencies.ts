/** Which items wait for which, by their positions. */

/** Items that wait for one another, or for themselves: the positions of one circle; null when there is none. */
export function circle(after: readonly (readonly number[])[]): number[] | null {
  const done = new Set<number>()
  const path: number[] = []
  const visit = (position: number): number[] | null => {
    const place = path.indexOf(position)
    if (place >= 0) return path.slice(place)
    if (done.has(position)) return null
    path.push(position)
    for (const next of after[position] ?? []) {
      const found = visit(next)
      if (found !== null) return found
    }
    path.pop()
    done.add(position)
    return null
  }
  for (const position of after.keys()) {
    const found = visit(position)
    if (found !== null) return found
  }
  return null
}

interface Waiting {
  readonly position: number
  readonly after: readonly number[]
}

/** Positions of the items that wait for this one, and of those that wait for them. */
export function dependentsOf(item: Waiting, items: readonly Waiting[]): ReadonlySet<number> {
  const found = new Set([item.position])
  for (const position of found) for (const other of items) if (other.after.includes(position)) found.add(other.position)
  found.delete(item.position)
  return found
}
