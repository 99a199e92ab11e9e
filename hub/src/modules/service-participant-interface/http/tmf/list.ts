import type { Context } from 'hono'
import { CallerError } from '../../../../platform/errors.ts'
import type { ApiEnv } from '../../../../platform/http/api.ts'
import { invalidRequest } from '../../../../platform/http/codes.ts'
import { tmfMediaType } from '../../../../platform/http/tmf-error.ts'
import { countedAtMost, type Between } from '../../../order-processing/index.ts'
import { selectFields, type TmfObject } from '../../domain/tmf/fields.ts'

const media = { 'content-type': tmfMediaType }

/** One resource, with the fields that were asked for. */
export function answerOne(
  c: Context<ApiEnv>,
  resource: TmfObject,
  fields: string | undefined,
  status: 200 | 201 = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return c.json(selectFields(resource, fields), status, { ...media, ...headers })
}

interface Paged {
  readonly offset: number
  readonly limit: number
  readonly fields?: string | undefined
}

/**
 * A part of a list with the counts that TMF630 (4.4) names. What is not shown is said by the counts and by Link (RFC 8288); the status is 200
 * as in the published interfaces.
 */
export function answerList(
  c: Context<ApiEnv>,
  shown: readonly TmfObject[],
  total: number,
  { offset, limit, fields }: Paged,
): Response {
  const headers: Record<string, string> = {
    ...media,
    'x-total-count': String(total),
    'x-result-count': String(shown.length),
  }
  // Counting goes on no further.
  if (total >= countedAtMost) headers['x-total-count-at-least'] = 'true'
  const links = linksAround(c, offset, limit, total)
  if (links !== '') headers['link'] = links
  return c.json(
    shown.map((resource) => selectFields(resource, fields)),
    200,
    headers,
  )
}

function linksAround(c: Context<ApiEnv>, offset: number, limit: number, total: number): string {
  const to = (at: number, rel: string): string => {
    const query = new URLSearchParams(c.req.url.split('?')[1] ?? '')
    query.set('offset', String(at))
    query.set('limit', String(limit))
    return `<${c.req.path}?${query}>; rel="${rel}"`
  }
  const links = offset > 0 ? [to(Math.max(0, offset - limit), 'prev')] : []
  if (offset + limit < total) links.push(to(offset + limit, 'next'))
  return links.join(', ')
}

/** What a query says of a date. Both `gt` and `gte` are refused: one of them would not be heeded. */
export function betweenOf(query: Readonly<Record<string, unknown>>, name: string): Between {
  const end = (loose: string, strict: string) => {
    const [open, closed] = [query[`${name}.${strict}`], query[`${name}.${loose}`]] as (string | undefined)[]
    if (open !== undefined && closed !== undefined) {
      const detail = `cannot be said together with ${name}.${loose}`
      throw new CallerError(invalidRequest, `${name}.${strict} ${detail}`, {
        places: [{ pointer: `#query/${name}.${strict}`, detail }],
      })
    }
    const text = open ?? closed
    return text === undefined ? undefined : ([new Date(text), open === undefined] as const)
  }
  return { from: end('gte', 'gt'), to: end('lte', 'lt') }
}

/** Comma-separated values, any of which will do (TMF630, 4.3). @throws CallerError `invalid-request` */
export function anyOf<T extends string>(
  text: string | undefined,
  name: string,
  known: readonly T[],
): readonly T[] | undefined {
  if (text === undefined) return undefined
  const values = text.split(',').map((each) => each.trim())
  const wrong = values.find((value) => !(known as readonly string[]).includes(value))
  if (wrong === undefined) return values as T[]
  const detail = `“${wrong.slice(0, 64)}” is none of ${known.join(', ')}`
  throw new CallerError(invalidRequest, `${name}: ${detail}`, { places: [{ pointer: `#query/${name}`, detail }] })
}
