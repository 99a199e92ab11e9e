import { compile, evaluate } from './compile.ts'
import { conjuncts } from './conjuncts.ts'
import { ExpressionError } from './errors.ts'
import { isObject, type Json, type Variables } from './json.ts'

/** One part of a condition, joined to the others by `&&`, and what became of it. */
export interface Clause {
  readonly source: string
  readonly held: boolean
  /** What the values were that it reads, or why it could not be decided. */
  readonly detail: string
}

export interface Explanation {
  readonly held: boolean
  readonly clauses: readonly Clause[]
}

/** Characters of one value that an explanation shows, and how many values of one clause. */
const shown = { text: 80, values: 4 }

/**
 * Whether a condition holds and which of its parts do. A part that reads what is not there, or cannot be decided otherwise,
 * does not hold, and says so. Throws ExpressionError only for a source that does not compile.
 */
export function explain(source: string, variables: Variables): Explanation {
  const clauses = conjuncts(source).map((part) => clauseOf(part, variables))
  return { held: clauses.every(({ held }) => held), clauses }
}

function clauseOf(source: string, variables: Variables): Clause {
  const compiled = compile(source)
  try {
    const value = evaluate(compiled, variables)
    if (typeof value !== 'boolean')
      return { source, held: false, detail: `is ${textOf(value)}, which is no truth value` }
    const paths = [...new Map(compiled.references.map(({ path }) => [path.join('.'), path])).values()]
    const read = paths.slice(0, shown.values).map((path) => `${path.join('.')} is ${textOf(valueAt(path, variables))}`)
    return { source, held: value, detail: read.join(', ') }
  } catch (error) {
    if (error instanceof ExpressionError) return { source, held: false, detail: error.reason }
    throw error
  }
}

function valueAt(path: readonly string[], variables: Variables): Json | Date | undefined {
  let place: Json | Date | undefined = variables as { readonly [name: string]: Json }
  for (const name of path) place = isObject(place) && Object.hasOwn(place, name) ? place[name] : undefined
  return place
}

function textOf(value: Json | Date | undefined): string {
  if (value === undefined) return 'not there'
  const text = value instanceof Date ? value.toISOString() : JSON.stringify(value)
  return text.length > shown.text ? `${text.slice(0, shown.text).toWellFormed()}…` : text
}
