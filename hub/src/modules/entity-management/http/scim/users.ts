import type { Hono } from 'hono'
import { notFound, type Principal } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { changedMeanwhile } from '../../../../platform/http/codes.ts'
import { missing } from '../../app/codes.ts'
import { scimErrors } from '../../domain/scim/errors.ts'
import { parseFilter } from '../../domain/scim/filter.ts'
import { readOperations } from '../../domain/scim/patch.ts'
import { project, projectionOf, type ProjectionQuery } from '../../domain/scim/projection.ts'
import { readResource, type ScimObject } from '../../domain/scim/resource.ts'
import { users } from '../../domain/scim/schemas.ts'
import { userResource, userTag, type ScimUser } from '../../domain/scim/user-resource.ts'
import { projectionQuery, scimBody, scimIdParams, scimList, scimListQuery, scimPatchBody } from '../../scim-contract.ts'
import { userObject } from '../objects.ts'
import { answerList, answerResource, baseOf, mediaType, requireVersion, tag, type ScimDependencies } from './answer.ts'

const resourceAnswer = { status: 200, schema: scimBody, mediaType }
const changeProblems = [
  scimErrors.invalidSyntax,
  scimErrors.invalidValue,
  scimErrors.uniqueness,
  notFound,
  changedMeanwhile,
]

export function scimUserRoutes(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  reading(app, deps)
  creating(app, deps)
  changing(app, deps)
}

function shownAs(deps: ScimDependencies, query: ProjectionQuery): (user: ScimUser) => ScimObject {
  const projection = projectionOf(users, query)
  return (user) => project(users, userResource(user, baseOf(deps)), projection)
}

function objectOf(principal: Principal, user: ScimUser | null) {
  return userObject(principal, user === null ? undefined : { ...user, households: user.households.map(({ id }) => id) })
}

function reading(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, scimUsers } = deps
  app.get(
    '/Users',
    ...endpoint({
      id: 'listScimUsers',
      summary: 'Lists or finds people with an account',
      description: 'Who may not read all people finds nobody but themselves.',
      tag,
      action: 'user.read',
      errors: 'scim',
      query: scimListQuery,
      answer: { status: 200, schema: scimList, mediaType },
      problems: [scimErrors.invalidFilter],
    }),
    async (c) => {
      const { filter, startIndex, count, ...projection } = valid(c, 'query')
      const { tenant, all, owner } = access.scope(c.get('principal'), 'user.read')
      const show = shownAs(deps, projection)
      const parsed = filter === undefined ? null : parseFilter(users, filter)
      const { rows, total } = await scimUsers.list({
        tenant,
        only: all ? null : owner,
        filter: parsed,
        offset: startIndex - 1,
        limit: count,
      })
      return answerList(c, rows.map(show), total, startIndex)
    },
  )
  app.get(
    '/Users/:id',
    ...endpoint({
      id: 'getScimUser',
      summary: 'Shows a person with an account',
      tag,
      action: 'user.read',
      errors: 'scim',
      params: scimIdParams,
      query: projectionQuery,
      answer: resourceAnswer,
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await scimUsers.find(id)
      access.authorise(c.get('principal'), 'user.read', objectOf(c.get('principal'), found))
      if (found === null) throw missing('SCIM user', id)
      return answerResource(c, shownAs(deps, valid(c, 'query'))(found), userTag(found))
    },
  )
}

function creating(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, scimUsers } = deps
  app.post(
    '/Users',
    ...endpoint({
      id: 'createScimUser',
      summary: 'Brings a person, with an account that logs in through an identity provider',
      tag,
      action: 'user.write',
      errors: 'scim',
      body: scimBody,
      query: projectionQuery,
      answer: { ...resourceAnswer, status: 201 },
      problems: [scimErrors.invalidSyntax, scimErrors.invalidValue, scimErrors.uniqueness],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'user.write')
      const show = shownAs(deps, valid(c, 'query'))
      const made = await scimUsers.add(c.get('principal').tenant, readResource(users, valid(c, 'json')))
      const headers = { location: `${baseOf(deps)}/Users/${made.id}` }
      return answerResource(c, show(made), userTag(made), { status: 201, headers })
    },
  )
}

function changing(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, scimUsers } = deps
  const admitted = (c: Parameters<typeof requireVersion>[0]) => (current: ScimUser | null) => {
    access.authorise(c.get('principal'), 'user.write', objectOf(c.get('principal'), current))
    if (current !== null) requireVersion(c, userTag(current))
  }
  app.put(
    '/Users/:id',
    ...endpoint({
      id: 'replaceScimUser',
      summary: 'Writes a person anew: what is not sent goes',
      tag,
      action: 'user.write',
      errors: 'scim',
      params: scimIdParams,
      query: projectionQuery,
      body: scimBody,
      answer: resourceAnswer,
      problems: changeProblems,
    }),
    async (c) => {
      const show = shownAs(deps, valid(c, 'query'))
      const resource = readResource(users, valid(c, 'json'))
      const changed = await scimUsers.replace(valid(c, 'param').id, resource, admitted(c))
      return answerResource(c, show(changed), userTag(changed))
    },
  )
  app.patch(
    '/Users/:id',
    ...endpoint({
      id: 'changeScimUser',
      summary: 'Changes a person by operations on attributes',
      tag,
      action: 'user.write',
      errors: 'scim',
      params: scimIdParams,
      query: projectionQuery,
      body: scimPatchBody,
      answer: resourceAnswer,
      problems: [
        ...changeProblems,
        scimErrors.invalidPath,
        scimErrors.noTarget,
        scimErrors.mutability,
        scimErrors.invalidFilter,
      ],
    }),
    async (c) => {
      const show = shownAs(deps, valid(c, 'query'))
      const operations = readOperations(valid(c, 'json'))
      const changed = await scimUsers.patch(valid(c, 'param').id, operations, admitted(c))
      return answerResource(c, show(changed), userTag(changed))
    },
  )
  app.delete(
    '/Users/:id',
    ...endpoint({
      id: 'removeScimUser',
      summary: 'Takes the account away, with its sessions and keys; the person stays until erased',
      tag,
      action: 'user.write',
      errors: 'scim',
      params: scimIdParams,
      answer: { status: 204, schema: null },
      problems: [notFound, changedMeanwhile],
    }),
    async (c) => {
      await scimUsers.remove(valid(c, 'param').id, admitted(c))
      return c.body(null, 204)
    },
  )
}
