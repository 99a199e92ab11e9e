import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { overloaded } from '../../../platform/grouped.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { etagOf } from '../../../platform/http/etag.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import type { TmfDependencies } from '../app/tmf/dependencies.ts'
import { ownWebhook, replayEvents, rotateSecret } from '../app/webhooks/manage.ts'
import { sendingNow } from '../app/webhooks/send-now.ts'
import { skipEvent } from '../app/webhooks/skip.ts'
import {
  attemptQuery,
  attemptSchema,
  replayRequest,
  resendRequest,
  rotatedSecret,
  secretRotation,
  skipRequest,
  webhookSchema,
} from '../contract.ts'
import type { Attempt } from '../domain/webhook.ts'
import { nothingToSkip, replayUnderWay, unknownEvent } from '../errors.ts'
import { idParams, tag, webhookOut } from './webhooks.ts'

/** What was sent to a webhook, what is sent again, and how it is signed. */
export function webhookMessageRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  attempts(app, deps)
  sending(app, deps)
  replaying(app, deps)
  skipping(app, deps)
  signing(app, deps)
}

function attempts(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.get(
    '/webhooks/:id/attempts',
    ...endpoint({
      id: 'listWebhookAttempts',
      summary: 'Lists what was sent to a webhook and what became of it, the newest first',
      description: 'Attempts are kept for 14 days.',
      tag,
      action: 'webhook.read',
      params: idParams,
      query: attemptQuery,
      answer: { status: 200, schema: pageSchema(attemptSchema) },
      problems: [notFound],
    }),
    async (c) => {
      const { limit, cursor, outcome } = valid(c, 'query')
      const { id } = await ownWebhook(deps, c.get('principal'), valid(c, 'param').id, 'webhook.read')
      const page = { limit: limit + 1, before: readCursor(cursor), outcome }
      const rows = await deps.storage.attempts(deps.database.sql, id, page)
      return c.json(pageOf(rows.map(attemptOut), limit, (row) => row.id))
    },
  )
}

function sending(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const now = sendingNow(deps)
  app.post(
    '/webhooks/:id/test',
    ...endpoint({
      id: 'testWebhook',
      summary: 'Sends a test event to a webhook and says what its receiver answered',
      tag,
      action: 'webhook.write',
      params: idParams,
      answer: { status: 200, schema: attemptSchema },
      problems: [notFound, overloaded],
    }),
    async (c) => c.json(attemptOut(await now.test(c.get('principal'), valid(c, 'param').id))),
  )
  app.post(
    '/webhooks/:id/resend',
    ...endpoint({
      id: 'resendEvent',
      summary: 'Sends one event to a webhook once more and says what its receiver answered',
      description: 'The message has the id that it had before.',
      tag,
      action: 'webhook.write',
      params: idParams,
      body: resendRequest,
      answer: { status: 200, schema: attemptSchema },
      problems: [notFound, unknownEvent, overloaded],
    }),
    async (c) => c.json(attemptOut(await now.resend(c.get('principal'), valid(c, 'param').id, valid(c, 'json').event))),
  )
}

function replaying(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    '/webhooks/:id/replay',
    ...endpoint({
      id: 'replayEvents',
      summary: 'Sends what has happened since an event or a moment to a webhook once more',
      description:
        'Beside the events that come, in order, with the ids that the messages had before. The webhook’s `replay` says how many were sent; one at a time.',
      tag,
      action: 'webhook.write',
      params: idParams,
      body: replayRequest,
      answer: { status: 202, schema: webhookSchema },
      problems: [notFound, unknownEvent, replayUnderWay],
    }),
    async (c) => {
      const { from, until } = valid(c, 'json')
      const wanted = {
        from: from.includes('T') ? new Date(from) : from,
        until: until === undefined ? undefined : new Date(until),
      }
      const webhook = await replayEvents(deps, c.get('principal'), valid(c, 'param').id, wanted)
      c.header('etag', etagOf(webhook.version))
      return c.json(webhookOut(webhook), 202)
    },
  )
}

function skipping(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    '/webhooks/:id/skip',
    ...endpoint({
      id: 'skipWebhookMessage',
      summary: 'Gives up the one message that the receiver refuses, so that those behind it are sent',
      description: 'It is named by its event, as the log has it. A webhook that is switched off stays so.',
      tag,
      action: 'webhook.write',
      params: idParams,
      body: skipRequest,
      answer: { status: 200, schema: webhookSchema },
      problems: [notFound, nothingToSkip],
    }),
    async (c) => {
      const webhook = await skipEvent(deps, c.get('principal'), valid(c, 'param').id, valid(c, 'json').event)
      c.header('etag', etagOf(webhook.version))
      return c.json(webhookOut(webhook))
    },
  )
}

function signing(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    '/webhooks/:id/secret',
    ...endpoint({
      id: 'rotateWebhookSecret',
      summary: 'Makes a new secret for a webhook; for a while messages are signed with both',
      tag,
      action: 'webhook.write',
      params: idParams,
      body: secretRotation,
      answer: { status: 200, schema: rotatedSecret, secret: true },
      problems: [notFound],
    }),
    async (c) => {
      const { overlapSeconds = 86_400 } = valid(c, 'json')
      const rotated = await rotateSecret(deps, c.get('principal'), valid(c, 'param').id, overlapSeconds * 1000)
      const { secret, previousUntil } = rotated
      return c.json({ secret, previousUntil: previousUntil.toISOString() })
    },
  )
}

function attemptOut(attempt: Attempt): z.infer<typeof attemptSchema> {
  const { id, kind, event, type, at, outcome, status, duration, detail, answer, nextTry } = attempt
  return {
    id,
    kind,
    event,
    type,
    at: at.toISOString(),
    outcome,
    status,
    durationMilliseconds: duration,
    detail,
    answer,
    try: attempt.try,
    nextTry: nextTry?.toISOString() ?? null,
  }
}
