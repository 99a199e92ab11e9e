import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { storableText } from '../../../../platform/storable-text.ts'
import type { TmfDependencies } from '../../app/tmf/dependencies.ts'
import { showServices } from '../../app/tmf/services.ts'
import { dateQueries, fieldsQuery, sliceQuery, tmfService } from '../../contract-tmf.ts'
import { serviceStates, type ServiceState } from '../../domain/tmf/service-view.ts'
import { answerList, answerOne, anyOf, betweenOf } from './list.ts'
import { idParams } from './orders.ts'

const tag = 'TMF638 service inventory'
const collection = '/serviceInventory/v4/service'
const states: readonly ServiceState[] = Object.keys(serviceStates) as ServiceState[]

const servicesQuery = sliceQuery.extend({
  state: storableText(200).optional().describe('Comma-separated states, any of which will do.'),
  'serviceSpecification.id': storableText(64).optional(),
  'serviceSpecification.version': storableText(64).optional(),
  'relatedParty.id': storableText(64).optional().describe('The household.'),
  'supportingResource.id': storableText(64).optional().describe('A device that something of it was delivered to.'),
  sort: z.enum(['serviceDate', '-serviceDate']).default('serviceDate'),
  ...dateQueries('serviceDate'),
})

/** TMF638 v4, to be read: services come, change and go by orders, so that POST, PATCH and DELETE are answered with 405. */
export function tmfServiceRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { desk } = deps.orders
  app.get(
    collection,
    ...endpoint({
      id: 'listService',
      summary: 'Lists or finds Service objects of the inventory',
      tag,
      action: 'order.read',
      errors: 'tmf',
      query: servicesQuery,
      answer: { status: 200, schema: z.array(tmfService) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const search = {
        standings: anyOf(query.state, 'state', states)?.map((state) => serviceStates[state]),
        service: query['serviceSpecification.id'],
        version: query['serviceSpecification.version'],
        household: query['relatedParty.id'],
        device: query['supportingResource.id'],
        created: betweenOf(query, 'serviceDate'),
      }
      const { offset, limit } = query
      const slice = { offset, limit, newestFirst: query.sort === '-serviceDate' }
      const { rows, total } = await desk.subscriptions(c.get('principal'), search, slice)
      return answerList(c, await showServices(deps, rows), total, query)
    },
  )
  app.get(
    `${collection}/:id`,
    ...endpoint({
      id: 'retrieveService',
      summary: 'Retrieves a Service of the inventory by ID',
      tag,
      action: 'order.read',
      errors: 'tmf',
      params: idParams,
      query: fieldsQuery,
      answer: { status: 200, schema: tmfService },
      problems: [notFound],
    }),
    async (c) => {
      const found = await desk.subscription(c.get('principal'), valid(c, 'param').id)
      const [shown] = await showServices(deps, [found])
      return answerOne(c, shown!, valid(c, 'query').fields)
    },
  )
}
