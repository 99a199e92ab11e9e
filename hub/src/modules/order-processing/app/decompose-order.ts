import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import { headingOf } from '../domain/actions.ts'
import type { PlannedDelivery } from '../domain/decompose.ts'
import { circle } from '../domain/dependencies.ts'
import { noWish, wishAfter, type KeptWish } from '../domain/kept-wish.ts'
import type { Before } from '../domain/order.ts'
import { circularItems } from '../errors.ts'
import { checkAction, checkTarget } from './check-actions.ts'
import type { OrderDependencies } from './dependencies.ts'
import { needsOf } from './plan-items.ts'
import { at, type PreparedOrder } from './prepare-order.ts'
import { resolveHousehold } from './resolve-household.ts'
import type {
  LivingSubscription,
  NewDelivery,
  NewOrder,
  Order,
  OrderItem,
  Subscription,
  SubscriptionWish,
} from './storage.ts'
import { brought, wishedItems, type WantedItem } from './wanted-items.ts'

/** An order with its items and their deliveries, and what becomes of subscriptions when it is taken. */
export interface Decomposed extends NewOrder {
  /** What is kept to from now on of services that the household had. */
  readonly kept: readonly SubscriptionWish[]
  readonly added: readonly Subscription[]
  readonly moved: readonly { readonly subscription: string; readonly service: string; readonly household: string }[]
}

/**
 * Decides what an order means, on what the household has: to be done while its subscriptions are locked.
 * @param scheduled the items under which it was announced, where it waited for its start
 * @throws CallerError naming the item by JSON pointer
 */
export async function decompose(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  prepared: PreparedOrder,
  all: readonly LivingSubscription[],
  scheduled: readonly OrderItem[] = [],
): Promise<Decomposed> {
  const living = livingIn(order.household, all)
  for (const [position, entry] of prepared.items.entries()) {
    await checkAction(deps, tx, order, entry, living.get(entry.request.service), position)
    if (entry.request.to !== undefined) await checkTarget(deps, tx, order, all, entry, living, position)
  }
  const staying = new Map([...living].filter(([, each]) => headingOf(each) !== 'removing'))
  const resolved = await resolveHousehold(deps, tx, order, prepared, staying)
  const wanted = [
    ...(await wishedItems(deps, tx, order, prepared, living, resolved)),
    ...(await brought(deps, tx, order, prepared, living, staying, resolved)),
  ]
  const installs = new Map(
    wanted.flatMap(({ service, plan }, position) =>
      plan.deliveries.some(({ kind }) => kind === 'install') ? [[service, position]] : [],
    ),
  )
  const made = wanted.map((each, position) => {
    const known = living.get(each.service)
    const needs = each.action === 'add' || each.action === 'modify' ? needsOf(resolved, each, installs) : []
    const after = [...new Set([...each.after, ...needs])]
    const announced = scheduled.find((item) => item.position === position)?.id
    const id = announced ?? newId('itm', deps.clock.now())
    const asked = prepared.items[position]?.request
    const wish = asked === undefined ? noWish : wishAfter(known ?? noWish, asked, order.origin, id)
    const subscription = known ?? newSubscription(deps, order, each, wish)
    const item = newItem(order, { ...each, after }, subscription, { id, position, known, wish })
    const deliveries = each.plan.deliveries.map((planned) => newDelivery(deps, order, item, planned))
    const kept = known === undefined || wish.wishedBy !== id ? [] : [{ ...wish, subscription: known.id }]
    return { item, deliveries, kept, added: known === undefined ? [subscription] : [] }
  })
  const round = circle(made.map(({ item }) => item.after))
  if (round !== null)
    throw at(
      circularItems,
      `/items/${round[0]!}/after`,
      `${round.map((position) => made[position]!.item.service).join(', ')} wait for one another: what a service requires comes before it`,
    )
  return {
    order,
    items: made.map(({ item }) => item),
    deliveries: made.flatMap(({ deliveries }) => deliveries),
    added: made.flatMap(({ added }) => added),
    kept: made.flatMap(({ kept }) => kept),
    moved: made.flatMap(({ item: { subscription, service, to } }) =>
      to === null ? [] : [{ subscription: subscription!, service, household: to }],
    ),
  }
}

function livingIn(household: string, all: readonly LivingSubscription[]): Map<string, LivingSubscription> {
  return new Map(all.filter((each) => each.household === household).map((each) => [each.service, each]))
}

function newSubscription(
  deps: OrderDependencies,
  order: Order,
  { service, version }: Pick<WantedItem, 'service' | 'version'>,
  wish: KeptWish,
): Subscription {
  return {
    ...wish,
    id: newId('sub', deps.clock.now()),
    tenant: order.tenant,
    household: order.household,
    service,
    version,
    state: 'requested',
    commercial: 'requested',
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  }
}

function newItem(
  order: Order,
  { plan: _plan, ...wanted }: WantedItem,
  subscription: Subscription,
  found: { id: string; position: number; known: LivingSubscription | undefined; wish: KeptWish },
): OrderItem {
  const { id, position, known, wish } = found
  return {
    ...wanted,
    id,
    order: order.id,
    position,
    subscription: subscription.id,
    state: 'acknowledged',
    detail: '',
    phase: 'waiting',
    undoes: false,
    before: known === undefined ? null : beforeOf(known, wish),
    attempts: 0,
  }
}

function beforeOf(known: LivingSubscription, wished: KeptWish): Before {
  const { version, state, household, commercial, pinned, channel, wishedBy } = known
  return { version, state, household, barred: commercial === 'barred', wish: { pinned, channel, wishedBy }, wished }
}

function newDelivery(deps: OrderDependencies, order: Order, item: OrderItem, planned: PlannedDelivery): NewDelivery {
  const { device, assignment, kind, turn } = planned
  const leaves = kind === 'remove' || item.to === null
  return {
    id: newId('dlv', deps.clock.now()),
    tenant: order.tenant,
    order: order.id,
    item: item.id,
    subscription: item.subscription!,
    household: leaves ? order.household : item.to,
    device,
    kind,
    service: item.service,
    version: item.version,
    component: assignment?.component ?? '',
    manifest: assignment?.manifest.digest ?? null,
    manifestSize: assignment?.manifest.size ?? 0,
    files: assignment?.files ?? 0,
    bytes: assignment?.bytes ?? 0,
    turn,
    purpose: 'carry-out',
  }
}
