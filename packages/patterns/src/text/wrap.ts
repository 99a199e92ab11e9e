import { stringEnd } from './scan.ts'

/** Columns of a line that the formatter fills, where the text can be broken at all. */
export const width = 120

/** Where an expression may be broken, the loosest operators first. */
const levels: readonly RegExp[] = [/^[?:] /, /^\|\| /, /^&& /, /^\+ /]

/**
 * An expression's lines. It is broken before operators outside brackets, as far as it has to be for `room` columns, and only where
 * the break is read as the one space that stood there.
 */
export function wrapExpression(source: string, room: number): string[] {
  let lines = [source]
  for (const level of levels) lines = lines.flatMap((line) => (line.length <= room ? [line] : splitBefore(line, level)))
  return lines
}

function splitBefore(source: string, operator: RegExp): string[] {
  const lines: string[] = []
  let from = 0
  let depth = 0
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]!
    if (character === '"' || character === "'") {
      const end = stringEnd(source, at, source.length)
      if (end === -1) return [source]
      at = end - 1
    } else if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    else if (character === '`') return [source]
    else if (depth === 0 && at > from + 1 && operator.test(source.slice(at, at + 3)) && oneSpace(source, at)) {
      lines.push(source.slice(from, at - 1))
      from = at
    }
  }
  return [...lines, source.slice(from)]
}

function oneSpace(source: string, at: number): boolean {
  return source[at - 1] === ' ' && source[at - 2] !== ' ' && source[at - 2] !== '\t'
}
