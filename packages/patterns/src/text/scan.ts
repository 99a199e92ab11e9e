/** Reading of characters that every part shares: where strings, comments and words end. Nothing here crosses a line. */

const word = /[A-Za-z][A-Za-z0-9_-]*/y

/** The word at an offset, `''` when there is none. A `-` before `>` is the arrow's. */
export function wordAt(text: string, at: number): string {
  word.lastIndex = at
  const found = word.exec(text)?.[0] ?? ''
  return found.endsWith('-') && text[at + found.length] === '>' ? found.slice(0, -1) : found
}

/**
 * Offset behind the CEL string (or JSON text) whose opening quote is at `open`; -1 when it is not closed before `limit`.
 * Raw strings (`r'…'`) and triple quotes are understood.
 */
export function stringEnd(text: string, open: number, limit: number): number {
  const quote = text[open]!
  const raw = /(?:^|[^A-Za-z0-9_.])(?:[rR][bB]?|[bB][rR])$/.test(text.slice(Math.max(0, open - 3), open))
  const triple = text.startsWith(quote.repeat(3), open) && open + 3 <= limit
  const closing = triple ? quote.repeat(3) : quote
  for (let at = open + closing.length; at < limit; at += 1) {
    if (text[at] === '\\' && !raw) at += 1
    else if (text.startsWith(closing, at) && at + closing.length <= limit) return at + closing.length
  }
  return -1
}

export interface LineScan {
  /** Brackets that are open behind the line; never below 0. */
  readonly depth: number
  /** Offset of `//`, or -1. */
  readonly comment: number
  /** Offset behind the last character that is neither white space nor comment. */
  readonly end: number
}

/** Looks through one line: brackets, and where its comment begins. `depth` brackets are open before it. */
export function scanLine(text: string, start: number, limit: number, depth: number): LineScan {
  let open = depth
  let end = start
  for (let at = start; at < limit; at += 1) {
    const character = text[at]!
    if (character === '"' || character === "'") {
      const behind = stringEnd(text, at, limit)
      if (behind === -1) return { depth: open, comment: -1, end: trimmedEnd(text, start, limit) }
      at = behind - 1
    } else if (character === '`') {
      const behind = text.indexOf('`', at + 1)
      if (behind !== -1 && behind < limit) at = behind
    } else if (character === '/' && text[at + 1] === '/' && at + 1 < limit) return { depth: open, comment: at, end }
    else if (character === '(' || character === '[' || character === '{') open += 1
    else if (character === ')' || character === ']' || character === '}') open = Math.max(0, open - 1)
    if (!isSpace(character)) end = at + 1
  }
  return { depth: open, comment: -1, end }
}

function trimmedEnd(text: string, start: number, limit: number): number {
  let end = limit
  while (end > start && isSpace(text[end - 1]!)) end -= 1
  return end
}

/** Blanks within a line; a byte order mark counts as one. */
export function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\uFEFF'
}
