import type { Schemas } from '@sutler/client'
import { orders } from '#words/orders.ts'

type Order = Schemas['Order']
type Item = Order['items'][number]

/** “add tv-guide 1.2.0” */
export function itemTitle({ action, service, version }: Item): string {
  return `${orders.actions[action]} ${service}${version === '' ? '' : ` ${version}`}`
}

/** What an order is about, by what was asked for in it: “add tv-guide 1.2.0, and 2 more”. */
export function orderTitle({ items }: Pick<Order, 'items'>): string {
  const [first, ...rest] = [...items].sort((a, b) => Number(b.origin === 'wished') - Number(a.origin === 'wished'))
  if (first === undefined) return orders.title
  const title = itemTitle(first)
  return title.charAt(0).toUpperCase() + title.slice(1) + (rest.length > 0 ? `, ${orders.more(rest.length)}` : '')
}

/** Who or what asked for it. */
export function originWords({ origin }: Pick<Order, 'origin'>): string {
  const kind = orders.origins[origin.kind as keyof typeof orders.origins] ?? origin.kind
  return origin.name === null ? kind : `${origin.name} (${kind})`
}
