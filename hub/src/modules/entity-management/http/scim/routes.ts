import type { Hono } from 'hono'
import { notFound } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { changedMeanwhile } from '../../../../platform/http/codes.ts'
import { scimErrors } from '../../domain/scim/errors.ts'
import { parseFilter } from '../../domain/scim/filter.ts'
import type { ProjectionQuery } from '../../domain/scim/projection.ts'
import type { ScimObject } from '../../domain/scim/resource.ts'
import { parseSort } from '../../domain/scim/sort.ts'
import { projectionQuery, scimBody, scimIdParams, scimList, scimListQuery, scimPatchBody } from '../../scim-contract.ts'
import { answerList, answerResource, baseOf, mediaType, tag, type ScimDependencies } from './answer.ts'
import { commands, type ScimResources } from './resources.ts'

const resourceAnswer = { status: 200, schema: scimBody, mediaType }
const none = { status: 204, schema: null }
const bodyProblems = [scimErrors.invalidSyntax, scimErrors.invalidValue, scimErrors.uniqueness]
const changeProblems = [...bodyProblems, notFound, changedMeanwhile]
const patchProblems = [
  ...changeProblems,
  scimErrors.invalidPath,
  scimErrors.noTarget,
  scimErrors.mutability,
  scimErrors.invalidFilter,
]

/** The endpoints of one type of resource (RFC 7644, 3.2). */
export function resourceRoutes<T extends { readonly id: string }>(
  app: Hono<ApiEnv>,
  deps: ScimDependencies,
  resources: ScimResources<T>,
): void {
  reading(app, deps, resources)
  creating(app, deps, resources)
  changing(app, deps, resources)
}

function reading<T extends { readonly id: string }>(
  app: Hono<ApiEnv>,
  { access }: ScimDependencies,
  resources: ScimResources<T>,
): void {
  const { type, actions, summaries } = resources
  const { find } = commands(access, resources)
  const common = { tag, action: actions.read, errors: 'scim' } as const
  app.get(
    type.endpoint,
    ...endpoint({
      ...common,
      id: `listScim${type.name}s`,
      summary: summaries.list,
      query: scimListQuery,
      answer: { status: 200, schema: scimList, mediaType },
      problems: [scimErrors.invalidFilter, scimErrors.invalidValue],
    }),
    async (c) => {
      const { filter, startIndex, count, sortBy, sortOrder, ...query } = valid(c, 'query')
      const scope = access.scope(c.get('principal'), actions.read)
      const wish = {
        filter: filter === undefined ? null : parseFilter(type.schema, filter),
        sort: sortBy === undefined ? null : parseSort(type.schema, sortBy, sortOrder),
        offset: startIndex - 1,
        limit: count,
      }
      const { rows, total } = await resources.list(scope, wish, query)
      return answerList(c, await resources.shown(rows, query), total, startIndex)
    },
  )
  app.get(
    `${type.endpoint}/:id`,
    ...endpoint({
      ...common,
      id: `getScim${type.name}`,
      summary: summaries.get,
      params: scimIdParams,
      query: projectionQuery,
      answer: resourceAnswer,
      problems: [notFound],
    }),
    async (c) => {
      const found = await find(c.get('principal'), valid(c, 'param').id)
      return answerResource(c, await shownOne(resources, found, valid(c, 'query')), resources.tag(found))
    },
  )
}

function creating<T extends { readonly id: string }>(
  app: Hono<ApiEnv>,
  deps: ScimDependencies,
  resources: ScimResources<T>,
): void {
  const { type, actions, summaries } = resources
  const { create } = commands(deps.access, resources)
  app.post(
    type.endpoint,
    ...endpoint({
      id: `createScim${type.name}`,
      summary: summaries.create,
      tag,
      action: actions.write,
      errors: 'scim',
      body: scimBody,
      query: projectionQuery,
      answer: { ...resourceAnswer, status: 201 },
      problems: bodyProblems,
    }),
    async (c) => {
      const made = await create(c.get('principal'), valid(c, 'json'))
      const headers = { location: `${baseOf(deps)}${type.endpoint}/${made.id}` }
      const resource = await shownOne(resources, made, valid(c, 'query'))
      return answerResource(c, resource, resources.tag(made), { status: 201, headers })
    },
  )
}

function changing<T extends { readonly id: string }>(
  app: Hono<ApiEnv>,
  { access }: ScimDependencies,
  resources: ScimResources<T>,
): void {
  const { type, actions, summaries, answersPatch } = resources
  const { replace, change, remove } = commands(access, resources)
  const path = `${type.endpoint}/:id`
  const common = { tag, action: actions.write, errors: 'scim', params: scimIdParams } as const
  app.put(
    path,
    ...endpoint({
      ...common,
      id: `replaceScim${type.name}`,
      summary: summaries.replace,
      query: projectionQuery,
      body: scimBody,
      answer: resourceAnswer,
      problems: changeProblems,
    }),
    async (c) => {
      const basedOn = c.req.header('if-match')
      const changed = await replace(c.get('principal'), valid(c, 'param').id, valid(c, 'json'), basedOn)
      return answerResource(c, await shownOne(resources, changed, valid(c, 'query')), resources.tag(changed))
    },
  )
  app.patch(
    path,
    ...endpoint({
      ...common,
      id: `changeScim${type.name}`,
      summary: summaries.change,
      query: projectionQuery,
      body: scimPatchBody,
      answer: answersPatch ? resourceAnswer : none,
      problems: patchProblems,
    }),
    async (c) => {
      const basedOn = c.req.header('if-match')
      const changed = await change(c.get('principal'), valid(c, 'param').id, valid(c, 'json'), basedOn)
      if (!answersPatch) return c.body(null, 204, { etag: resources.tag(changed) })
      return answerResource(c, await shownOne(resources, changed, valid(c, 'query')), resources.tag(changed))
    },
  )
  app.delete(
    path,
    ...endpoint({
      ...common,
      id: `removeScim${type.name}`,
      summary: summaries.remove,
      answer: none,
      problems: [notFound, changedMeanwhile],
    }),
    async (c) => {
      await remove(c.get('principal'), valid(c, 'param').id, c.req.header('if-match'))
      return c.body(null, 204)
    },
  )
}

async function shownOne<T extends { readonly id: string }>(
  resources: ScimResources<T>,
  one: T,
  query: ProjectionQuery,
): Promise<ScimObject> {
  const [resource] = await resources.shown([one], query)
  return resource!
}
