import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound, type Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { ParticipantDependencies } from '../app/dependencies.ts'
import type { Feed } from '../app/feed.ts'
import type { Webhook } from '../app/storage.ts'
import { sealedSecret } from '../app/webhook-secrets.ts'
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
      const principal = c.get('principal')
      deps.access.authorise(principal, 'webhook.write', { owner: principal.id })
      const secret = randomBytes(32).toString('base64')
      const webhook = await newWebhook(deps, principal, valid(c, 'json'), secret)
      await deps.database.transaction(async (tx) => {
        await deps.storage.addWebhook(tx.sql, webhook)
        tx.audit.events.push(audited('webhook.created', webhook))
      })
      return c.json({ ...view(webhook), secret: `whsec_${secret}` }, 201, {
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
      const { id } = valid(c, 'param')
      const webhook = await deps.storage.webhook(deps.database.sql, id)
      if (webhook === null) throw new CallerError(notFound, `there is no webhook ${id}`)
      const { tenant, owner } = webhook
      deps.access.authorise(c.get('principal'), 'webhook.write', { tenant, owner })
      await deps.database.transaction(async (tx) => {
        await deps.storage.removeWebhook(tx.sql, id)
        tx.audit.events.push(audited('webhook.removed', webhook))
      })
      return c.body(null, 204)
    },
  )
}

async function newWebhook(
  deps: ParticipantDependencies,
  principal: Principal,
  request: z.infer<typeof webhookRequest>,
  secret: string,
): Promise<Webhook> {
  const scope = deps.access.scope(principal, 'event.read')
  const id = newId('whk', deps.clock.now())
  return {
    id,
    tenant: principal.tenant,
    owner: principal.id,
    url: request.url,
    types: request.types,
    households: scope.all ? null : scope.households,
    secret: sealedSecret(deps.sealing, id, secret),
    state: 'active',
    position: await deps.storage.end(deps.database.sql),
    failures: 0,
    retryAt: null,
    lastError: null,
    lastSuccessAt: null,
    createdAt: new Date(deps.clock.now()),
  }
}

function view(webhook: Webhook): z.infer<typeof webhookSchema> {
  const { id, url, types, state, failures, retryAt, lastError, lastSuccessAt, createdAt } = webhook
  return {
    id,
    url,
    types: [...types],
    state,
    failures,
    retryAt: retryAt?.toISOString() ?? null,
    lastError,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

/** For the audit alone. An address may have a secret in it. */
function audited(type: string, { id, tenant, owner, url }: Pick<Webhook, 'id' | 'tenant' | 'owner' | 'url'>) {
  return { type, subject: id, tenant, household: null, data: { account: owner, host: new URL(url).host } }
}
