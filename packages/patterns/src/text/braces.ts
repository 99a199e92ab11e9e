/** Offset of the brace that closes the one at `open`, before `limit`, found as the engine's templates find it; -1 when none does. */
export function closingBrace(text: string, open: number, limit: number): number {
  let depth = 0
  let quote = ''
  for (let at = open; at < limit; at += 1) {
    const character = text[at]!
    if (quote !== '') {
      if (character === '\\') at += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
