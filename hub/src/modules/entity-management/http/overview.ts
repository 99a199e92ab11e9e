import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { fleetTally, presenceSeries, spanQuery } from '../overview-contract.ts'

const tag = 'Overview'

/** The fleet in numbers, for those who see the whole tenant. */
export function overviewRoutes(app: Hono<ApiEnv>, access: Access, { tallies }: EntityManagementApp): void {
  app.get(
    '/overview/devices',
    ...endpoint({
      id: 'tallyDevices',
      summary: 'Counts devices by class, protocol and state',
      description:
        'Counted when somebody asks, and so seldom that it costs the database little: `countedAt` says when.',
      tag,
      action: 'overview.read',
      answer: { status: 200, schema: fleetTally },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'overview.read')
      return c.json(await tallies.fleet(tenant))
    },
  )

  app.get(
    '/overview/presence',
    ...endpoint({
      id: 'presenceSeries',
      summary: 'How many devices were connected, over the last day or month',
      tag,
      action: 'overview.read',
      query: spanQuery,
      answer: { status: 200, schema: presenceSeries },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'overview.read')
      const points = await tallies.series(tenant, valid(c, 'query').span)
      return c.json({ points: points.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })) })
    },
  )
}
