import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { missing } from '../app/codes.ts'
import { filterTooExpensive, invalidFilter } from '../app/filters.ts'
import { groupInUse, groupNameTaken, unknownDevices, wrongGroupKind } from '../app/group-codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { deviceView, idParams } from '../contract.ts'
import { groupChange, groupView, membersChange, membersChanged, newGroup } from '../fleet-contract.ts'
import { groupObject } from './objects.ts'
import { deviceOut, groupOut } from './views.ts'

const tag = 'Groups'

export function groupRoutes(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp): void {
  making(app, access, entities)
  reading(app, access, entities)
  changing(app, access, entities)
}

function making(app: Hono<ApiEnv>, access: Access, { groups }: EntityManagementApp): void {
  app.post(
    '/groups',
    ...endpoint({
      id: 'createGroup',
      summary: 'Makes a group of devices',
      description:
        'A static group is a list that people keep; a live group is a filter, and whatever matches it is in the group.',
      tag,
      action: 'group.write',
      body: newGroup,
      answer: { status: 201, schema: groupView },
      problems: [invalidFilter, filterTooExpensive, unknownDevices, groupNameTaken],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'group.write', {})
      const made = await groups.add(c.get('principal').tenant, valid(c, 'json'))
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/groups/${made.id}`)
      return c.json(groupOut(made), 201)
    },
  )
}

function reading(
  app: Hono<ApiEnv>,
  access: Access,
  { groups, selections, filters, devices }: EntityManagementApp,
): void {
  app.get(
    '/groups',
    ...endpoint({
      id: 'listGroups',
      summary: 'Lists groups of devices',
      tag,
      action: 'group.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(groupView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'group.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await groups.page({ limit: limit + 1, after: readCursor(cursor) }, scope)
      return c.json(pageOf(rows.map(groupOut), limit, (row) => row.id))
    },
  )

  app.get(
    '/groups/:id',
    ...endpoint({
      id: 'getGroup',
      summary: 'Shows a group',
      tag,
      action: 'group.read',
      params: idParams,
      answer: { status: 200, schema: groupView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await groups.find(id)
      access.authorise(c.get('principal'), 'group.read', groupObject(found))
      if (!found) throw missing('group', id)
      c.header('etag', etagOf(found.version))
      return c.json(groupOut(found))
    },
  )

  app.get(
    '/groups/:id/devices',
    ...endpoint({
      id: 'listGroupDevices',
      summary: 'Lists the devices that are in a group now',
      tag,
      action: 'group.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(deviceView) },
      problems: [notFound, invalidFilter, filterTooExpensive],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const found = await groups.find(id)
      access.authorise(c.get('principal'), 'group.read', groupObject(found))
      if (!found) throw missing('group', id)
      const wish = await selections.resolve(found.tenant, { group: id })
      const ids = await filters.ids(wish, readCursor(cursor), limit + 1)
      return c.json(pageOf((await devices.find(ids)).map(deviceOut), limit, (row) => row.id))
    },
  )
}

function changing(app: Hono<ApiEnv>, access: Access, { groups }: EntityManagementApp): void {
  app.patch(
    '/groups/:id',
    ...endpoint({
      id: 'changeGroup',
      summary: 'Changes a group’s name, or the filter of a live group',
      tag,
      action: 'group.write',
      params: idParams,
      body: groupChange,
      answer: { status: 200, schema: groupView },
      problems: [
        notFound,
        changedMeanwhile,
        ifMatchRequired,
        invalidFilter,
        filterTooExpensive,
        groupNameTaken,
        wrongGroupKind,
      ],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const changed = await groups.change(id, valid(c, 'json'), (current) => {
        access.authorise(c.get('principal'), 'group.write', groupObject(current))
        if (current) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(groupOut(changed))
    },
  )

  app.post(
    '/groups/:id/devices',
    ...endpoint({
      id: 'changeGroupDevices',
      summary: 'Puts devices into a static group and takes others out',
      tag,
      action: 'group.write',
      params: idParams,
      body: membersChange,
      answer: { status: 200, schema: membersChanged },
      problems: [notFound, unknownDevices, wrongGroupKind],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const changed = await groups.changeMembers(id, valid(c, 'json'), (current) => {
        access.authorise(c.get('principal'), 'group.write', groupObject(current))
      })
      return c.json(changed)
    },
  )

  app.delete(
    '/groups/:id',
    ...endpoint({
      id: 'deleteGroup',
      summary: 'Deletes a group; its devices stay',
      tag,
      action: 'group.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound, groupInUse],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await groups.remove(id, (current) => {
        access.authorise(c.get('principal'), 'group.write', groupObject(current))
      })
      return c.body(null, 204)
    },
  )
}
