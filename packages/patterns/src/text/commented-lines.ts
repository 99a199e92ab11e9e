import type { Positions } from './positions.ts'
import { isSpace, scanLine } from './scan.ts'
import { joined } from './spacing.ts'
import type { Statement, Token } from './statements.ts'

/**
 * Lays out a statement that has comments in it: its lines stay as they are, each with the usual spaces, indented by the brackets that
 * are open. `first` is written for the first token.
 */
export function commentedLines(statement: Statement, positions: Positions, indent: number, first: string): string[] {
  const { text } = positions
  const { tokens, lines: extent } = statement
  const lines: string[] = []
  let depth = 0
  let next = 0
  for (let line = extent[0] - 1; line < extent[1]; line += 1) {
    const limit = positions.lineEnd(line)
    const start = codeStart(positions, line, limit)
    if (start === limit) continue
    const scan = text.startsWith('//', start)
      ? { depth, comment: start, end: start }
      : scanLine(text, start, limit, depth)
    const columns = lines.length === 0 ? 0 : columnsOf(text.slice(start, limit), depth)
    depth = scan.depth
    while (next < tokens.length && tokens[next]!.end <= start) next += 1
    const from = next
    while (next < tokens.length && tokens[next]!.end <= scan.end) next += 1
    const whole = tokens.slice(from, next)
    const torn = [tokens[from], tokens[next]].some((token) => token !== undefined && isTorn(token, start, scan.end))
    const code = torn ? text.slice(start, scan.end) : joined(whole, (token) => text.slice(token.start, token.end))
    const comment = line === extent[1] - 1 || scan.comment === -1 ? '' : text.slice(scan.comment, limit).trimEnd()
    const written = lines.length === 0 ? first + code.slice(tokens[0]!.end - tokens[0]!.start) : code
    lines.push(' '.repeat(indent + columns) + [written, comment].filter((part) => part !== '').join(' '))
  }
  return lines
}

function codeStart(positions: Positions, line: number, limit: number): number {
  let start = positions.starts[line]!
  while (start < limit && isSpace(positions.text[start]!)) start += 1
  return start
}

/** Further in for every open bracket; a bracket that closes stands below the line that opens it. */
function columnsOf(line: string, depth: number): number {
  const closing = /^[)\]}]*/.exec(line)![0].length
  if (depth === 0) return 4
  return 2 * Math.max(0, depth - closing)
}

/** Whether a token is only in part on the line. */
function isTorn(token: Token, start: number, end: number): boolean {
  return token.start < end && token.end > start && (token.start < start || token.end > end)
}
