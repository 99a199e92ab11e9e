import type { Hono } from 'hono'
import { z } from 'zod'
import { CallerError } from '../../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { overloaded } from '../../../platform/grouped.ts'
import { notFound, type Principal } from '../../../platform/access.ts'
import type { PlaceOrder } from '../app/create-order.ts'
import type { OrderDependencies } from '../app/dependencies.ts'
import type { OrderDesk } from '../app/desk.ts'
import { retryItem } from '../app/retry-item.ts'
import type { NewOrder } from '../app/storage.ts'
import {
  cancelRequest,
  deliverySchema,
  orderFilter,
  orderRequest,
  orderSchema,
  orderWithDeliveries,
  subscriptionSchema,
} from '../contract.ts'
import { follow } from '../domain/follow.ts'
import { deliveryStates } from '../domain/states.ts'
import * as problems from '../errors.ts'
import { exportRoutes } from './exports.ts'
import { importRoutes } from './imports.ts'
import { deliveryView, newOrderView, orderView, subscriptionView } from './views.ts'

const idParams = z.object({ id: storableText(64).min(1) })

/** Orders, deliveries and subscriptions under /api/v1. */
export function orderRoutes(deps: OrderDependencies, desk: OrderDesk, place: PlaceOrder): Hono<ApiEnv> {
  const app = api()
  orders(app, deps, desk)
  retries(app, deps, desk)
  deliveries(app, deps)
  subscriptions(app, deps, desk)
  importRoutes(app, deps, place)
  exportRoutes(app, deps)
  return app
}

function orders(app: Hono<ApiEnv>, deps: OrderDependencies, desk: OrderDesk): void {
  app.post(
    '/orders',
    ...endpoint({
      id: 'createOrder',
      summary: 'Orders services for a household',
      description:
        'The order is durable and acknowledged when this answers; follow it by its id or in the event stream.',
      tag: 'Orders',
      action: 'order.write',
      body: orderRequest,
      answer: { status: 201, schema: orderWithDeliveries, description: 'The acknowledged order' },
      problems: [...Object.values(problems), overloaded],
    }),
    async (c) => {
      const made = await desk.create(c.get('principal'), valid(c, 'json'), (tx, written) =>
        rememberAnswer(c, tx, 201, newOrderView(written), locationOf(written)),
      )
      return c.json(newOrderView(made), 201, locationOf(made))
    },
  )
  app.get(
    '/orders',
    ...endpoint({
      id: 'listOrders',
      summary: 'Lists orders, oldest first',
      tag: 'Orders',
      action: 'order.read',
      query: pageQuery.extend(orderFilter),
      answer: { status: 200, schema: pageSchema(orderSchema) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'order.read')
      const found = await deps.storage.orders({ ...filter, limit: limit + 1, after: readCursor(cursor) }, scope)
      return c.json(pageOf(found.map(orderView), limit, (order) => order.id))
    },
  )
  app.get(
    '/orders/:id',
    ...endpoint({
      id: 'getOrder',
      summary: 'Shows an order with its deliveries',
      tag: 'Orders',
      action: 'order.read',
      params: idParams,
      answer: { status: 200, schema: orderWithDeliveries },
      problems: [notFound],
    }),
    async (c) => c.json(await orderWithAll(deps, desk, c.get('principal'), valid(c, 'param').id)),
  )
  app.post(
    '/orders/:id/cancel',
    ...endpoint({
      id: 'cancelOrder',
      summary: 'Cancels what is still open of an order',
      tag: 'Orders',
      action: 'order.write',
      params: idParams,
      body: cancelRequest,
      answer: { status: 202, schema: orderWithDeliveries },
      problems: [notFound, problems.orderSettled],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await desk.cancel(c.get('principal'), id, valid(c, 'json').reason)
      return c.json(await orderWithAll(deps, desk, c.get('principal'), id), 202)
    },
  )
}

function retries(app: Hono<ApiEnv>, deps: OrderDependencies, desk: OrderDesk): void {
  app.post(
    '/orders/:id/items/:item/retry',
    ...endpoint({
      id: 'retryOrderItem',
      summary: 'Tries a failed item again, on the devices that did not get it',
      tag: 'Orders',
      action: 'order.write',
      params: idParams.extend({ item: storableText(64).min(1) }),
      answer: { status: 202, schema: orderWithDeliveries },
      problems: [notFound, problems.itemNotFailed, problems.orderUndone, problems.retryTooLate],
    }),
    async (c) => {
      const { id, item } = valid(c, 'param')
      await retryItem(deps, c.get('principal'), id, item)
      return c.json(await orderWithAll(deps, desk, c.get('principal'), id), 202)
    },
  )
}

function deliveries(app: Hono<ApiEnv>, deps: OrderDependencies): void {
  app.get(
    '/deliveries',
    ...endpoint({
      id: 'listDeliveries',
      summary: 'Lists deliveries, oldest first',
      tag: 'Deliveries',
      action: 'delivery.read',
      query: pageQuery.extend({
        order: storableText(64).optional(),
        device: storableText(64).optional(),
        household: storableText(64).optional(),
        subscription: storableText(64).optional(),
        state: z.enum(deliveryStates).optional(),
      }),
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

function locationOf({ order }: NewOrder): { Location: string } {
  return { Location: `/api/v1/orders/${order.id}` }
}

async function orderWithAll({ storage }: OrderDependencies, desk: OrderDesk, principal: Principal, id: string) {
  const found = await desk.order(principal, id)
  const all = await storage.deliveriesOfOrder(id)
  // Read a moment later than the order: its states are those of the deliveries that are shown.
  const states = Map.groupBy(all, ({ item }) => item)
  const seen = new Map([...states].map(([item, own]) => [item, own.map(({ state }) => state)]))
  return { ...orderView(follow(found, seen, found.order.updatedAt)), deliveries: all.map(deliveryView) }
}
