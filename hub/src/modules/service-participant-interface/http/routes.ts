import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { ParticipantDependencies } from '../app/dependencies.ts'
import type { Feed } from '../app/feed.ts'
import type { Webhook } from '../app/storage.ts'
import { addWebhook, removeWebhook } from '../app/webhooks.ts'
import { eventQuery, newWebhookSchema, webhookRequest, webhookSchema } from '../contract.ts'
import { eventStream, tooManyStreams } from './event-stream.ts'

const idParams = z.object({ id: storableText(64).min(1) })

/** The event stream and webhooks. */
export function participantRoutes(deps: ParticipantDependencies, feed: Feed): Hono<ApiEnv> {
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
  webhooks(app, deps)
  return app
}

function webhooks(app: Hono<ApiEnv>, deps: ParticipantDependencies): void {
  app.post(
    '/webhooks',
    ...endpoint({
      id: 'createWebhook',
      summary: 'Has events sent to an address, signed',
      description: 'Messages are CloudEvents 1.0 signed as Standard Webhooks describes, in order, at least once.',
      tag: 'Events',
      action: 'webhook.write',
      body: webhookRequest,
      answer: { status: 201, schema: newWebhookSchema, secret: true },
    }),
    async (c) => {
      const { url, types } = valid(c, 'json')
      const { webhook, secret } = await addWebhook(deps, c.get('principal'), { url, types, api: null, query: '' })
      return c.json({ ...view(webhook), secret }, 201, {
        Location: `/api/v1/webhooks/${webhook.id}`,
      })
    },
  )
  app.get(
    '/webhooks',
    ...endpoint({
      id: 'listWebhooks',
      summary: 'Lists webhooks',
      tag: 'Events',
      action: 'webhook.write',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(webhookSchema) },
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { tenant, all, owner } = deps.access.scope(c.get('principal'), 'webhook.write')
      const rows = await deps.storage.webhooks(
        deps.database.sql,
        tenant,
        all ? null : owner,
        limit + 1,
        readCursor(cursor) ?? '',
      )
      return c.json(pageOf(rows.map(view), limit, (row) => row.id))
    },
  )
  app.delete(
    '/webhooks/:id',
    ...endpoint({
      id: 'deleteWebhook',
      summary: 'Stops and forgets a webhook',
      tag: 'Events',
      action: 'webhook.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      await removeWebhook(deps, c.get('principal'), valid(c, 'param').id)
      return c.body(null, 204)
    },
  )
}

function view(webhook: Webhook): z.infer<typeof webhookSchema> {
  const { id, url, types, api: format, query, state, failures, retryAt, lastError, lastSuccessAt, createdAt } = webhook
  return {
    id,
    url,
    types: [...types],
    format: format ?? 'cloudEvents',
    query,
    state,
    failures,
    retryAt: retryAt?.toISOString() ?? null,
    lastError,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
