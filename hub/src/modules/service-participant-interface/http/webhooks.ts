import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { TmfDependencies } from '../app/tmf/dependencies.ts'
import { addWebhook, changeWebhook, ownWebhook, removeWebhook } from '../app/webhooks/manage.ts'
import { newWebhookSchema, webhookChange, webhookRequest, webhookSchema } from '../contract.ts'
import type { Webhook } from '../domain/webhook.ts'
import { tooManyWebhooks } from '../errors.ts'

export const idParams = z.object({ id: storableText(64).min(1) })
export const tag = 'Events'

/** Addresses that are told of events. */
export function webhookRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  adding(app, deps)
  reading(app, deps)
  changing(app, deps)
}

function adding(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    '/webhooks',
    ...endpoint({
      id: 'createWebhook',
      summary: 'Has events sent to an address, signed',
      description:
        'Messages are CloudEvents 1.0 signed as Standard Webhooks describes, in order, at least once. What it is told is what its account may see when it happens.',
      tag,
      action: 'webhook.write',
      body: webhookRequest,
      answer: { status: 201, schema: newWebhookSchema, secret: true },
      problems: [tooManyWebhooks],
    }),
    async (c) => {
      const { types = [], name = '', filter = '', household = null, subject = null, url } = valid(c, 'json')
      const wanted = { url, types, name, filter, household, subject, api: null, query: '' }
      const { webhook, secret } = await addWebhook(deps, c.get('principal'), wanted)
      c.header('etag', etagOf(webhook.version))
      return c.json({ ...webhookOut(webhook), secret }, 201, { Location: `/api/v1/webhooks/${webhook.id}` })
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.get(
    '/webhooks',
    ...endpoint({
      id: 'listWebhooks',
      summary: 'Lists webhooks',
      tag,
      action: 'webhook.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(webhookSchema) },
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { tenant, all, owner } = deps.access.scope(c.get('principal'), 'webhook.read')
      const whose = all ? null : owner
      const rows = await deps.storage.webhooks(deps.database.sql, tenant, whose, limit + 1, readCursor(cursor) ?? '')
      return c.json(pageOf(rows.map(webhookOut), limit, (row) => row.id))
    },
  )
  app.get(
    '/webhooks/:id',
    ...endpoint({
      id: 'getWebhook',
      summary: 'Shows a webhook',
      tag,
      action: 'webhook.read',
      params: idParams,
      answer: { status: 200, schema: webhookSchema },
      problems: [notFound],
    }),
    async (c) => {
      const webhook = await ownWebhook(deps, c.get('principal'), valid(c, 'param').id, 'webhook.read')
      c.header('etag', etagOf(webhook.version))
      return c.json(webhookOut(webhook))
    },
  )
}

function changing(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.patch(
    '/webhooks/:id',
    ...endpoint({
      id: 'changeWebhook',
      summary: 'Changes what a webhook is told and where, switches it off or on',
      tag,
      action: 'webhook.write',
      params: idParams,
      body: webhookChange,
      answer: { status: 200, schema: webhookSchema },
      problems: [notFound, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const changed = await changeWebhook(deps, c.get('principal'), id, valid(c, 'json'), ({ version }) =>
        requireMatch(c, etagOf(version)),
      )
      c.header('etag', etagOf(changed.version))
      return c.json(webhookOut(changed))
    },
  )
  app.delete(
    '/webhooks/:id',
    ...endpoint({
      id: 'deleteWebhook',
      summary: 'Stops and forgets a webhook',
      tag,
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

export function webhookOut(webhook: Webhook): z.infer<typeof webhookSchema> {
  const { id, name, owner, url, types, household, subject, filter, api: format, query, state, why, failures } = webhook
  const { lastError, replay } = webhook
  return {
    id,
    name,
    owner,
    url,
    types: [...types],
    household,
    subject,
    filter,
    format: format ?? 'cloudEvents',
    query,
    state,
    why,
    failures,
    retryAt: webhook.retryAt?.toISOString() ?? null,
    lastError,
    lastSuccessAt: webhook.lastSuccessAt?.toISOString() ?? null,
    previousUntil: webhook.previousUntil?.toISOString() ?? null,
    replay: replay && { from: replay.since, until: replay.to, sent: replay.sent },
    createdAt: webhook.createdAt.toISOString(),
  }
}
