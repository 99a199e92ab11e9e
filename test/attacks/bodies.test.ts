import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { long } from '../support/thoroughness.ts'
import { mutated, random, seed } from './mutations.ts'

/** Bodies of every route, mutated at random: whatever comes, the answer is the caller's mistake or a success, never the hub's failure. */

const each = long ? 200 : 15
let hub: ComposedHub

beforeAll(async () => {
  hub = await composeHub({
    clock: systemClock,
    env: { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' },
  })
}, patience)
afterAll(() => hub?.stop(), patience)

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minimum?: number
}

interface Document {
  readonly paths: Record<
    string,
    Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } }>
  >
  readonly components: { readonly schemas: Record<string, Schema> }
}

/** Something that a schema is likely to take. */
function sample(schema: Schema, { components }: Document, depth = 0): unknown {
  if (schema.$ref)
    return sample(components.schemas[schema.$ref.split('/').at(-1)!]!, { components, paths: {} }, depth + 1)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (choice) return sample(choice, { components, paths: {} }, depth + 1)
  if (schema.type === 'string') return 'abcdefgh'
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  if (schema.type === 'array')
    return depth > 6 || !schema.items ? [] : [sample(schema.items, { components, paths: {} }, depth + 1)]
  const entries = Object.entries(schema.properties ?? {})
  return depth > 6
    ? {}
    : Object.fromEntries(entries.map(([name, of]) => [name, sample(of, { components, paths: {} }, depth + 1)]))
}

test(
  'mutated bodies of every route are answered, and never with 500',
  async () => {
    const document = (await (await fetch(`${hub.url}/openapi.json`)).json()) as Document
    const below = random(seed)
    const wrong: string[] = []
    let routes = 0
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { operationId, requestBody }] of Object.entries(methods)) {
        const schema = requestBody?.content['application/json']?.schema
        if (schema === undefined) continue
        routes++
        const body = Buffer.from(JSON.stringify(sample(schema, document)))
        for (let turn = 0; turn <= each; turn++) {
          const response = await fetch(`${hub.url}${path.replaceAll(/\{\w+\}/g, 'abcdefgh')}`, {
            method: method.toUpperCase(),
            headers: {
              authorization: `Bearer ${hub.connection.token}`,
              'content-type': 'application/json',
              'if-match': '*',
            },
            body: turn === 0 ? body : (mutated(body, below) as Uint8Array<ArrayBuffer>),
          })
          await response.text()
          if (response.status >= 500)
            wrong.push(`${operationId}: ${response.status} to mutation ${turn} of seed ${seed}`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(routes).toBeGreaterThan(30)
  },
  5 * patience,
)
