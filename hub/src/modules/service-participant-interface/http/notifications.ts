import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { mailNotConfigured } from '../../../platform/mail.ts'
import type { NotificationDependencies } from '../app/notifications/dependencies.ts'
import type { NotificationApp } from '../app/notifications/manage.ts'
import {
  notificationChange,
  notificationRequest,
  notificationSchema,
  sentMailSchema,
} from '../contract-notifications.ts'
import type { Notification, SentMail } from '../domain/notifications/notification.ts'
import { mailFailed, tooManyNotifications } from '../errors.ts'
import { idParams } from './webhooks.ts'

const tag = 'Notifications'

/** What people are told of by e-mail. */
export function notificationRoutes(app: Hono<ApiEnv>, deps: NotificationDependencies, use: NotificationApp): void {
  adding(app, use)
  reading(app, deps, use)
  changing(app, use)
}

function adding(app: Hono<ApiEnv>, use: NotificationApp): void {
  app.post(
    '/notifications',
    ...endpoint({
      id: 'createNotification',
      summary: 'Has a person told of events by e-mail, once whoever reads the address has agreed',
      description:
        'A question is sent to the address; nothing else is before it was answered by the link in it. Much that happens at a time is told in one message; there are ten messages an hour at most.',
      tag,
      action: 'notification.write',
      body: notificationRequest,
      answer: { status: 201, schema: notificationSchema },
      problems: [mailNotConfigured, tooManyNotifications, mailFailed],
    }),
    async (c) => {
      const { email, kinds = [], types = [], household = null, subject = null, filter = '' } = valid(c, 'json')
      const made = await use.add(c.get('principal'), { email, kinds, types, household, subject, filter })
      c.header('etag', etagOf(made.version))
      return c.json(notificationOut(made), 201, { Location: `/api/v1/notifications/${made.id}` })
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: NotificationDependencies, use: NotificationApp): void {
  app.get(
    '/notifications',
    ...endpoint({
      id: 'listNotifications',
      summary: 'Lists what people are told of by e-mail',
      tag,
      action: 'notification.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(notificationSchema) },
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { tenant, all, owner } = deps.access.scope(c.get('principal'), 'notification.read')
      const after = readCursor(cursor) ?? ''
      const rows = await deps.notifications.page(deps.database.sql, tenant, all ? null : owner, limit + 1, after)
      return c.json(pageOf(rows.map(notificationOut), limit, (row) => row.id))
    },
  )
  app.get(
    '/notifications/:id',
    ...endpoint({
      id: 'getNotification',
      summary: 'Shows what a person is told of by e-mail',
      tag,
      action: 'notification.read',
      params: idParams,
      answer: { status: 200, schema: notificationSchema },
      problems: [notFound],
    }),
    async (c) => {
      const found = await use.own(c.get('principal'), valid(c, 'param').id, 'notification.read')
      c.header('etag', etagOf(found.version))
      return c.json(notificationOut(found))
    },
  )
  app.get(
    '/notifications/:id/mails',
    ...endpoint({
      id: 'listNotificationMails',
      summary: 'Lists the messages that were sent for a notification, the newest first',
      description: 'Kept for 14 days.',
      tag,
      action: 'notification.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(sentMailSchema) },
      problems: [notFound],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { id } = await use.own(c.get('principal'), valid(c, 'param').id, 'notification.read')
      const rows = await deps.notifications.mails(deps.database.sql, id, limit + 1, readCursor(cursor))
      return c.json(pageOf(rows.map(mailOut), limit, (row) => row.id))
    },
  )
}

function changing(app: Hono<ApiEnv>, use: NotificationApp): void {
  app.patch(
    '/notifications/:id',
    ...endpoint({
      id: 'changeNotification',
      summary: 'Changes what a person is told of by e-mail, switches it off or on',
      description: 'One that its reader has ended, or whose address was refused, stays ended: make another.',
      tag,
      action: 'notification.write',
      params: idParams,
      body: notificationChange,
      answer: { status: 200, schema: notificationSchema },
      problems: [notFound, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const changed = await use.change(c.get('principal'), id, valid(c, 'json'), ({ version }) =>
        requireMatch(c, etagOf(version)),
      )
      c.header('etag', etagOf(changed.version))
      return c.json(notificationOut(changed))
    },
  )
  app.delete(
    '/notifications/:id',
    ...endpoint({
      id: 'deleteNotification',
      summary: 'Ends and forgets a notification',
      tag,
      action: 'notification.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      await use.remove(c.get('principal'), valid(c, 'param').id)
      return c.body(null, 204)
    },
  )
}

function notificationOut(found: Notification): z.infer<typeof notificationSchema> {
  const { id, owner, email, kinds, types, household, subject, filter, state, why, failures, lastError } = found
  const about = { kinds: [...kinds], types: [...types], household, subject, filter }
  const [lastSentAt, createdAt] = [found.lastSentAt?.toISOString() ?? null, found.createdAt.toISOString()]
  return { id, owner, email, ...about, state, why, failures, lastError, lastSentAt, createdAt }
}

function mailOut({ id, at, subject, events, outcome, detail, nextTry }: SentMail): z.infer<typeof sentMailSchema> {
  return { id, at: at.toISOString(), subject, events, outcome, detail, nextTry: nextTry?.toISOString() ?? null }
}
