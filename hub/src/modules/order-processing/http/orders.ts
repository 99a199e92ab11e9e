import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound, type Principal } from '../../../platform/access.ts'
import { overloaded } from '../../../platform/grouped.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { OrderDependencies } from '../app/dependencies.ts'
import type { OrderDesk } from '../app/desk.ts'
import { retryItem } from '../app/retry-item.ts'
import type { NewOrder } from '../app/storage.ts'
import { cancelRequest, orderFilter, orderRequest, orderSchema, orderWithDeliveries } from '../contract.ts'
import { follow } from '../domain/follow.ts'
import * as problems from '../errors.ts'
import { deliveryView, newOrderView, orderView } from './views.ts'

const idParams = z.object({ id: storableText(64).min(1) })

/** Placing orders, looking at them, cancelling them and trying their items again. */
export function orderRoutes(app: Hono<ApiEnv>, deps: OrderDependencies, desk: OrderDesk): void {
  orders(app, deps, desk)
  retries(app, deps, desk)
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
      summary: 'Lists orders',
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
