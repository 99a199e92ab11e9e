import type { Hono } from 'hono'
import { z } from 'zod'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { householdView, userView } from '../contract.ts'
import { householdOut, userOut } from './views.ts'

const sameUsers = z
  .object({ because: z.enum(['e-mail', 'name-and-household']), users: z.array(userView) })
  .meta({ id: 'SameUsers' })
const sameHouseholds = z
  .object({ because: z.enum(['name-and-time-zone']), households: z.array(householdView) })
  .meta({ id: 'SameHouseholds' })

/** People, and households, that seem to be there twice. Before the routes of one of them: `duplicates` could be an id. */
export function duplicateRoutes(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp): void {
  const { duplicates, users, households } = entities
  app.get(
    '/users/duplicates',
    ...endpoint({
      id: 'listDuplicateUsers',
      summary: 'Lists people that seem to be there several times: same e-mail address, or same name in one household',
      tag: 'Users',
      action: 'user.merge',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(sameUsers) },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'user.merge')
      const { limit, cursor } = valid(c, 'query')
      const rows = await duplicates.users(tenant, limit + 1, readCursor(cursor))
      const { items, next } = pageOf(rows, limit, ({ key }) => key)
      const found = new Map(
        (await users.find(items.flatMap((same) => same.users))).map((user) => [user.id, userOut(user)]),
      )
      const views = items.map((same) => ({
        because: same.because,
        users: same.users.flatMap((id) => found.get(id) ?? []),
      }))
      return c.json({ items: views, next })
    },
  )

  app.get(
    '/households/duplicates',
    ...endpoint({
      id: 'listDuplicateHouseholds',
      summary: 'Lists households that seem to be there several times: same name and time zone',
      tag: 'Households',
      action: 'household.merge',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(sameHouseholds) },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'household.merge')
      const { limit, cursor } = valid(c, 'query')
      const rows = await duplicates.households(tenant, limit + 1, readCursor(cursor))
      const { items, next } = pageOf(rows, limit, ({ key }) => key)
      const wanted = items.flatMap((same) => same.households)
      const found = new Map((await households.find(wanted)).map((each) => [each.id, householdOut(each)]))
      const views = items.map(({ because, households: ids }) => {
        return { because, households: ids.flatMap((id) => found.get(id) ?? []) }
      })
      return c.json({ items: views, next })
    },
  )
}
