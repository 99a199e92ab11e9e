import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { ConsumerDependencies } from '../app/dependencies.ts'
import type { Queued } from '../app/device-tasks.ts'
import { outputSchema } from '../contract.ts'
import { outputView } from './views.ts'
import { requestRoutes } from './requests.ts'

/** A device's output queue: what waits, what was sent, what became of it. */
export function consumerRoutes(deps: ConsumerDependencies, queued: Queued): Hono<ApiEnv> {
  const app = api()
  requestRoutes(app, deps, queued)
  app.get(
    '/devices/:id/outputs',
    ...endpoint({
      id: 'listDeviceOutputs',
      summary: 'Lists a device’s outputs, oldest first; done ones are kept for a week',
      tag: 'Devices',
      action: 'device.read',
      params: z.object({ id: storableText(64).min(1) }),
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(outputSchema) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const device = await deps.entities.device(id)
      if (device === null) throw new CallerError(notFound, `there is no device ${id}`)
      const { tenant, household } = device
      deps.access.authorise(c.get('principal'), 'device.read', { tenant, household })
      const after = Number(readCursor(cursor) ?? 0)
      const rows = await deps.storage.page(deps.database.sql, id, limit + 1, Number.isSafeInteger(after) ? after : 0)
      return c.json(pageOf(rows.map(outputView), limit, (row) => String(row.id)))
    },
  )
  return app
}
