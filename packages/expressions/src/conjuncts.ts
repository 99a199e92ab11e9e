const quotes = new Set(["'", '"'])

/**
 * The parts of a CEL expression that are joined by `&&` at its outermost level, so that an unmet one can be named; the
 * whole expression as the only part where its outermost operator is another.
 */
export function conjuncts(source: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!
    if (quotes.has(character)) at = endOfText(source, at)
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (depth > 0) continue
    // Both bind less tightly than &&: the parts would not be conjuncts.
    else if (character === '?' || source.startsWith('||', at)) return [source.trim()]
    else if (source.startsWith('&&', at)) {
      parts.push(source.slice(start, at).trim())
      start = at + 2
      at++
    }
  }
  return [...parts, source.slice(start).trim()]
}

/** The index of the quote that ends the text beginning at `start`. */
function endOfText(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === source[start]) return at
  }
  return source.length
}
