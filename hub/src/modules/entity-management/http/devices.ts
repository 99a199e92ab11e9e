import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired, invalidCursor } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { CallerError } from '../../../platform/errors.ts'
import { attributesInvalid } from '../app/attributes.ts'
import { missing } from '../app/codes.ts'
import { filterTooExpensive, invalidFilter } from '../app/filters.ts'
import { unknownGroup } from '../app/group-codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { deviceChange, deviceQuery, deviceView, historicReport, idParams } from '../contract.ts'
import { countQuery, countView, filterFields } from '../fleet-contract.ts'
import { deviceObject, isOperators } from './objects.ts'
import { deviceOut, historicReportOut } from './views.ts'

const tag = 'Devices'

export function deviceRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { devices, filters, selections, capabilities }: EntityManagementApp,
): void {
  app.get(
    '/devices',
    ...endpoint({
      id: 'listDevices',
      summary: 'Lists devices',
      tag,
      action: 'device.read',
      query: deviceQuery,
      answer: { status: 200, schema: pageSchema(deviceView) },
      problems: [invalidFilter, filterTooExpensive],
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'device.read')
      const { limit, cursor, ...filter } = valid(c, 'query')
      const rows = await devices.page({ limit: limit + 1, after: readCursor(cursor), ...filter }, scope)
      const page = pageOf(rows, limit, (row) => devices.place(filter.sort, row))
      return c.json({ ...page, items: page.items.map(deviceOut) })
    },
  )

  app.get(
    '/devices/count',
    ...endpoint({
      id: 'countDevices',
      summary: 'Counts devices',
      tag,
      action: 'device.read',
      query: countQuery,
      answer: { status: 200, schema: countView },
      problems: [invalidFilter, filterTooExpensive, unknownGroup],
    }),
    async (c) => {
      const { tenant, all, households } = access.scope(c.get('principal'), 'device.read')
      const { filter, group } = valid(c, 'query')
      // Groups are for those who see the whole tenant.
      if (group !== undefined) access.authorise(c.get('principal'), 'group.read', {})
      const pointer = '#query'
      const wish =
        group === undefined && filter === undefined
          ? { tenant, filter: null }
          : await selections.resolve(tenant, group === undefined ? { filter } : { group }, { pointer })
      return c.json({ count: await filters.count({ ...wish, ...(all ? {} : { households }) }) })
    },
  )

  app.get(
    '/devices/filter-fields',
    ...endpoint({
      id: 'listFilterFields',
      summary: 'Says what filters may ask of devices',
      tag,
      action: 'device.read',
      answer: { status: 200, schema: filterFields },
    }),
    (c) => {
      access.scope(c.get('principal'), 'device.read')
      return c.json({ fields: [...filters.fields] })
    },
  )

  app.get(
    '/devices/:id',
    ...endpoint({
      id: 'getDevice',
      summary: 'Shows a device with its latest capability report',
      tag,
      action: 'device.read',
      params: idParams,
      answer: { status: 200, schema: deviceView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const [found] = await devices.find([id])
      access.authorise(c.get('principal'), 'device.read', deviceObject(found))
      if (!found) throw missing('device', id)
      c.header('etag', etagOf(found.version))
      return c.json(deviceOut(found))
    },
  )

  app.patch(
    '/devices/:id',
    ...endpoint({
      id: 'changeDevice',
      summary: 'Changes a device’s name, tags or attributes',
      tag,
      action: 'device.write',
      params: idParams,
      body: deviceChange,
      answer: { status: 200, schema: deviceView },
      problems: [notFound, changedMeanwhile, ifMatchRequired, attributesInvalid],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const wanted = valid(c, 'json')
      const changed = await devices.change(id, wanted, (current) => {
        const object = deviceObject(current)
        access.authorise(c.get('principal'), 'device.write', object)
        if (isOperators(wanted)) access.authorise(c.get('principal'), 'entity.label', object)
        if (current) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(deviceOut(changed))
    },
  )

  app.get(
    '/devices/:id/capabilities/history',
    ...endpoint({
      id: 'listCapabilityHistory',
      summary: 'Lists a device’s capability reports, newest first',
      description: 'Only reports that differ from the one before in more than free storage are kept.',
      tag,
      action: 'device.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(historicReport) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const [found] = await devices.find([id])
      access.authorise(c.get('principal'), 'device.read', deviceObject(found))
      if (!found) throw missing('device', id)
      const rows = await capabilities.history(id, limit + 1, position(readCursor(cursor)))
      const { items, next } = pageOf(rows, limit, (row) => String(row.id))
      return c.json({ items: items.map(historicReportOut), next })
    },
  )
}

function position(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new CallerError(invalidCursor, `“${cursor.slice(0, 80)}” is no position.`)
  return Number(cursor)
}
