/**
 * Whether a target path matches a path pattern (section 4.5, PATHPATTERN): `*` stands for any characters, `?` for one, neither for a
 * slash; all others for themselves. Case counts.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const names = path.split('/')
  const parts = pattern.split('/')
  return (
    names.length === parts.length && parts.every((part, index) => matchesName([...(names[index] ?? '')], [...part]))
  )
}

/** Goes back to the last `*` only, so that the work is bounded by the product of the lengths. */
function matchesName(name: readonly string[], part: readonly string[]): boolean {
  let at = 0
  let place = 0
  let star = -1
  let resume = 0
  while (at < name.length) {
    if (part[place] === '*') {
      star = place++
      resume = at
    } else if (place < part.length && (part[place] === '?' || part[place] === name[at])) {
      place++
      at++
    } else if (star >= 0) {
      place = star + 1
      at = ++resume
    } else return false
  }
  while (part[place] === '*') place++
  return place === part.length
}
