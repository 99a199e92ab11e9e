import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { notFound } from '../../../platform/access.ts'
import { attributesInvalid } from '../app/attributes.ts'
import { gone, missing, requireHere } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { householdChange, householdQuery, householdView, idParams, newHousehold } from '../contract.ts'
import { householdObject, isOperators } from './objects.ts'
import { householdOut } from './views.ts'

const tag = 'Households'

export function householdRoutes(app: Hono<ApiEnv>, access: Access, { households }: EntityManagementApp): void {
  app.post(
    '/households',
    ...endpoint({
      id: 'createHousehold',
      summary: 'Makes a household',
      tag,
      action: 'household.write',
      body: newHousehold,
      answer: { status: 201, schema: householdView },
      problems: [attributesInvalid],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'household.write', {})
      const made = await households.add(c.get('principal').tenant, valid(c, 'json'))
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/households/${made.id}`)
      return c.json(householdOut(made), 201)
    },
  )

  app.get(
    '/households',
    ...endpoint({
      id: 'listHouseholds',
      summary: 'Lists households',
      tag,
      action: 'household.read',
      query: householdQuery,
      answer: { status: 200, schema: pageSchema(householdView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'household.read')
      const { limit, cursor, ...filter } = valid(c, 'query')
      const rows = await households.page({ limit: limit + 1, after: readCursor(cursor), ...filter }, scope)
      return c.json(pageOf(rows.map(householdOut), limit, (row) => row.id))
    },
  )

  app.get(
    '/households/:id',
    ...endpoint({
      id: 'getHousehold',
      summary: 'Shows a household',
      tag,
      action: 'household.read',
      params: idParams,
      answer: { status: 200, schema: householdView },
      problems: [notFound, gone],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const [found] = await households.find([id])
      access.authorise(c.get('principal'), 'household.read', householdObject(found))
      if (!found) throw missing('household', id)
      requireHere('household', found)
      c.header('etag', etagOf(found.version))
      return c.json(householdOut(found))
    },
  )

  app.patch(
    '/households/:id',
    ...endpoint({
      id: 'changeHousehold',
      summary: 'Changes a household’s name, kind, time zone, tags or attributes',
      tag,
      action: 'household.write',
      params: idParams,
      body: householdChange,
      answer: { status: 200, schema: householdView },
      problems: [notFound, gone, changedMeanwhile, ifMatchRequired, attributesInvalid],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const wanted = valid(c, 'json')
      const changed = await households.change(id, wanted, (current) => {
        const object = householdObject(current)
        access.authorise(c.get('principal'), 'household.write', object)
        if (isOperators(wanted) || wanted.kind !== undefined)
          access.authorise(c.get('principal'), 'entity.label', object)
        requireHere('household', current)
        if (current) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(householdOut(changed))
    },
  )
}
