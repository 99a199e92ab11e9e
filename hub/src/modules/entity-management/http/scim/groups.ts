import type { Hono } from 'hono'
import { notFound, type AccessObject } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { changedMeanwhile } from '../../../../platform/http/codes.ts'
import { missing } from '../../app/codes.ts'
import { scimErrors } from '../../domain/scim/errors.ts'
import { parseFilter } from '../../domain/scim/filter.ts'
import { memberIds } from '../../domain/scim/group-changes.ts'
import { groupDraft, groupResource, groupTag, type UserGroup } from '../../domain/scim/group-resource.ts'
import { readOperations } from '../../domain/scim/patch.ts'
import { project, projectionOf, shows, type ProjectionQuery } from '../../domain/scim/projection.ts'
import { readResource, requireComplete, type ScimObject } from '../../domain/scim/resource.ts'
import { groups } from '../../domain/scim/schemas.ts'
import { projectionQuery, scimBody, scimIdParams, scimList, scimListQuery, scimPatchBody } from '../../scim-contract.ts'
import { answerList, answerResource, baseOf, mediaType, requireVersion, tag, type ScimDependencies } from './answer.ts'

const resourceAnswer = { status: 200, schema: scimBody, mediaType }
const changeProblems = [
  scimErrors.invalidSyntax,
  scimErrors.invalidValue,
  scimErrors.uniqueness,
  notFound,
  changedMeanwhile,
]

export function scimGroupRoutes(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  reading(app, deps)
  creating(app, deps)
  changing(app, deps)
}

function objectOf(group: UserGroup | null): AccessObject {
  return group === null ? {} : { tenant: group.tenant }
}

/** Groups as they are answered; their members are read where the answer has them. */
async function shown(
  deps: ScimDependencies,
  found: readonly UserGroup[],
  query: ProjectionQuery,
): Promise<ScimObject[]> {
  const projection = projectionOf(groups, query)
  const withMembers = shows(projection, 'members')
  const members = withMembers ? await deps.userGroups.members(found.map(({ id }) => id)) : null
  return found.map((group) =>
    project(groups, groupResource(group, members && (members.get(group.id) ?? []), baseOf(deps)), projection),
  )
}

function reading(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, userGroups } = deps
  app.get(
    '/Groups',
    ...endpoint({
      id: 'listScimGroups',
      summary: 'Lists or finds groups of people',
      tag,
      action: 'user-group.read',
      errors: 'scim',
      query: scimListQuery,
      answer: { status: 200, schema: scimList, mediaType },
      problems: [scimErrors.invalidFilter],
    }),
    async (c) => {
      const { filter, startIndex, count, ...query } = valid(c, 'query')
      const { tenant } = access.scope(c.get('principal'), 'user-group.read')
      const withMembers = shows(projectionOf(groups, query), 'members')
      const parsed = filter === undefined ? null : parseFilter(groups, filter)
      const { rows, total } = await userGroups.list(tenant, parsed, startIndex - 1, count, withMembers)
      return answerList(c, await shown(deps, rows, query), total, startIndex)
    },
  )
  app.get(
    '/Groups/:id',
    ...endpoint({
      id: 'getScimGroup',
      summary: 'Shows a group of people',
      tag,
      action: 'user-group.read',
      errors: 'scim',
      params: scimIdParams,
      query: projectionQuery,
      answer: resourceAnswer,
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await userGroups.find(id)
      access.authorise(c.get('principal'), 'user-group.read', objectOf(found))
      if (found === null) throw missing('user group', id)
      const [resource] = await shown(deps, [found], valid(c, 'query'))
      return answerResource(c, resource!, groupTag(found))
    },
  )
}

function creating(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, userGroups } = deps
  app.post(
    '/Groups',
    ...endpoint({
      id: 'createScimGroup',
      summary: 'Makes a group of people',
      tag,
      action: 'user-group.write',
      errors: 'scim',
      body: scimBody,
      query: projectionQuery,
      answer: { ...resourceAnswer, status: 201 },
      problems: [scimErrors.invalidSyntax, scimErrors.invalidValue, scimErrors.uniqueness],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'user-group.write')
      const { draft, members } = read(valid(c, 'json'))
      const made = await userGroups.add(c.get('principal').tenant, draft, members)
      const [resource] = await shown(deps, [made], valid(c, 'query'))
      const headers = { location: `${baseOf(deps)}/Groups/${made.id}` }
      return answerResource(c, resource!, groupTag(made), { status: 201, headers })
    },
  )
}

function changing(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const { access, userGroups } = deps
  const admitted = (c: Parameters<typeof requireVersion>[0]) => (current: UserGroup | null) => {
    access.authorise(c.get('principal'), 'user-group.write', objectOf(current))
    if (current !== null) requireVersion(c, groupTag(current))
  }
  app.put(
    '/Groups/:id',
    ...endpoint({
      id: 'replaceScimGroup',
      summary: 'Writes a group of people anew, with all its members',
      tag,
      action: 'user-group.write',
      errors: 'scim',
      params: scimIdParams,
      query: projectionQuery,
      body: scimBody,
      answer: resourceAnswer,
      problems: changeProblems,
    }),
    async (c) => {
      const { draft, members } = read(valid(c, 'json'))
      const changed = await userGroups.replace(valid(c, 'param').id, draft, members, admitted(c))
      const [resource] = await shown(deps, [changed], valid(c, 'query'))
      return answerResource(c, resource!, groupTag(changed))
    },
  )
  app.patch(
    '/Groups/:id',
    ...endpoint({
      id: 'changeScimGroup',
      summary: 'Changes a group of people by operations; members come and go one by one',
      tag,
      action: 'user-group.write',
      errors: 'scim',
      params: scimIdParams,
      body: scimPatchBody,
      answer: { status: 204, schema: null },
      problems: [
        ...changeProblems,
        scimErrors.invalidPath,
        scimErrors.noTarget,
        scimErrors.mutability,
        scimErrors.invalidFilter,
      ],
    }),
    async (c) => {
      const operations = readOperations(valid(c, 'json'))
      const changed = await userGroups.patch(valid(c, 'param').id, operations, admitted(c))
      // RFC 7644, 3.5.2 lets the answer be empty: a group may have very many members.
      return c.body(null, 204, { etag: groupTag(changed) })
    },
  )
  app.delete(
    '/Groups/:id',
    ...endpoint({
      id: 'removeScimGroup',
      summary: 'Deletes a group of people; they stay, without the roles that it gave',
      tag,
      action: 'user-group.write',
      errors: 'scim',
      params: scimIdParams,
      answer: { status: 204, schema: null },
      problems: [notFound, changedMeanwhile],
    }),
    async (c) => {
      await userGroups.remove(valid(c, 'param').id, admitted(c))
      return c.body(null, 204)
    },
  )
}

function read(body: unknown) {
  const resource = readResource(groups, body)
  requireComplete(groups, resource)
  return { draft: groupDraft(resource), members: memberIds(resource['members'], '/members') }
}
