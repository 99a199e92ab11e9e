import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { ExplainDependencies } from '../app/explanations/dependencies.ts'
import { explainOneDelivery, explainOneDevice, explainOneOrder } from '../app/explanations/explain.ts'
import { deviceAsked, explanationSchema } from '../contract-explanations.ts'
import type { Explanation } from '../domain/explanations/chain.ts'

const params = z.object({ id: storableText(64).min(1) })
const asked = {
  tag: 'Explanations',
  params,
  answer: { status: 200 as const, schema: explanationSchema },
  problems: [notFound],
}

/** Why: the chain from a wish to what came of it. */
export function explanationRoutes(app: Hono<ApiEnv>, deps: ExplainDependencies): void {
  app.get(
    '/explanations/orders/:id',
    ...endpoint({
      ...asked,
      id: 'explainOrder',
      summary: 'Explains why an order is where it is',
      action: 'order.read',
    }),
    async (c) => c.json(explanationView(await explainOneOrder(deps, c.get('principal'), valid(c, 'param').id))),
  )
  app.get(
    '/explanations/deliveries/:id',
    ...endpoint({
      ...asked,
      id: 'explainDelivery',
      summary: 'Explains why a delivery is where it is',
      action: 'delivery.read',
    }),
    async (c) => c.json(explanationView(await explainOneDelivery(deps, c.get('principal'), valid(c, 'param').id))),
  )
  app.get(
    '/explanations/devices/:id',
    ...endpoint({
      ...asked,
      id: 'explainDevice',
      summary: 'Explains why a device has, or has not, a service or a version of it',
      action: 'device.read',
      query: deviceAsked,
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      return c.json(explanationView(await explainOneDevice(deps, c.get('principal'), id, valid(c, 'query'))))
    },
  )
}

function explanationView({ answer, chain, now, next }: Explanation): z.infer<typeof explanationSchema> {
  return {
    answer,
    chain: chain.map((link) => ({ ...link, refs: { ...link.refs }, at: link.at?.toISOString() ?? null })),
    now: now && { ...now, until: now.until?.toISOString() ?? null },
    next,
  }
}
