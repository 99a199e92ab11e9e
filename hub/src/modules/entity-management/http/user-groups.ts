import type { Hono } from 'hono'
import { notFound, type Access, type AccessObject } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { missing } from '../app/codes.ts'
import type { UserGroups } from '../app/scim/user-groups.ts'
import { idParams } from '../contract.ts'
import { scimErrors } from '../domain/scim/errors.ts'
import type { UserGroup } from '../domain/scim/group-resource.ts'
import {
  listedUserGroup,
  newUserGroup,
  userGroupChange,
  userGroupMember,
  userGroupMembersChange,
  userGroupQuery,
  userGroupView,
} from '../scim-contract.ts'

const tag = 'User groups'

interface Dependencies {
  readonly userGroups: UserGroups
}

/** Groups of people as operators see them; SCIM keeps the same ones. */
export function userGroupRoutes(app: Hono<ApiEnv>, access: Access, { userGroups }: Dependencies): void {
  making(app, access, userGroups)
  reading(app, access, userGroups)
  changing(app, access, userGroups)
}

function out({ id, name, externalId, roles, createdAt, changedAt }: UserGroup) {
  const times = { createdAt: new Date(createdAt).toISOString(), changedAt: new Date(changedAt).toISOString() }
  return { id, name, externalId, roles: [...roles], ...times }
}

function objectOf(group: UserGroup | null): AccessObject {
  return group === null ? {} : { tenant: group.tenant }
}

function making(app: Hono<ApiEnv>, access: Access, userGroups: UserGroups): void {
  app.post(
    '/user-groups',
    ...endpoint({
      id: 'createUserGroup',
      summary: 'Makes a group of people, who may have roles by it',
      tag,
      action: 'user-group.write',
      body: newUserGroup,
      answer: { status: 201, schema: userGroupView },
      problems: [scimErrors.uniqueness, scimErrors.invalidValue],
    }),
    async (c) => {
      const principal = c.get('principal')
      const { name, users, roles } = valid(c, 'json')
      access.authorise(principal, 'user-group.write')
      // Who gives roles to a group gives them to accounts.
      if (roles.length > 0) access.authorise(principal, 'account.write')
      const made = await userGroups.add(principal.tenant, { name, externalId: null }, users, roles)
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/user-groups/${made.id}`)
      return c.json(out(made), 201)
    },
  )
}

function reading(app: Hono<ApiEnv>, access: Access, userGroups: UserGroups): void {
  app.get(
    '/user-groups',
    ...endpoint({
      id: 'listUserGroups',
      summary: 'Lists groups of people',
      tag,
      action: 'user-group.read',
      query: userGroupQuery,
      answer: { status: 200, schema: pageSchema(listedUserGroup) },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'user-group.read')
      const { limit, cursor, user } = valid(c, 'query')
      const rows = await userGroups.page(tenant, { limit: limit + 1, after: readCursor(cursor), user })
      const shown = rows.map((row) => ({ ...out(row), members: row.members }))
      return c.json(pageOf(shown, limit, (row) => row.id))
    },
  )
  app.get(
    '/user-groups/:id',
    ...endpoint({
      id: 'getUserGroup',
      summary: 'Shows a group of people',
      tag,
      action: 'user-group.read',
      params: idParams,
      answer: { status: 200, schema: userGroupView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await userGroups.find(id)
      access.authorise(c.get('principal'), 'user-group.read', objectOf(found))
      if (found === null) throw missing('user group', id)
      c.header('etag', etagOf(found.version))
      return c.json(out(found))
    },
  )
  app.get(
    '/user-groups/:id/members',
    ...endpoint({
      id: 'listUserGroupMembers',
      summary: 'Lists who is in a group of people',
      tag,
      action: 'user-group.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(userGroupMember) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await userGroups.find(id)
      access.authorise(c.get('principal'), 'user-group.read', objectOf(found))
      if (found === null) throw missing('user group', id)
      const { limit, cursor } = valid(c, 'query')
      const rows = await userGroups.memberPage(id, { limit: limit + 1, after: readCursor(cursor) })
      return c.json(pageOf(rows, limit, (row) => row.id))
    },
  )
}

function changing(app: Hono<ApiEnv>, access: Access, userGroups: UserGroups): void {
  app.patch(
    '/user-groups/:id',
    ...endpoint({
      id: 'changeUserGroup',
      summary: 'Renames a group of people, or sets the roles that it gives',
      description: 'Roles change for everybody who is in it, within some seconds.',
      tag,
      action: 'user-group.write',
      params: idParams,
      body: userGroupChange,
      answer: { status: 200, schema: userGroupView },
      problems: [notFound, scimErrors.uniqueness, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const principal = c.get('principal')
      const { name, roles } = valid(c, 'json')
      const wanted = { ...(name === undefined ? {} : { name }), ...(roles === undefined ? {} : { roles }) }
      const changed = await userGroups.change(valid(c, 'param').id, wanted, (current) => {
        access.authorise(principal, 'user-group.write', objectOf(current))
        if (current === null) return
        if (roles !== undefined) access.authorise(principal, 'account.write')
        requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(out(changed))
    },
  )
  app.post(
    '/user-groups/:id/members',
    ...endpoint({
      id: 'changeUserGroupMembers',
      summary: 'Puts people into a group or takes them out',
      tag,
      action: 'user-group.write',
      params: idParams,
      body: userGroupMembersChange,
      answer: { status: 200, schema: userGroupView },
      problems: [notFound, scimErrors.invalidValue],
    }),
    async (c) => {
      const { add, remove } = valid(c, 'json')
      const changed = await userGroups.changeMembers(valid(c, 'param').id, add, remove, (current) =>
        access.authorise(c.get('principal'), 'user-group.write', objectOf(current)),
      )
      c.header('etag', etagOf(changed.version))
      return c.json(out(changed))
    },
  )
  app.delete(
    '/user-groups/:id',
    ...endpoint({
      id: 'removeUserGroup',
      summary: 'Deletes a group of people; they stay, without the roles that it gave',
      tag,
      action: 'user-group.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      await userGroups.remove(valid(c, 'param').id, (current) =>
        access.authorise(c.get('principal'), 'user-group.write', objectOf(current)),
      )
      return c.body(null, 204)
    },
  )
}
