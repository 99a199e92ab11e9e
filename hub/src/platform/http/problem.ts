import type { Context } from 'hono'
import { asDatabaseError } from '../database.ts'
import { CallerError, OutsideError, type ErrorCode, type ErrorPlace } from '../errors.ts'
import type { ApiEnv } from './env.ts'
import { internal } from './codes.ts'
import { RequestLimited } from './request-limits.ts'
import { isScim, scimErrorOf, scimMediaType } from './scim-error.ts'
import { isTmf, tmfErrorOf, tmfMediaType } from './tmf-error.ts'

/** RFC 9457 problem details as this API sends them. `type` resolves on the hub: /problems/<code>. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly remedy: string
  /** The path that was asked for. */
  readonly instance: string
  /** Finds the request in the hub's log; absent before one was given. */
  readonly requestId?: string
  readonly errors?: readonly ErrorPlace[]
}

export const problemMediaType = 'application/problem+json'

/** The problem that describes what was thrown. Errors of unknown origin leak nothing: the log has them under the request id. */
export function problemOf(thrown: unknown, instance: string, requestId?: string): Problem {
  const error = asDatabaseError(thrown)
  if (error instanceof CallerError || error instanceof OutsideError) {
    return problem(error.entry, error.message, instance, requestId, error.places)
  }
  return problem(internal, 'An error that should be impossible stopped this request.', instance, requestId)
}

/** One problem document from its parts. */
export function problem(
  entry: ErrorCode,
  detail: string,
  instance: string,
  requestId?: string,
  places: readonly ErrorPlace[] = [],
): Problem {
  return {
    type: `/problems/${entry.code}`,
    title: entry.title,
    status: entry.status,
    detail,
    remedy: entry.remedy,
    instance,
    ...(requestId === undefined ? {} : { requestId }),
    ...(places.length === 0 ? {} : { errors: places }),
  }
}

/** A problem as it is sent to whoever asked for its path, and the media type of that. */
export function writtenProblem(problem: Problem): { readonly body: string; readonly mediaType: string } {
  const { instance } = problem
  if (isTmf(instance)) return { body: JSON.stringify(tmfErrorOf(problem)), mediaType: tmfMediaType }
  if (isScim(instance)) return { body: JSON.stringify(scimErrorOf(problem)), mediaType: scimMediaType }
  return { body: JSON.stringify(problem), mediaType: problemMediaType }
}

/** True for errors that are the hub's own fault and must reach the log. */
export function isUnexpected(error: unknown): boolean {
  return !(error instanceof CallerError)
}

/** The HTTP answer for `error`, with the headers that its status calls for. */
export function problemResponse(error: unknown, c: Context<ApiEnv>): Response {
  const requestId = c.get('requestId') as string | undefined
  const document = problemOf(error, c.req.path, requestId)
  const { body, mediaType } = writtenProblem(document)
  const headers: Record<string, string> = { 'content-type': mediaType, 'cache-control': 'no-store' }
  if (document.status === 401) headers['www-authenticate'] = 'Bearer'
  if (error instanceof RequestLimited) headers['retry-after'] = String(error.retryAfter)
  if (document.status === 503) headers['retry-after'] = '5'
  return c.body(body, document.status as 400, headers)
}

/** JSON Schema of a problem document, for openapi.json. */
export const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  properties: {
    type: { type: 'string', description: 'Stable; a path on the hub that explains it: /problems/<code>.' },
    title: { type: 'string', description: 'What kind of problem it is.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened this time, to what.' },
    remedy: { type: 'string', description: 'What to do about it.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    requestId: { type: 'string', description: 'Finds this request in the hub’s log.' },
    errors: {
      type: 'array',
      description: 'The wrong places of the request.',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the body, or #query/<name>, or #path/<name>.' },
          detail: { type: 'string' },
          line: { type: 'integer', description: 'In a text that the request has in it, from 1.' },
          column: { type: 'integer', description: 'From 1, in UTF-16 units.' },
        },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'remedy', 'instance'],
}
