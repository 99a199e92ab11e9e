import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { rememberAnswer } from '../../../../platform/http/idempotency.ts'
import { storableText } from '../../../../platform/storable-text.ts'
import { orderProblems } from '../../../order-processing/index.ts'
import { linksOf, type TmfDependencies } from '../../app/tmf/dependencies.ts'
import { cancelTmfOrder } from '../../app/tmf/orders.ts'
import { fieldsQuery, sliceQuery, tmfCancellation, tmfNewCancellation } from '../../contract-tmf.ts'
import { cancellationView, type Cancellation } from '../../domain/tmf/cancellation-view.ts'
import { answerList, answerOne } from './list.ts'
import { idParams } from './orders.ts'

const tag = 'TMF641 service ordering'
const collection = '/serviceOrdering/v4/cancelServiceOrder'

/** TMF641 v4: the task resource CancelServiceOrder. */
export function tmfCancellationRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  asking(app, deps)
  reading(app, deps)
}

function asking(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  app.post(
    collection,
    ...endpoint({
      id: 'createCancelServiceOrder',
      summary: 'Creates a CancelServiceOrder: asks to cancel what is still open of an order',
      tag,
      action: 'order.write',
      errors: 'tmf',
      body: tmfNewCancellation,
      answer: { status: 201, schema: tmfCancellation },
      problems: [notFound, orderProblems.orderSettled],
    }),
    async (c) => {
      const { serviceOrder, cancellationReason = 'cancelled by request' } = valid(c, 'json')
      const links = linksOf(deps)
      const show = (asked: Cancellation) => cancellationView(asked, 'assessingCancellation', null, links)
      const located = ({ id }: Cancellation) => ({ Location: links.cancellation(id) })
      const made = await cancelTmfOrder(deps, c.get('principal'), serviceOrder.id, cancellationReason, (tx, asked) =>
        rememberAnswer(c, tx, 201, show(asked), located(asked)),
      )
      return answerOne(c, show(made), undefined, 201, located(made))
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { access, database, orders, tmf } = deps
  const show = async (asked: Cancellation, tenant: string) => {
    const found = await orders.desk.told.order(tenant, asked.order)
    if (found === null) throw new CallerError(notFound, `there is no order ${asked.order}`)
    return cancellationView(asked, found.order.state, found.order.settledAt, linksOf(deps))
  }
  app.get(
    collection,
    ...endpoint({
      id: 'listCancelServiceOrder',
      summary: 'Lists or finds CancelServiceOrder objects, newest first',
      tag,
      action: 'order.read',
      errors: 'tmf',
      query: sliceQuery.extend({ 'serviceOrder.id': storableText(64).optional() }),
      answer: { status: 200, schema: z.array(tmfCancellation) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const scope = access.scope(c.get('principal'), 'order.read')
      const { rows, total } = await tmf.cancellations(database.sql, query['serviceOrder.id'], query, scope)
      return answerList(c, await Promise.all(rows.map((row) => show(row, scope.tenant))), total, query)
    },
  )
  app.get(
    `${collection}/:id`,
    ...endpoint({
      id: 'retrieveCancelServiceOrder',
      summary: 'Retrieves a CancelServiceOrder by ID',
      tag,
      action: 'order.read',
      errors: 'tmf',
      params: idParams,
      query: fieldsQuery,
      answer: { status: 200, schema: tmfCancellation },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await tmf.cancellation(database.sql, id)
      if (found === null) throw new CallerError(notFound, `there is no cancellation ${id}`)
      const { tenant, household, owner } = found
      access.authorise(c.get('principal'), 'order.read', { tenant, household, owner })
      return answerOne(c, await show(found, tenant), valid(c, 'query').fields)
    },
  )
}
