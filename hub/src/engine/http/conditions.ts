import type { Json } from '@sutler/engine'
import { CallerError } from '../../platform/errors.ts'
import { invalidRequest } from '../../platform/http/codes.ts'
import { valuesOf } from '../contract/parts.ts'
import type { Condition, Span } from '../store/search.ts'

/** Names on the way into a document. */
const deepest = 16

/** Conditions on instance data as a query has them. @throws CallerError `invalid-request` */
export function conditionsIn(given: string | readonly string[] | undefined): Condition[] {
  return valuesOf(given).map(conditionIn)
}

function conditionIn(text: string): Condition {
  const equals = text.indexOf('=')
  const path = equals > 0 ? pathOf(text.slice(0, equals)) : null
  if (path === null) throw wrong('data', `“${text.slice(0, 80)}” is not a path and a value: device=stb1.`)
  const value = text.slice(equals + 1)
  const parsed = parsedJson(value)
  // Text may be written without quotes: what is meant by 3, or true, is left open then.
  return { path, values: parsed === undefined ? [value] : [parsed, ...(typeof parsed === 'string' ? [] : [value])] }
}

function pathOf(text: string): string[] | null {
  const names = text.startsWith('/')
    ? text
        .slice(1)
        .split('/')
        .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    : text.split('.')
  return names.length <= deepest && (text.startsWith('/') || names.every((name) => name !== '')) ? names : null
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** A span of time as a query has it; undefined when it has none. */
export function spanIn(from: string | undefined, to: string | undefined): Span | undefined {
  if (from === undefined && to === undefined) return undefined
  return { ...(from !== undefined && { from: Date.parse(from) }), ...(to !== undefined && { to: Date.parse(to) }) }
}

export function wrong(parameter: string, detail: string): CallerError {
  return new CallerError(invalidRequest, `The query is wrong: ${parameter}: ${detail}`, {
    places: [{ pointer: `#query/${parameter}`, detail }],
  })
}
