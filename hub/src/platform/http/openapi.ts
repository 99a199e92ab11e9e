import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { ApiEnv } from './api.ts'
import { problemSchema } from './problem.ts'
import { scimErrorSchema } from './scim-error.ts'
import { tmfErrorSchema } from './tmf-error.ts'

/** A JSON value; OpenAPI documents are walked as such. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** OpenAPI 3.1 as far as this hub writes it. */
export interface OpenApi {
  openapi: string
  info: { title: string; version: string; description: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Json }
}

export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security: unknown[]
  'x-action'?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }>; 'x-codes'?: string[] }>
}

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  format?: string
  pattern?: string
  enum?: Json[]
  const?: Json
  default?: Json
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
  [keyword: string]: unknown
}

const description =
  'Everything the hub does, for people and systems. Errors are RFC 9457 problem documents whose `type` leads to a page with the remedy.'

/** The document of all endpoints of `app`; the same code gives the same text, whatever order routes were mounted in. */
export async function openApiOf(app: Hono<ApiEnv>, version: string): Promise<OpenApi> {
  const made = await generateSpecs(app, {
    documentation: {
      info: { title: 'Sutler', version, description },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-sutler-session',
            description: 'The hub’s own pages only: what changes something must come from one of them.',
          },
        },
      },
    },
    defaultValidationErrorResponse: false,
    excludeStaticFile: false,
  })
  const document = made as unknown as OpenApi
  document.components.schemas = {
    ...document.components.schemas,
    Problem: problemSchema as Schema,
    TmfError: tmfErrorSchema as Schema,
    ScimError: scimErrorSchema as Schema,
  }
  const names = new Set(
    Object.values(document.paths).flatMap((item) => Object.values(item).flatMap((each) => each.tags)),
  )
  document.tags = [...names].toSorted().map((name) => ({ name }))
  return ordered(document as unknown as Json) as unknown as OpenApi
}

/** Keys whose order means something to a reader come first, in this order; paths and schema names are sorted. */
const first = [
  'openapi',
  'info',
  'tags',
  'paths',
  'components',
  'operationId',
  'summary',
  'description',
  'type',
  '$ref',
]

/** Sorts the keys of everything but `properties`, whose order is the author's. */
function ordered(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((each) => ordered(each))
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value)
  if (key !== 'properties') names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(
    names
      .filter((name) => value[name] !== undefined && name !== '$schema')
      .map((name) => [name, ordered(value[name]!, name)]),
  )
}

function rank(name: string): number {
  const place = first.indexOf(name)
  return place === -1 ? first.length : place
}
