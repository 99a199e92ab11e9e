import type { Hono } from 'hono'
import { z } from 'zod'
import { CallerError } from '../../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { notFound } from '../../../platform/access.ts'
import type { PlaceOrder } from '../app/create-order.ts'
import type { OrderDependencies } from '../app/dependencies.ts'
import type { OrderDesk } from '../app/desk.ts'
import { deliveryFilter, deliverySchema, subscriptionSchema } from '../contract.ts'
import { exportRoutes } from './exports.ts'
import { importRoutes } from './imports.ts'
import { orderRoutes } from './orders.ts'
import { deliveryView, subscriptionView } from './views.ts'

const idParams = z.object({ id: storableText(64).min(1) })

/** Orders, deliveries and subscriptions under /api/v1. */
export function orderProcessingRoutes(deps: OrderDependencies, desk: OrderDesk, place: PlaceOrder): Hono<ApiEnv> {
  const app = api()
  orderRoutes(app, deps, desk)
  deliveries(app, deps)
  subscriptions(app, deps, desk)
  importRoutes(app, deps, place)
  exportRoutes(app, deps)
  return app
}

function deliveries(app: Hono<ApiEnv>, deps: OrderDependencies): void {
  app.get(
    '/deliveries',
    ...endpoint({
      id: 'listDeliveries',
      summary: 'Lists deliveries',
      tag: 'Deliveries',
      action: 'delivery.read',
      query: pageQuery.extend(deliveryFilter),
      answer: { status: 200, schema: pageSchema(deliverySchema) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'delivery.read')
      const found = await deps.storage.deliveries({ ...filter, limit: limit + 1, after: readCursor(cursor) }, scope)
      return c.json(pageOf(found.map(deliveryView), limit, (delivery) => delivery.id))
    },
  )
  app.get(
    '/deliveries/:id',
    ...endpoint({
      id: 'getDelivery',
      summary: 'Shows a delivery',
      tag: 'Deliveries',
      action: 'delivery.read',
      params: idParams,
      answer: { status: 200, schema: deliverySchema },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await deps.storage.delivery(id)
      if (found === null) throw new CallerError(notFound, `there is no delivery ${id}`)
      const owner = (await deps.storage.order(found.order))?.order.requestedBy ?? null
      const { tenant, household } = found
      deps.access.authorise(c.get('principal'), 'delivery.read', { tenant, household, owner })
      return c.json(deliveryView(found))
    },
  )
}

function subscriptions(app: Hono<ApiEnv>, deps: OrderDependencies, desk: OrderDesk): void {
  app.get(
    '/subscriptions',
    ...endpoint({
      id: 'listSubscriptions',
      summary: 'Lists subscriptions, oldest first',
      tag: 'Subscriptions',
      action: 'order.read',
      query: pageQuery.extend({ household: storableText(64).optional() }),
      answer: { status: 200, schema: pageSchema(subscriptionSchema) },
    }),
    async (c) => {
      const { limit, cursor, household } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'order.read')
      const found = await deps.storage.subscriptions({ limit: limit + 1, after: readCursor(cursor), household }, scope)
      return c.json(pageOf(found.map(subscriptionView), limit, (subscription) => subscription.id))
    },
  )
  app.get(
    '/subscriptions/:id',
    ...endpoint({
      id: 'getSubscription',
      summary: 'Shows a subscription',
      tag: 'Subscriptions',
      action: 'order.read',
      params: idParams,
      answer: { status: 200, schema: subscriptionSchema },
      problems: [notFound],
    }),
    async (c) => c.json(subscriptionView(await desk.subscription(c.get('principal'), valid(c, 'param').id))),
  )
}
