import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { askVersionLogs, versionLogs, type LogDeps, type VersionLog } from '../app/version-logs.ts'
import * as contract from '../contract-adoption.ts'
import { noFailingDevice } from '../errors.ts'

const tag = 'adoption'
const path = '/services/:service/versions/:version/logs'

/** Logs of devices on which a version failed. */
export function addVersionLogs(app: Hono<ApiEnv>, deps: LogDeps): void {
  app.post(
    path,
    ...endpoint({
      id: 'askVersionLogs',
      summary: 'Asks devices on which a version failed for their logs',
      description: 'A device answers when it can be reached; logs are kept for a week. Not every device can be asked.',
      tag,
      action: 'version-log.write',
      params: contract.versionParams,
      body: contract.logsBody,
      answer: { status: 202, schema: z.object({ items: z.array(contract.versionLog) }) },
      problems: [noFailingDevice, notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const asked = await askVersionLogs(deps, c.get('principal'), service, version, valid(c, 'json'))
      return c.json({ items: asked.map(view) }, 202)
    },
  )
  app.get(
    path,
    ...endpoint({
      id: 'listVersionLogs',
      summary: 'Lists logs that devices were asked for because a version failed on them, newest first',
      tag,
      action: 'version-log.read',
      params: contract.versionParams,
      query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(20).default(10) }),
      answer: { status: 200, schema: pageSchema(contract.versionLog) },
      problems: [notFound, invalidCursor],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const found = await versionLogs(deps, c.get('principal'), service, version, readCursor(cursor), limit + 1)
      return c.json(pageOf(found.map(view), limit, ({ id }) => id))
    },
  )
}

function view({ tenant: _t, service: _s, version: _v, request: _r, refused, askedAt, receivedAt, ...log }: VersionLog) {
  return {
    ...log,
    detail: refused,
    askedAt: askedAt.toISOString(),
    receivedAt: receivedAt?.toISOString() ?? null,
  }
}
