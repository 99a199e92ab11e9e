import { parse } from '@bufbuild/cel'
import { expressionLimits } from '../limits.ts'
import { Refused, survey, type Expr } from '../tree.ts'
import { Translation } from './context.ts'
import type { FilterSchema } from './fields.ts'
import { condition } from './functions.ts'
import { filterLimits } from './limits.ts'
import { FaultAt, FilterError } from './refused.ts'
import { template, type Template } from './sql-text.ts'
import { translate } from './translate.ts'

/** A filter as a condition of SQL: the strings and values of a tagged template. */
export interface CompiledFilter extends Template {
  readonly source: string
  /** Joins that the condition rests on, by their names in the schema. */
  readonly needs: ReadonlySet<string>
}

export interface FilterOptions {
  readonly schema: FilterSchema
  /** What `now` is. */
  readonly now: Date
  /** The database's function for `semver`. */
  readonly versionFunction: string
}

/**
 * Compiles a filter over a fleet to SQL. What people wrote gets into it as parameters only. A device is matched when CEL's
 * answer about it would be true; one for which CEL would have an error is not.
 * @throws FilterError with the position
 */
export function compileFilter(source: string, { schema, now, versionFunction }: FilterOptions): CompiledFilter {
  if (source.length > expressionLimits.sourceLength)
    throw new FilterError('too-expensive', `a filter has at most ${expressionLimits.sourceLength} characters`, null)
  const { tree, positions } = parsed(source)
  const translation = new Translation(schema, now, versionFunction)
  try {
    const text = condition(translate(translation, tree, { bound: new Map(), lenient: true }), tree)
    return { source, needs: translation.needs, ...template(text) }
  } catch (error) {
    if (error instanceof FaultAt)
      throw new FilterError(error.fault, error.message, positions[String(error.at.id)] ?? null)
    if (error instanceof RangeError)
      throw new FilterError('too-expensive', 'the filter is nested too deeply', null, error)
    throw error
  }
}

function parsed(source: string): { tree: Expr; positions: Readonly<Record<string, number>> } {
  try {
    const { expr, sourceInfo } = parse(source)
    if (expr === undefined) throw new FilterError('syntax-error', 'the filter is empty', 0)
    const { nodes } = survey(expr)
    if (nodes > filterLimits.nodes)
      throw new FilterError(
        'too-expensive',
        `a filter has at most ${filterLimits.nodes} parts, this one has ${nodes}`,
        null,
      )
    return { tree: expr, positions: sourceInfo?.positions ?? {} }
  } catch (error) {
    throw error instanceof FilterError ? error : parseError(error)
  }
}

function parseError(error: unknown): FilterError {
  if (error instanceof RangeError || (error instanceof Refused && error.code === 'expression-too-large'))
    return new FilterError('too-expensive', 'the filter is too large or nested too deeply', null, error)
  const { rawMessage, message, location } = error as Error & {
    rawMessage?: string
    location?: { start: { offset: number } }
  }
  return new FilterError('syntax-error', rawMessage ?? message, location?.start.offset ?? null, error)
}
