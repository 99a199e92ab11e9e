import type { Decision } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/database.ts'
import { planRemoval, type Plan } from '../domain/decompose.ts'
import { noSubscription, subscriptionExists } from '../errors.ts'
import { checkRelations } from './check-relations.ts'
import type { OrderDependencies } from './dependencies.ts'
import { at, leftOut, refuse, type PreparedItem } from './prepare-order.ts'
import type { NewDelivery, NewOrder, Order, OrderItem, Subscription } from './storage.ts'

/** An order that was looked at, and is to be decided on and written. */
export interface OrderDraft {
  readonly order: Order
  /** That allowed it. */
  readonly decision: Decision
  readonly prepared: readonly PreparedItem[]
  /** Written last, in the same transaction. */
  readonly also: (tx: Tx, written: NewOrder) => Promise<void>
}

/** What became of a draft; a refusal wrote nothing. */
export type Written = NewOrder | { readonly refusal: CallerError }

interface Decided extends NewOrder, Pick<OrderDraft, 'also' | 'decision'> {
  readonly added: readonly Subscription[]
}

/**
 * Decides on orders of different households and writes those that are not refused: order, items, deliveries, and a signal to
 * the `service-lifecycle` instance of each subscription.
 * @returns per draft what was written, or why not
 * @throws CallerError `subscription-exists` when another transaction was quicker, `mailbox-full`, or what `also` throws; then
 * write one by one
 */
export async function writeOrders(deps: OrderDependencies, tx: Tx, drafts: readonly OrderDraft[]): Promise<Written[]> {
  const households = drafts.map(({ order }) => order.household)
  const living = Map.groupBy(await deps.storage.livingSubscriptions(tx, households), ({ household }) => household)
  const answers: (Decided | { refusal: CallerError })[] = []
  for (const draft of drafts) answers.push(await decide(deps, tx, draft, living.get(draft.order.household) ?? []))
  const accepted = answers.filter((answer): answer is Decided => !('refusal' in answer))
  if (accepted.length === 0) return answers
  await addSubscriptionsOnce(
    deps,
    tx,
    accepted.flatMap(({ added }) => added),
  )
  await deps.storage.addOrders(tx, accepted)
  await deps.engine.send(
    tx,
    accepted.flatMap(({ order, items, deliveries }) =>
      items.map((item) => lifecycleSignal(order.tenant, item, deliveries)),
    ),
  )
  tx.audit.decisions.push(...accepted.map(({ decision }) => decision))
  await appendEvents(tx, deps.doorbells, accepted.map(acknowledged))
  await Promise.all(accepted.map((written) => written.also(tx, written)))
  return answers
}

async function decide(
  deps: OrderDependencies,
  tx: Tx,
  draft: OrderDraft,
  subscriptions: readonly Subscription[],
): Promise<Decided | { refusal: CallerError }> {
  try {
    return await decompose(deps, tx, draft, new Map(subscriptions.map((each) => [each.service, each])))
  } catch (error) {
    if (error instanceof CallerError) return { refusal: error }
    throw error
  }
}

/** @throws CallerError naming the item by JSON pointer */
async function decompose(
  deps: OrderDependencies,
  tx: Tx,
  { order, decision, prepared, also }: OrderDraft,
  living: ReadonlyMap<string, Subscription>,
): Promise<Decided> {
  await checkRelations(deps, order.tenant, living, prepared)
  const added: Subscription[] = []
  const items: OrderItem[] = []
  const deliveries: NewDelivery[] = []
  for (const [position, entry] of prepared.entries()) {
    const known = living.get(entry.request.service)
    const subscription = known ?? newSubscription(deps, order, entry)
    checkAction(order, entry, known, position)
    if (known === undefined) added.push(subscription)
    const plan = entry.plan ?? planRemoval(await deps.storage.devicesDelivered(tx, subscription.id))
    refuse(plan, `/items/${position}`, entry.request.service)
    const item = newItem(deps, order, entry, subscription, plan, position)
    items.push(item)
    deliveries.push(...newDeliveries(deps, order, item, plan))
  }
  return { order, decision, items, deliveries, added, also }
}

function checkAction(
  order: Order,
  { request }: PreparedItem,
  living: Subscription | undefined,
  position: number,
): void {
  const place = `/items/${position}/action`
  if (request.action === 'add' && living !== undefined)
    throw at(subscriptionExists, place, `household ${order.household} already has ${request.service} ${living.version}`)
  if (request.action !== 'add' && living === undefined)
    throw at(noSubscription, place, `household ${order.household} does not have ${request.service}`)
}

function newSubscription(deps: OrderDependencies, order: Order, { request, version }: PreparedItem): Subscription {
  return {
    id: newId('sub', deps.clock.now()),
    tenant: order.tenant,
    household: order.household,
    service: request.service,
    version: version?.version ?? '',
    state: 'requested',
    commercial: 'requested',
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
  }
}

/** Two orders that add the same service at the same moment meet at the unique index: the second is refused, not doubled. */
async function addSubscriptionsOnce(deps: OrderDependencies, tx: Tx, added: readonly Subscription[]): Promise<void> {
  try {
    await deps.storage.addSubscriptions(tx, added)
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    const names = added.map((subscription) => subscription.service).join(', ')
    throw new CallerError(subscriptionExists, `the household was given ${names} by another order just now`, {
      cause: error,
    })
  }
}

function newItem(
  deps: OrderDependencies,
  order: Order,
  entry: PreparedItem,
  subscription: Subscription,
  plan: Plan,
  position: number,
): OrderItem {
  return {
    id: newId('itm', deps.clock.now()),
    order: order.id,
    position,
    action: entry.request.action,
    service: entry.request.service,
    version: entry.version?.version ?? subscription.version,
    subscription: subscription.id,
    state: 'acknowledged',
    detail: leftOut(plan.skipped),
  }
}

function newDeliveries(deps: OrderDependencies, order: Order, item: OrderItem, plan: Plan): NewDelivery[] {
  if ('refusal' in plan) return []
  return plan.deliveries.map(({ device, assignment }) => ({
    id: newId('dlv', deps.clock.now()),
    tenant: order.tenant,
    order: order.id,
    item: item.id,
    subscription: item.subscription,
    household: order.household,
    device,
    kind: assignment === null ? 'remove' : 'install',
    service: item.service,
    version: item.version,
    component: assignment?.component ?? '',
    manifest: assignment?.manifest.digest ?? null,
    manifestSize: assignment?.manifest.size ?? 0,
    files: assignment?.files ?? 0,
    bytes: assignment?.bytes ?? 0,
  }))
}

function lifecycleSignal(tenant: string, item: OrderItem, deliveries: readonly NewDelivery[]) {
  const own = deliveries.filter((delivery) => delivery.item === item.id)
  return {
    to: `model:service-lifecycle/${item.subscription}`,
    id: item.id,
    type: item.action,
    args: {
      order: item.order,
      item: item.id,
      subscription: item.subscription,
      version: item.version,
      deliveries: own.map(({ id, device, service, household }) => ({ id, device, service, household, stage: 0 })),
    },
    create: { tenant },
  }
}

function acknowledged({ order, items }: NewOrder) {
  return {
    type: 'order.acknowledged',
    subject: order.id,
    tenant: order.tenant,
    household: order.household,
    decision: order.decision,
    data: {
      reference: order.reference,
      items: items.map(({ id, action, service, version }) => ({ id, action, service, version })),
    },
  }
}
