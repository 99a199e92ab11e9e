import type { Hono } from 'hono'
import { z } from 'zod'
import { dataSchema } from '../../../events/async-api.ts'
import { eventTypes } from '../../../events/index.ts'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'

const eventType = z
  .object({
    type: z.string(),
    when: z.string().describe('When it happens.'),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema (draft 7) of its `data`. More fields may come.'),
  })
  .meta({ id: 'EventType' })

/** What there is to be told of. */
export function eventTypeRoutes(app: Hono<ApiEnv>, access: Access): void {
  app.get(
    '/event-types',
    ...endpoint({
      id: 'listEventTypes',
      summary: 'Lists the types of events, with the schemas of their data',
      tag: 'Events',
      action: 'event.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(eventType) },
    }),
    (c) => {
      access.scope(c.get('principal'), 'event.read')
      const { limit, cursor } = valid(c, 'query')
      const after = readCursor(cursor) ?? ''
      const rest = eventTypes.filter(({ type }) => type > after).slice(0, limit + 1)
      const rows = rest.map((each) => ({
        type: each.type,
        when: each.when,
        schema: dataSchema(each) as Record<string, unknown>,
      }))
      return c.json(pageOf(rows, limit, ({ type }) => type))
    },
  )
}
