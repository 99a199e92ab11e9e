import type { Hono } from 'hono'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { Feed } from '../app/feed.ts'
import type { TmfDependencies } from '../app/tmf/dependencies.ts'
import { eventQuery } from '../contract.ts'
import { eventStream, tooManyStreams } from './event-stream.ts'
import { eventTypeRoutes } from './event-types.ts'
import { webhookMessageRoutes } from './webhook-messages.ts'
import { webhookRoutes } from './webhooks.ts'

/** The event stream and webhooks. */
export function participantRoutes(deps: TmfDependencies, feed: Feed): Hono<ApiEnv> {
  const app = api()
  const stream = eventStream(deps, feed)
  app.get(
    '/events',
    ...endpoint({
      id: 'streamEvents',
      summary: 'Streams lifecycle events as they happen (server-sent events)',
      tag: 'Events',
      action: 'event.read',
      query: eventQuery,
      answer: { status: 200, schema: null, mediaType: 'text/event-stream', description: 'A stream that does not end' },
      problems: [tooManyStreams],
    }),
    (c) => stream(c, valid(c, 'query')),
  )
  eventTypeRoutes(app, deps.access)
  webhookRoutes(app, deps)
  webhookMessageRoutes(app, deps)
  return app
}
