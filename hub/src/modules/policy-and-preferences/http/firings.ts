import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { PoliciesDependencies } from '../app/policies/dependencies.ts'
import { firingQuery, firingView } from '../contract-policies.ts'
import { firingOut } from './policy-views.ts'

const tag = 'Policies'

/** What policies did, and what they were asked and did not do. */
export function addFirings(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  app.get(
    '/firings',
    ...endpoint({
      id: 'listFirings',
      summary: 'Lists firings of policies, newest first: what held, what did not, and what was done',
      description:
        'Those that did something are kept for 90 days, those that did not hold for 7, the first 200 of a policy and hour.',
      tag,
      action: 'firing.read',
      query: firingQuery,
      answer: { status: 200, schema: pageSchema(firingView) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'firing.read')
      const page = { ...filter, limit: limit + 1, after: readCursor(cursor) }
      const found = await deps.storage.firings.page(deps.database.sql, scope, page)
      return c.json(pageOf(found.map(firingOut), limit, (firing) => firing.id))
    },
  )
  app.get(
    '/firings/:id',
    ...endpoint({
      id: 'getFiring',
      summary: 'Shows a firing of a policy',
      tag,
      action: 'firing.read',
      params: z.object({ id: storableText(64).min(1) }),
      answer: { status: 200, schema: firingView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await deps.storage.firings.find(deps.database.sql, id)
      if (found === null) throw new CallerError(notFound, `there is no firing ${id}`)
      const { tenant, household } = found
      deps.access.authorise(c.get('principal'), 'firing.read', { tenant, household })
      return c.json(firingOut(found))
    },
  )
}
