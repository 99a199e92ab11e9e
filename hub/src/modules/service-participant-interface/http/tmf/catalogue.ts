import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound, type Principal } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { storableText } from '../../../../platform/storable-text.ts'
import type { Service } from '../../../service-definitions/index.ts'
import { linksOf, type TmfDependencies } from '../../app/tmf/dependencies.ts'
import * as contract from '../../contract-tmf.ts'
import {
  candidateView,
  catalogView,
  categoryView,
  lifecycleStatuses,
  specificationView,
} from '../../domain/tmf/specification-view.ts'
import type { TmfObject } from '../../domain/tmf/fields.ts'
import { answerList, answerOne, anyOf } from './list.ts'
import { idParams } from './orders.ts'

const tag = 'TMF633 service catalogue'
const root = '/serviceCatalogManagement/v4'
const action = 'service.read'
const errors = 'tmf'
/** A tenant's services; more are not shown by this face. */
const servicesAtMost = 10_000

const specificationsQuery = contract.sliceQuery.extend({
  id: storableText(64).optional(),
  name: storableText(200).optional(),
  lifecycleStatus: storableText(200).optional().describe('Comma-separated, any of which will do.'),
})

/** TMF633 v4, to be read: services are published by their developers (docs/guide/services.md), signed. */
export function tmfCatalogueRoutes(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  specifications(app, deps)
  candidates(app, deps)
  categories(app, deps)
  catalogs(app, deps)
}

function specifications(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { shown } = deps.definitions
  const show = async (principal: Principal, services: readonly Service[]): Promise<TmfObject[]> => {
    const versions = await shown.versions(principal, services)
    return services.map((service) => {
      const own = versions.get(service.id) ?? []
      // What the service is as a whole, its newest version of that state is.
      const newest = own.find(({ state }) => state === service.state) ?? own[0] ?? null
      return specificationView(service, newest, linksOf(deps))
    })
  }
  app.get(
    `${root}/serviceSpecification`,
    ...endpoint({
      id: 'listServiceSpecification',
      summary: 'Lists or finds ServiceSpecification objects, each in its newest version',
      tag,
      action,
      errors,
      query: specificationsQuery,
      answer: { status: 200, schema: z.array(contract.tmfSpecification) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const principal = c.get('principal')
      const wanted = anyOf(query.lifecycleStatus, 'lifecycleStatus', Object.values(lifecycleStatuses))
      const all = await shown.services(principal, null, servicesAtMost)
      const matching = all.filter(
        ({ id, title, state }) =>
          (query.id === undefined || query.id === id) &&
          (query.name === undefined || query.name === title) &&
          (wanted === undefined || wanted.includes(lifecycleStatuses[state])),
      )
      const page = matching.slice(query.offset, query.offset + query.limit)
      return answerList(c, await show(principal, page), matching.length, query)
    },
  )
  app.get(
    `${root}/serviceSpecification/:id`,
    ...endpoint({
      id: 'retrieveServiceSpecification',
      summary: 'Retrieves a ServiceSpecification by ID, in its newest version or the one that is named',
      tag,
      action,
      errors,
      params: idParams,
      query: contract.fieldsQuery.extend({ version: storableText(64).optional() }),
      answer: { status: 200, schema: contract.tmfSpecification },
      problems: [notFound],
    }),
    async (c) => {
      const { fields, version } = valid(c, 'query')
      const principal = c.get('principal')
      const service = await shown.service(principal, valid(c, 'param').id)
      if (version === undefined) return answerOne(c, (await show(principal, [service]))[0]!, fields)
      const own = (await shown.versions(principal, [service])).get(service.id) ?? []
      const found = own.find((each) => each.version === version)
      if (found === undefined) throw new CallerError(notFound, `${service.id} has no version ${version}`)
      return answerOne(c, specificationView(service, found, linksOf(deps)), fields)
    },
  )
}

function candidates(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { shown } = deps.definitions
  const show = async (principal: Principal, services: readonly Service[]): Promise<TmfObject[]> => {
    const versions = await shown.versions(principal, services)
    return services.map((service) => {
      const newest = versions.get(service.id)?.find(({ state }) => state === service.state)
      return candidateView(service, newest?.version, linksOf(deps))
    })
  }
  app.get(
    `${root}/serviceCandidate`,
    ...endpoint({
      id: 'listServiceCandidate',
      summary: 'Lists or finds ServiceCandidate objects',
      tag,
      action,
      errors,
      query: contract.sliceQuery.extend({ 'category.id': storableText(64).optional() }),
      answer: { status: 200, schema: z.array(contract.tmfCandidate) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const principal = c.get('principal')
      const all = await shown.services(principal, query['category.id'] ?? null, servicesAtMost)
      const page = all.slice(query.offset, query.offset + query.limit)
      return answerList(c, await show(principal, page), all.length, query)
    },
  )
  app.get(
    `${root}/serviceCandidate/:id`,
    ...endpoint({
      id: 'retrieveServiceCandidate',
      summary: 'Retrieves a ServiceCandidate by ID',
      tag,
      action,
      errors,
      params: idParams,
      query: contract.fieldsQuery,
      answer: { status: 200, schema: contract.tmfCandidate },
      problems: [notFound],
    }),
    async (c) => {
      const principal = c.get('principal')
      const service = await shown.service(principal, valid(c, 'param').id)
      return answerOne(c, (await show(principal, [service]))[0]!, valid(c, 'query').fields)
    },
  )
}

function categories(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const { shown } = deps.definitions
  app.get(
    `${root}/serviceCategory`,
    ...endpoint({
      id: 'listServiceCategory',
      summary: 'Lists ServiceCategory objects',
      tag,
      action,
      errors,
      query: contract.sliceQuery,
      answer: { status: 200, schema: z.array(contract.tmfCategory) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const all = await shown.services(c.get('principal'), null, servicesAtMost)
      const names = categoriesOf(all)
      const page = names.slice(query.offset, query.offset + query.limit)
      return answerList(
        c,
        page.map((name) => categoryView(name, inCategory(all, name), linksOf(deps))),
        names.length,
        query,
      )
    },
  )
  app.get(
    `${root}/serviceCategory/:id`,
    ...endpoint({
      id: 'retrieveServiceCategory',
      summary: 'Retrieves a ServiceCategory by ID',
      tag,
      action,
      errors,
      params: idParams,
      query: contract.fieldsQuery,
      answer: { status: 200, schema: contract.tmfCategory },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const services = await shown.services(c.get('principal'), id, servicesAtMost)
      if (services.length === 0) throw new CallerError(notFound, `no service is of the category ${id}`)
      return answerOne(c, categoryView(id, services, linksOf(deps)), valid(c, 'query').fields)
    },
  )
}

/** There is one per tenant, by the tenant's name. */
function catalogs(app: Hono<ApiEnv>, deps: TmfDependencies): void {
  const show = async (principal: Principal): Promise<TmfObject> => {
    const all = await deps.definitions.shown.services(principal, null, servicesAtMost)
    return catalogView(principal.tenant, categoriesOf(all), linksOf(deps))
  }
  app.get(
    `${root}/serviceCatalog`,
    ...endpoint({
      id: 'listServiceCatalog',
      summary: 'Lists ServiceCatalog objects',
      tag,
      action,
      errors,
      query: contract.sliceQuery,
      answer: { status: 200, schema: z.array(contract.tmfCatalog) },
    }),
    async (c) => {
      const query = valid(c, 'query')
      const all = [await show(c.get('principal'))]
      return answerList(c, all.slice(query.offset, query.offset + query.limit), all.length, query)
    },
  )
  app.get(
    `${root}/serviceCatalog/:id`,
    ...endpoint({
      id: 'retrieveServiceCatalog',
      summary: 'Retrieves a ServiceCatalog by ID',
      tag,
      action,
      errors,
      params: idParams,
      query: contract.fieldsQuery,
      answer: { status: 200, schema: contract.tmfCatalog },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const catalog = await show(c.get('principal'))
      if (catalog['id'] !== id) throw new CallerError(notFound, `there is no catalog ${id}`)
      return answerOne(c, catalog, valid(c, 'query').fields)
    },
  )
}

function categoriesOf(services: readonly Service[]): string[] {
  return [...new Set(services.flatMap(({ categories: own }) => own))].toSorted()
}

function inCategory(services: readonly Service[], name: string): Service[] {
  return services.filter(({ categories: own }) => own.includes(name))
}
