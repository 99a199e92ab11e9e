import type { Decision } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { subscriptionExists } from '../errors.ts'
import { decompose, type Decomposed } from './decompose-order.ts'
import { orderEvent } from './delivery-events.ts'
import type { OrderDependencies } from './dependencies.ts'
import { lifecycleSignal } from './lifecycle-signals.ts'
import type { PreparedOrder } from './prepare-order.ts'
import type { LivingSubscription, NewOrder, Order, Subscription } from './storage.ts'

/** An order that was looked at, and is to be decided on and written. */
export interface OrderDraft {
  readonly order: Order
  /** That allowed it. */
  readonly decision: Decision
  readonly prepared: PreparedOrder
  /** Written last, in the same transaction. */
  readonly also: (tx: Tx, written: NewOrder) => Promise<void>
}

/** What became of a draft; a refusal wrote nothing. */
export type Written = NewOrder | { readonly refusal: CallerError }

interface Decided extends Decomposed, Pick<OrderDraft, 'also' | 'decision'> {}

/** The households that an order concerns: its own, and those that services move to. */
export function householdsOf({ order, prepared }: Pick<OrderDraft, 'order' | 'prepared'>): string[] {
  return [order.household, ...prepared.request.items.flatMap(({ to }) => to ?? [])]
}

/**
 * Decides on orders of different households and writes those that are not refused: order, items, deliveries, and a signal to
 * the `service-lifecycle` instance of each subscription.
 * @returns per draft what was written, or why not
 * @throws CallerError `subscription-exists` when another transaction was quicker, `mailbox-full`, or what `also` throws; then
 * write one by one
 */
export async function writeOrders(deps: OrderDependencies, tx: Tx, drafts: readonly OrderDraft[]): Promise<Written[]> {
  const living = await deps.storage.livingSubscriptions(tx, [...new Set(drafts.flatMap(householdsOf))])
  const answers: (Decided | { refusal: CallerError })[] = []
  for (const draft of drafts) answers.push(await decide(deps, tx, draft, living))
  const accepted = answers.filter((answer): answer is Decided => !('refusal' in answer))
  if (accepted.length === 0) return answers
  await changeSubscriptions(deps, tx, accepted)
  await deps.storage.addOrders(tx, accepted)
  await deps.engine.send(
    tx,
    accepted.flatMap(({ order, items, deliveries }) =>
      items.map((item) => lifecycleSignal(order.tenant, item, deliveries)),
    ),
  )
  tx.audit.decisions.push(...accepted.map(({ decision }) => decision))
  await appendEvents(
    tx,
    deps.doorbells,
    accepted.map((made) => ({ ...orderEvent(made), decision: made.decision.id })),
  )
  await Promise.all(accepted.map((written) => written.also(tx, written)))
  return answers
}

async function decide(
  deps: OrderDependencies,
  tx: Tx,
  { order, prepared, decision, also }: OrderDraft,
  living: readonly LivingSubscription[],
): Promise<Decided | { refusal: CallerError }> {
  try {
    return { ...(await decompose(deps, tx, order, prepared, living)), decision, also }
  } catch (error) {
    if (error instanceof CallerError) return { refusal: error }
    throw error
  }
}

/** Two orders that give a household the same service at the same moment meet at the unique index: the second is refused, not doubled. */
async function changeSubscriptions(deps: OrderDependencies, tx: Tx, accepted: readonly Decided[]): Promise<void> {
  const added: Subscription[] = accepted.flatMap((each) => each.added)
  const moved = accepted.flatMap((each) => each.moved)
  try {
    await deps.storage.addSubscriptions(tx, added)
    await deps.storage.moveSubscriptions(tx, moved)
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    const names = [...added.map(({ service }) => service), ...moved.map(({ service }) => service)].join(', ')
    throw new CallerError(subscriptionExists, `the household was given ${names} by another order just now`, {
      cause: error,
    })
  }
}
