import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { exportFormat, exportRows } from '../../../platform/bulk/export.ts'
import type { Columns } from '../../../platform/bulk/write-rows.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { z } from 'zod'
import { filterTooExpensive, invalidFilter } from '../app/filters.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { deviceView } from '../contract.ts'
import { fleetFilter } from '../fleet-filter.ts'
import { deviceOut } from './views.ts'

type View = ReturnType<typeof deviceOut>

const columns: Columns<View> = {
  id: (d) => d.id,
  household: (d) => d.household,
  class: (d) => d.class,
  serial: (d) => d.serial,
  name: (d) => d.name,
  protocol: (d) => d.protocol,
  state: (d) => d.state,
  reachable: (d) => d.reachable,
  reachableChangedAt: (d) => d.reachableChangedAt,
  model: (d) => d.capabilities?.hardware.model ?? null,
  arch: (d) => d.capabilities?.hardware.arch ?? null,
  osName: (d) => d.capabilities?.os.name ?? null,
  osVersion: (d) => d.capabilities?.os.version ?? null,
  timeZone: (d) => d.capabilities?.timeZone ?? null,
  installed: (d) => d.capabilities?.installed.map((i) => `${i.service} ${i.version} ${i.component}`).join('; ') ?? null,
  reportedAt: (d) => d.reportedAt,
  createdAt: (d) => d.createdAt,
}

export function deviceExport(app: Hono<ApiEnv>, access: Access, { devices }: EntityManagementApp): void {
  app.get(
    '/exports/devices',
    ...endpoint({
      id: 'exportDevices',
      summary: 'All devices, or those that a filter matches, line by line',
      tag: 'Exports',
      action: 'device.read',
      query: z.object({ format: exportFormat, filter: fleetFilter.optional() }),
      answer: { status: 200, schema: deviceView, mediaType: 'application/x-ndjson' },
      problems: [invalidFilter, filterTooExpensive],
    }),
    (c) => {
      const scope = access.scope(c.get('principal'), 'device.read')
      const { format, filter } = valid(c, 'query')
      return exportRows(c, {
        format,
        columns,
        view: deviceOut,
        idOf: (device) => device.id,
        page: (after, limit) => devices.page({ limit, after, filter }, scope),
      })
    },
  )
}
