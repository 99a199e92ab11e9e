import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { rememberAnswer } from '../../../../platform/http/idempotency.ts'
import { overloaded } from '../../../../platform/grouped.ts'
import { storableText } from '../../../../platform/storable-text.ts'
import { orderProblems, orderStates } from '../../../order-processing/index.ts'
import { linksOf, type TmfDependencies } from '../../app/tmf/dependencies.ts'
import { placeTmfOrder, showOrders } from '../../app/tmf/orders.ts'
import { dateQueries, fieldsQuery, sliceQuery, tmfNewOrder, tmfOrder } from '../../contract-tmf.ts'
import { tmfHouseholdUnclear, tmfItemUnclear, tmfServiceUnknown } from '../../errors.ts'
import { answerList, answerOne, anyOf, betweenOf } from './list.ts'

export const idParams = z.object({ id: storableText(64).min(1) })

const tag = 'TMF641 service ordering'
const collection = '/serviceOrdering/v4/serviceOrder'

const ordersQuery = sliceQuery.extend({
  state: storableText(200).optional().describe('Comma-separated states, any of which will do.'),
  externalId: storableText(1000).optional().describe('Comma-separated references, any of which will do.'),
  priority: z.enum(['0', '1', '2', '3', '4']).optional(),
  'relatedParty.id': storableText(64).optional().describe('The household.'),
  'serviceOrderItem.service.id': storableText(64).optional(),
  'serviceOrderItem.service.serviceSpecification.id': storableText(64).optional(),
  sort: z.enum(['orderDate', '-orderDate']).default('-orderDate'),
  ...dateQueries('orderDate'),
  ...dateQueries('requestedStartDate'),
  ...dateQueries('requestedCompletionDate'),
  ...dateQueries('completionDate'),
})

/** TMF641 v4: the resource ServiceOrder. Orders are not changed and not deleted: PATCH and DELETE are answered with 405. */
export function tmfOrderRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  placing(app, deps)
  reading(app, deps)
}

function placing(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    collection,
    ...endpoint({
      id: 'createServiceOrder',
      summary: 'Creates a ServiceOrder',
      description: 'The same order as POST /api/v1/orders takes, in TM Forum’s words: docs/guide/tmf.md.',
      tag,
      action: 'order.write',
      errors: 'tmf',
      body: tmfNewOrder,
      answer: { status: 201, schema: tmfOrder },
      problems: [...Object.values(orderProblems), tmfHouseholdUnclear, tmfItemUnclear, tmfServiceUnknown, overloaded],
    }),
    async (c) => {
      const located = (id: unknown) => ({ Location: linksOf(deps).order(String(id)) })
      const shown = await placeTmfOrder(deps, c.get('principal'), valid(c, 'json'), (tx, answer) =>
        rememberAnswer(c, tx, 201, answer, located(answer['id'])),
      )
      return answerOne(c, shown, undefined, 201, located(shown['id']))
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { desk } = deps.orders
  app.get(
    collection,
    ...endpoint({
      id: 'listServiceOrder',
      summary: 'Lists or finds ServiceOrder objects',
      tag,
      action: 'order.read',
      errors: 'tmf',
      query: ordersQuery,
      answer: { status: 200, schema: z.array(tmfOrder) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const { offset, limit } = query
      const search = {
        states: anyOf(query.state, 'state', orderStates),
        references: query.externalId?.split(','),
        priority: query.priority === undefined ? undefined : Number(query.priority),
        household: query['relatedParty.id'],
        subscription: query['serviceOrderItem.service.id'],
        service: query['serviceOrderItem.service.serviceSpecification.id'],
        created: betweenOf(query, 'orderDate'),
        requestedStart: betweenOf(query, 'requestedStartDate'),
        requestedCompletion: betweenOf(query, 'requestedCompletionDate'),
        settled: betweenOf(query, 'completionDate'),
      }
      const slice = { offset, limit, newestFirst: query.sort === '-orderDate' }
      const { rows, total } = await desk.orders(c.get('principal'), search, slice)
      return answerList(c, await showOrders(deps, rows), total, query)
    },
  )
  app.get(
    `${collection}/:id`,
    ...endpoint({
      id: 'retrieveServiceOrder',
      summary: 'Retrieves a ServiceOrder by ID',
      tag,
      action: 'order.read',
      errors: 'tmf',
      params: idParams,
      query: fieldsQuery,
      answer: { status: 200, schema: tmfOrder },
      problems: [notFound],
    }),
    async (c) => {
      const found = await desk.order(c.get('principal'), valid(c, 'param').id)
      const [shown] = await showOrders(deps, [found])
      return answerOne(c, shown!, valid(c, 'query').fields)
    },
  )
}
