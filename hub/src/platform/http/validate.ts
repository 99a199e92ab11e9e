import type { Context } from 'hono'
import { z } from 'zod'
import { CallerError, type ErrorPlace } from '../errors.ts'
import { invalidRequest, unsupportedMediaType } from './codes.ts'

/** More mistakes than this are not listed: the answer stays small. */
const maximumPlaces = 50

/** The same object schema refusing unknown keys at its top level: a client that writes `role` where none is taken hears of it. */
export function strict<Schema extends z.ZodType>(schema: Schema): Schema {
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) return schema.strict() as unknown as Schema
  return schema
}

/** @throws CallerError `invalid-request` with pointers `#path/<name>` */
export function checkParams(schema: z.ZodType, c: Context): unknown {
  return check(schema, c.req.param(), (path) => `#path/${path.join('/')}`, 'path')
}

/** @throws CallerError `invalid-request` with pointers `#query/<name>` */
export function checkQuery(schema: z.ZodType, c: Context): unknown {
  const values: Record<string, string | string[]> = {}
  if (c.req.url.includes('?')) {
    for (const [name, all] of Object.entries(c.req.queries())) values[name] = all.length === 1 ? all[0]! : all
  }
  return check(schema, values, (path) => `#query/${path.join('/')}`, 'query')
}

/**
 * Parses and checks the JSON body: at once when the server has read it already (the usual case), else as a promise.
 * @throws CallerError `invalid-request` with JSON pointers, or `unsupported-media-type`
 */
export function checkBody(schema: z.ZodType, c: Context): unknown | Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new CallerError(unsupportedMediaType, `${c.req.method} ${c.req.path} came with “${type.slice(0, 80)}”.`)
  }
  const raw = (c.env as { incoming?: { rawBody?: Buffer } } | undefined)?.incoming?.rawBody
  if (raw) return checkJson(schema, raw.toString('utf8'))
  return c.req.text().then((text) => checkJson(schema, text))
}

function checkJson(schema: z.ZodType, text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const detail = text === '' ? 'The body is empty.' : `The body is not JSON: ${(error as Error).message}`
    throw new CallerError(invalidRequest, detail, { cause: error, places: [{ pointer: '', detail }] })
  }
  return check(schema, value, jsonPointer, 'body')
}

function check(
  schema: z.ZodType,
  value: unknown,
  pointer: (path: readonly PropertyKey[]) => string,
  part: string,
): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const places = result.error.issues.flatMap((issue) => placesOf(issue, pointer)).slice(0, maximumPlaces)
  const first = places[0]
  const detail = `The ${part} is wrong${places.length > 1 ? ` in ${places.length} places` : ''}: ${first?.pointer || '/'}: ${first?.detail}`
  throw new CallerError(invalidRequest, detail, { places })
}

/** Unknown keys are pointed at one by one, not at the object around them. */
function placesOf(issue: z.core.$ZodIssue, pointer: (path: readonly PropertyKey[]) => string): ErrorPlace[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: 'This is not taken here.' }))
  }
  return [{ pointer: pointer(issue.path), detail: issue.message }]
}

/** RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
