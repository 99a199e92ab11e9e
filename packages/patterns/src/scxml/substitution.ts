import { compile, ExpressionError } from '@sutler/expressions'
import { Untranslatable } from './expressions.ts'
import { TokenReader } from './tokens.ts'

/** Names of data that an expression reads; null when it looks at all of them. */
export function dataRead(expression: string): ReadonlySet<string> | null {
  const names = new Set<string>()
  for (const { path } of compile(expression).references) {
    if (path[0] !== 'data') continue
    if (path[1] === undefined) return null
    names.add(path[1])
  }
  return names
}

export function reads(expression: string, name: string): boolean {
  return dataRead(expression)?.has(name) ?? true
}

/**
 * The expression as it was before the assignments: each datum that has been assigned is replaced by what was assigned to it.
 *
 * @throws Untranslatable where that cannot be written
 */
export function substituted(expression: string, assigned: ReadonlyMap<string, string>): string {
  const names = dataRead(expression)
  if (assigned.size === 0 || (names !== null && [...names].every((name) => !assigned.has(name)))) return expression
  const reader = new TokenReader(expression)
  let result = ''
  for (let token = reader.next(); token !== null; token = reader.next()) {
    if (token.kind === 'name' && token.text === 'has')
      throw new Untranslatable(`${expression}: has() of what was just assigned`)
    if (token.kind !== 'name' || token.text !== 'data' || reader.before() === '.') {
      result += token.text
      continue
    }
    const [dot, field] = reader.ahead(2)
    if (dot?.text !== '.' || field === undefined)
      throw new Untranslatable(`${expression}: data as a whole, after an assignment`)
    reader.skip(2)
    const value = assigned.get(field.text)
    result += value === undefined ? `data.${field.text}` : `(${value})`
  }
  return readable(result)
}

/** What was put together may have become too large. */
function readable(expression: string): string {
  try {
    compile(expression)
    return expression
  } catch (error) {
    if (error instanceof ExpressionError) throw new Untranslatable(`put together: ${error.reason}`)
    throw error
  }
}

/** All must hold; `true` is left out, and when all are, the result is undefined. */
export function conjunction(conditions: readonly string[]): string | undefined {
  const needed = [...new Set(conditions)].filter((condition) => condition !== 'true')
  if (needed.includes('false')) return 'false'
  if (needed.length === 0) return undefined
  return needed.length === 1 ? needed[0] : needed.map(enclosed).join(' && ')
}

export function negation(condition: string): string {
  if (condition === 'true') return 'false'
  return condition === 'false' ? 'true' : `!(${condition})`
}

/** In brackets unless it is plainly one piece. */
function enclosed(condition: string): string {
  return /^!?\([^()]*\)$|^[\w.]+$/.test(condition) ? condition : `(${condition})`
}
