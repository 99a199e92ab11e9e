import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { askDevice, deviceCannot, deviceOutOfService } from '../app/ask-device.ts'
import type { ConsumerDependencies } from '../app/dependencies.ts'
import type { Queued } from '../app/device-tasks.ts'
import { askingSchema, deviceLogSchema, outputSchema } from '../contract.ts'
import { logView, outputView } from './views.ts'

const params = z.object({ id: storableText(64).min(1) })

/** What a person asks of one device, and what it answers that is not a report: its log. */
export function requestRoutes(app: Hono<ApiEnv>, deps: ConsumerDependencies, queued: Queued): void {
  app.post(
    '/devices/:id/requests',
    ...endpoint({
      id: 'askDevice',
      summary: 'Asks one device for a report, its log, other settings, a restart, or to show a text',
      description: 'It is queued, and sent when the device can be reached. Not every protocol can ask for everything.',
      tag: 'Devices',
      action: 'device.ask',
      params,
      body: askingSchema,
      answer: { status: 202, schema: outputSchema },
      problems: [notFound, deviceCannot, deviceOutOfService],
    }),
    async (c) => {
      const device = await deps.entities.device(valid(c, 'param').id)
      if (device === null) throw new CallerError(notFound, `there is no device ${valid(c, 'param').id}`)
      const { tenant, household } = device
      deps.access.authorise(c.get('principal'), 'device.ask', { tenant, household })
      return c.json(outputView(await askDevice(deps, queued, device, valid(c, 'json'))), 202)
    },
  )
  app.get(
    '/devices/:id/logs',
    ...endpoint({
      id: 'listDeviceLogs',
      summary: 'Lists what a device logged and sent, newest first; the last twenty are kept, for at most a week',
      tag: 'Devices',
      action: 'device.ask',
      params,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(deviceLogSchema) },
      problems: [notFound],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const device = await deps.entities.device(valid(c, 'param').id)
      if (device === null) throw new CallerError(notFound, `there is no device ${valid(c, 'param').id}`)
      deps.access.authorise(c.get('principal'), 'device.ask', { tenant: device.tenant, household: device.household })
      const before = Number(readCursor(cursor) ?? NaN)
      const rows = await deps.memory.logs(
        deps.database.sql,
        device.id,
        limit + 1,
        Number.isSafeInteger(before) ? before : undefined,
      )
      return c.json(pageOf(rows.map(logView), limit, ({ id }) => String(id)))
    },
  )
}
