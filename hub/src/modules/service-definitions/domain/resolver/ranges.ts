import { Range, type Comparator, type SemVer } from 'semver'

/**
 * Which of some versions, newest first, are in a semver range, pre-releases counted by their place in the order: 1 or 0 for each.
 * The same as `semver.satisfies` with `includePrerelease`, by binary search. A text that is no range has none.
 */
export function within(newestFirst: readonly SemVer[], range: string): Uint8Array {
  const inside = new Uint8Array(newestFirst.length)
  for (const comparators of parse(range)) {
    let from = 0
    let to = newestFirst.length
    for (const comparator of comparators) {
      const [first, end] = span(newestFirst, comparator)
      from = Math.max(from, first)
      to = Math.min(to, end)
    }
    inside.fill(1, from, Math.max(from, to))
  }
  return inside
}

function parse(range: string): readonly (readonly Comparator[])[] {
  try {
    return new Range(range, { includePrerelease: true }).set
  } catch (error) {
    if (error instanceof TypeError) return []
    throw error
  }
}

/** From which index, up to which, a comparator holds. */
function span(versions: readonly SemVer[], { operator, semver }: Comparator): [number, number] {
  // Only the comparator that everything meets has no version.
  if (typeof (semver as Partial<SemVer>).compare !== 'function') return [0, versions.length]
  const notNewer = firstWhere(versions, (version) => version.compare(semver) <= 0)
  const older = firstWhere(versions, (version) => version.compare(semver) < 0)
  if (operator === '>=') return [0, older]
  if (operator === '>') return [0, notNewer]
  if (operator === '<') return [older, versions.length]
  if (operator === '<=') return [notNewer, versions.length]
  return [notNewer, older]
}

function firstWhere(versions: readonly SemVer[], holds: (version: SemVer) => boolean): number {
  let low = 0
  let high = versions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(versions[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
