import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { workTallies } from '../app/tallies.ts'
import { outcomeSeries, spanQuery, workTally } from '../overview-contract.ts'

const tag = 'Overview'

/** The work in numbers, for those who see the whole tenant. */
export function overviewRoutes(app: Hono<ApiEnv>, access: Access, tallies: ReturnType<typeof workTallies>): void {
  app.get(
    '/overview/orders',
    ...endpoint({
      id: 'tallyOrders',
      summary: 'Counts orders, deliveries, campaigns and subscriptions',
      description:
        'Counted when somebody asks, and so seldom that it costs the database little: `countedAt` says when.',
      tag,
      action: 'overview.read',
      answer: { status: 200, schema: workTally },
    }),
    async (c) => c.json(await tallies.work(access.scope(c.get('principal'), 'overview.read').tenant)),
  )

  app.get(
    '/overview/outcomes',
    ...endpoint({
      id: 'outcomeSeries',
      summary: 'How many deliveries were confirmed, failed or cancelled, over the last day or month',
      tag,
      action: 'overview.read',
      query: spanQuery,
      answer: { status: 200, schema: outcomeSeries },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'overview.read')
      return c.json({ points: await tallies.outcomes(tenant, valid(c, 'query').span) })
    },
  )
}
