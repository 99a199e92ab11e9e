import { Hono, type Context, type Input, type MiddlewareHandler } from 'hono'
import { resolver, uniqueSymbol } from 'hono-openapi'
import { z } from 'zod'
import { forbidden, unauthenticated, type Action } from '../access.ts'
import type { ErrorCode } from '../errors.ts'
import { invalidRequest } from './codes.ts'
import type { ApiEnv } from './env.ts'
import { problemResponse } from './problem.ts'
import { checkBody, checkParams, checkQuery, strict } from './validate.ts'

export type { ApiEnv }

/** A router for one module's endpoints; errors thrown in it become problem documents. Mounted by `createWebServer`. */
export function api(): Hono<ApiEnv> {
  return new Hono<ApiEnv>().onError((error, c) => problemResponse(error, c))
}

/** What an endpoint takes and answers: the source of its validation, of openapi.json and of /docs. */
export interface EndpointSpec<
  Body extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Params extends z.ZodType = z.ZodType,
> {
  /** operationId: camelCase, unique, what generated clients call the method. */
  readonly id: string
  /** One sentence without a full stop. */
  readonly summary: string
  /** More, as plain paragraphs. */
  readonly description?: string
  readonly tag: string
  /** What the principal must be allowed to do; documented here, decided by `access.authorise` in the use case. */
  readonly action?: Action | null
  /** JSON body. Unknown top-level keys are refused (400). */
  readonly body?: Body
  /** Query parameters. Unknown ones are refused (400); one that is repeated arrives as an array. */
  readonly query?: Query
  readonly params?: Params
  /** Media type of a body that is a stream (not JSON): never buffered; read it from `c.req.raw.body`. */
  readonly upload?: string
  readonly answer: {
    readonly status: number
    readonly schema: z.ZodType | null
    readonly description?: string
    /** Media type when it is not JSON, for example `text/event-stream`. */
    readonly mediaType?: string
    /** The answer carries a secret that is shown once: it is not kept for Idempotency-Key, so a repeat makes another. */
    readonly secret?: boolean
    /** Another success that it may have. */
    readonly or?: { readonly status: number; readonly schema: z.ZodType; readonly description: string }
  }
  readonly problems?: readonly ErrorCode[]
  /** How errors are told: as problem documents, or as TM Forum's Open APIs or SCIM do; the path decides it, this describes it. */
  readonly errors?: keyof typeof errorContents
  /** `none`: reachable without a principal. Default `bearer`. */
  readonly security?: 'bearer' | 'none'
}

interface Validated<Body, Query, Params> {
  in: { json: z.input<Body & z.ZodType>; query: Record<string, string | string[]>; param: Record<string, string> }
  out: { json: z.output<Body & z.ZodType>; query: z.output<Query & z.ZodType>; param: z.output<Params & z.ZodType> }
}

/** An endpoint as the server sees it. */
export interface Endpoint {
  readonly spec: EndpointSpec
  /** Validates the request; a promise only where the body has not been read yet. */
  check(c: Context<ApiEnv>): void | Promise<void>
}

const endpoints = new WeakMap<object, Endpoint>()

/**
 * Middleware of one endpoint: validates, and describes it for openapi.json. Use it spread, before the handler:
 * `app.post('/orders', ...endpoint({ … }), async (c) => { const body = valid(c, 'json'); … })`.
 * @throws CallerError `invalid-request` (400) with a JSON pointer per mistake, from the middleware
 */
export function endpoint<
  Body extends z.ZodType = z.ZodNever,
  Query extends z.ZodType = z.ZodNever,
  Params extends z.ZodType = z.ZodNever,
>(spec: EndpointSpec<Body, Query, Params>): [MiddlewareHandler<ApiEnv, string, Validated<Body, Query, Params>>] {
  const body = spec.body && strict(spec.body)
  const query = spec.query && strict(spec.query)
  const params = spec.params
  const check = (c: Context<ApiEnv>): void | Promise<void> => {
    if (params) c.req.addValidatedData('param', checkParams(params, c) as object)
    if (query) c.req.addValidatedData('query', checkQuery(query, c) as object)
    if (!body) return
    const checked = checkBody(body, c)
    if (!(checked instanceof Promise)) return c.req.addValidatedData('json', checked as object)
    return checked.then((value) => c.req.addValidatedData('json', value as object))
  }
  const middleware: MiddlewareHandler<ApiEnv> = async (c, next) => {
    await check(c)
    await next()
  }
  const described = { ...spec, ...(body && { body }), ...(query && { query }) } as unknown as EndpointSpec
  Object.assign(middleware, { [uniqueSymbol]: describedLate(described) })
  endpoints.set(middleware, { spec: described, check })
  return [middleware as MiddlewareHandler<ApiEnv, string, Validated<Body, Query, Params>>]
}

/** The validated part of the request, typed by the endpoint's schema. */
export function valid<P extends string, I extends Input, K extends keyof I['out'] & ('json' | 'query' | 'param')>(
  c: Context<ApiEnv, P, I>,
  part: K,
): NonNullable<I['out']>[K] {
  return (c.req as unknown as { valid(part: K): NonNullable<I['out']>[K] }).valid(part)
}

/** The endpoint behind a route's handler, if `endpoint` made it. */
export function endpointOf(handler: object): Endpoint | undefined {
  return endpoints.get(handler)
}

const problemDocument = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
const errorContents = {
  problem: problemDocument,
  tmf: { 'application/json': { schema: { $ref: '#/components/schemas/TmfError' } } },
  scim: { 'application/scim+json': { schema: { $ref: '#/components/schemas/ScimError' } } },
}

/** Described when somebody reads openapi.json: to describe all endpoints takes as long as all else that a hub does at its start. */
function describedLate(spec: EndpointSpec): { readonly spec: object } {
  return {
    get spec() {
      return operation(spec)
    },
  }
}

/** OpenAPI operation object (3.1) as hono-openapi wants it: schemas still unresolved. */
function operation(spec: EndpointSpec): object {
  const media = (schema: z.ZodType, io: 'input' | 'output') => ({ schema: resolver(schema, { options: { io } }) })
  const implied = [
    ...(spec.body || spec.query || spec.params ? [invalidRequest] : []),
    ...(spec.security === 'none' ? [] : [unauthenticated]),
    ...(spec.action ? [forbidden] : []),
  ]
  const codes = [...new Set([...implied, ...(spec.problems ?? [])])]
  const problems: Record<string, object> = {}
  for (const status of new Set(codes.map((code) => code.status))) {
    const same = codes.filter((code) => code.status === status)
    problems[status] = {
      description: same.map((code) => code.title).join('; '),
      content: errorContents[spec.errors ?? 'problem'],
      'x-codes': same.map((code) => code.code).toSorted(),
    }
  }
  const answer = spec.answer.schema
    ? { content: { [spec.answer.mediaType ?? 'application/json']: media(spec.answer.schema, 'output') } }
    : spec.answer.mediaType
      ? { content: { [spec.answer.mediaType]: { schema: { type: 'string' } } } }
      : {}
  const { or } = spec.answer
  const other = or && {
    [or.status]: { description: or.description, content: { 'application/json': media(or.schema, 'output') } },
  }
  return {
    operationId: spec.id,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    tags: [spec.tag],
    security: spec.security === 'none' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(spec.action ? { 'x-action': spec.action } : {}),
    parameters: [...parameters('path', spec.params), ...parameters('query', spec.query)],
    ...(spec.body
      ? { requestBody: { required: true, content: { 'application/json': media(spec.body, 'input') } } }
      : {}),
    ...(spec.upload
      ? {
          requestBody: { required: true, content: { [spec.upload]: { schema: { type: 'string', format: 'binary' } } } },
        }
      : {}),
    responses: {
      [spec.answer.status]: { description: spec.answer.description ?? 'Done', ...answer },
      ...other,
      ...problems,
    },
  }
}

/** Parameter objects from the properties of an object schema. Path parameters are always required (OpenAPI 3.1, 4.8.12.2). */
function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string }
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }
  })
}
