import type { Hono } from 'hono'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { readCursor, writeCursor } from '../../../platform/http/page.ts'
import { invalidComposition } from '../../service-definitions/index.ts'
import { pageFleetFit, type FleetFitDeps } from '../app/fleet-fit.ts'
import * as contract from '../contract-fit.ts'

/** How a version would fit the fleet, before it is published. */
export function addFleetFit(app: Hono<ApiEnv>, deps: FleetFitDeps): void {
  app.post(
    '/fleet-fit',
    ...endpoint({
      id: 'judgeFleetFit',
      summary:
        'Counts the devices that each component of a version would fit, and why others do not; publishes nothing',
      description: 'Page by page: add up the counts until `next` is null.',
      tag: 'publishing',
      action: 'fleet-fit.read',
      query: contract.fitQuery,
      body: contract.fitBody,
      answer: { status: 200, schema: contract.fitAnswer },
      problems: [invalidComposition, invalidCursor],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const after = readCursor(cursor) ?? null
      const page = await pageFleetFit(deps, c.get('principal'), valid(c, 'json'), after, limit)
      const next = page.next === null ? null : writeCursor(page.next)
      return c.json({ ...page, components: [...page.components], misfits: [...page.misfits], next })
    },
  )
}
