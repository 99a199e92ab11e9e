import type { Hono } from 'hono'
import { z } from 'zod'
import { exportFormat, exportRows } from '../../../platform/bulk/export.ts'
import type { Columns } from '../../../platform/bulk/write-rows.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { OrderDependencies } from '../app/dependencies.ts'
import { deliverySchema, orderSchema, subscriptionSchema } from '../contract.ts'
import { deliveryView, orderView, subscriptionView } from './views.ts'

const tag = 'Exports'
const mediaType = 'application/x-ndjson'
const query = z.object({ format: exportFormat })

const orderColumns: Columns<ReturnType<typeof orderView>> = {
  id: (o) => o.id,
  household: (o) => o.household,
  reference: (o) => o.reference,
  requestedBy: (o) => o.requestedBy,
  state: (o) => o.state,
  detail: (o) => o.detail,
  priority: (o) => o.priority,
  items: (o) => o.items.map((item) => `${item.action} ${item.service} ${item.version}: ${item.state}`).join('; '),
  createdAt: (o) => o.createdAt,
  settledAt: (o) => o.settledAt,
}

const deliveryColumns: Columns<ReturnType<typeof deliveryView>> = {
  id: (d) => d.id,
  order: (d) => d.order,
  subscription: (d) => d.subscription,
  household: (d) => d.household,
  device: (d) => d.device,
  kind: (d) => d.kind,
  service: (d) => d.service,
  version: (d) => d.version,
  component: (d) => d.component,
  state: (d) => d.state,
  detail: (d) => d.detail,
  bytes: (d) => d.bytes,
  createdAt: (d) => d.createdAt,
  settledAt: (d) => d.settledAt,
}

const subscriptionColumns: Columns<ReturnType<typeof subscriptionView>> = {
  id: (s) => s.id,
  household: (s) => s.household,
  service: (s) => s.service,
  version: (s) => s.version,
  state: (s) => s.state,
  commercial: (s) => s.commercial,
  pinned: (s) => s.pinned,
  channel: (s) => s.channel,
  createdAt: (s) => s.createdAt,
  updatedAt: (s) => s.updatedAt,
}

const idOf = (row: { readonly id: string }): string => row.id

export function exportRoutes(app: Hono<ApiEnv>, { access, storage }: OrderDependencies): void {
  app.get(
    '/exports/orders',
    ...endpoint({
      id: 'exportOrders',
      summary: 'All orders, line by line, oldest first',
      tag,
      action: 'order.read',
      query,
      answer: { status: 200, schema: orderSchema, mediaType },
    }),
    (c) => {
      const scope = access.scope(c.get('principal'), 'order.read')
      const page = (after: string | undefined, limit: number) => storage.orders({ after, limit }, scope)
      const { format } = valid(c, 'query')
      return exportRows(c, { format, columns: orderColumns, view: orderView, idOf: ({ order }) => order.id, page })
    },
  )
  app.get(
    '/exports/deliveries',
    ...endpoint({
      id: 'exportDeliveries',
      summary: 'All deliveries, line by line, oldest first',
      tag,
      action: 'delivery.read',
      query,
      answer: { status: 200, schema: deliverySchema, mediaType },
    }),
    (c) => {
      const scope = access.scope(c.get('principal'), 'delivery.read')
      const page = (after: string | undefined, limit: number) => storage.deliveries({ after, limit }, scope)
      const { format } = valid(c, 'query')
      return exportRows(c, { format, columns: deliveryColumns, view: deliveryView, idOf, page })
    },
  )
  app.get(
    '/exports/subscriptions',
    ...endpoint({
      id: 'exportSubscriptions',
      summary: 'All subscriptions, line by line, oldest first',
      tag,
      action: 'order.read',
      query,
      answer: { status: 200, schema: subscriptionSchema, mediaType },
    }),
    (c) => {
      const scope = access.scope(c.get('principal'), 'order.read')
      const page = (after: string | undefined, limit: number) => storage.subscriptions({ after, limit }, scope)
      const { format } = valid(c, 'query')
      return exportRows(c, { format, columns: subscriptionColumns, view: subscriptionView, idOf, page })
    },
  )
}
