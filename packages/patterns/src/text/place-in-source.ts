import type { Finding } from '@sutler/engine'
import { offsetIn } from './expressions.ts'
import type { Positions } from './positions.ts'
import type { Range } from './range.ts'
import { stringEnd } from './scan.ts'
import type { Expression, Template } from './tree.ts'

/** The exact place of what a finding speaks of; null when only the whole can be pointed at. */
export function placeInSource(
  node: Expression | Template,
  { expression, name, offset }: Pick<Finding, 'expression' | 'name' | 'offset'>,
  positions: Positions,
): Range | null {
  const meant = node.kind === 'expression' ? node : node.expressions.find(({ source }) => source === expression)
  if (meant === undefined || meant.pieces.length === 0) return null
  if (offset !== undefined) return rangeIn(meant, offset, offset + lengthAt(meant.source, offset), positions)
  if (name === undefined) return meant.range
  const found = occurrence(meant.source, name.split('.'))
  return found === null ? meant.range : rangeIn(meant, found.start, found.end, positions)
}

/** A word is marked whole. */
function lengthAt(source: string, offset: number): number {
  return /^[A-Za-z0-9_]+/.exec(source.slice(offset))?.[0].length ?? 1
}

/** First place of `a.b` in CEL source, of which the last name is marked. */
function occurrence(source: string, path: readonly string[]): { readonly start: number; readonly end: number } | null {
  let matched = 0
  let before = ''
  for (let at = 0; at < source.length;) {
    const end = tokenEnd(source, at)
    const token = source.slice(at, end)
    if (token.trim() !== '') {
      const due = matched % 2 === 1 ? '.' : path[matched / 2]
      if (token === due && (matched > 0 || before !== '.')) matched += 1
      else matched = token === path[0] && before !== '.' ? 1 : 0
      if (matched === 2 * path.length - 1) return { start: at, end }
      before = token
    }
    at = end
  }
  return null
}

function tokenEnd(source: string, at: number): number {
  if (source[at] === '"' || source[at] === "'") {
    const end = stringEnd(source, at, source.length)
    return end === -1 ? source.length : end
  }
  return at + (/^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9A-Za-z_.]*|\s+)/.exec(source.slice(at, at + 4096))?.[0].length ?? 1)
}

function rangeIn(expression: Expression, start: number, end: number, positions: Positions): Range {
  const from = offsetIn(expression, start) ?? expression.range.start.offset
  const last = offsetIn(expression, Math.max(start, end - 1)) ?? from
  return positions.range(from, Math.min(last + 1, expression.range.end.offset))
}
