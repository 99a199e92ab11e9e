import type { Sql } from '../../../../platform/database.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import type { LogEvent } from './storage.ts'

/**
 * How many firings of policies led to each event: an order says which firing placed it, and deliveries and subscriptions say
 * which order. Events that lead to none are left out.
 */
export async function eventsWithDepth(
  { orders, storage }: Pick<PoliciesDependencies, 'orders' | 'storage'>,
  sql: Sql,
  events: readonly LogEvent[],
): Promise<Map<LogEvent, number>> {
  const asked = new Map(events.flatMap((event) => askedOf(event)))
  if (asked.size === 0) return new Map()
  const all = [...asked.values()]
  const origins = await orders.originsOf(sql, {
    orders: all.flatMap(({ order }) => order ?? []),
    subscriptions: all.flatMap(({ order, subscription }) => (order === null ? (subscription ?? []) : [])),
  })
  const firings = new Map<LogEvent, string>()
  for (const [event, { order, subscription }] of asked) {
    const origin = origins.get(order ?? subscription ?? '')
    if (origin?.kind === 'policy' && typeof origin.cause === 'string') firings.set(event, origin.cause)
  }
  const depths = await storage.firings.depths(sql, [...new Set(firings.values())])
  return new Map([...firings].map(([event, firing]) => [event, (depths.get(firing) ?? 0) + 1]))
}

interface Asked {
  readonly order: string | null
  readonly subscription: string | null
}

function askedOf(event: LogEvent): [LogEvent, Asked][] {
  const { order: named } = event.data
  const order = event.type.startsWith('order.') ? event.subject : typeof named === 'string' ? named : null
  const subscription = event.type.startsWith('subscription.') ? event.subject : null
  return order === null && subscription === null ? [] : [[event, { order, subscription }]]
}
