import type { Decision } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { subscriptionExists } from '../errors.ts'
import { decompose, type Decomposed } from './decompose-order.ts'
import { orderEvent } from './delivery-events.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { PreparedOrder } from './prepare-order.ts'
import { placedSignal, startDecomposed } from './start-order.ts'
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
  const households = [...new Set(drafts.flatMap(householdsOf))]
  // Sent together: the second sees what a merge that held the locks has left.
  const [living, here] = await Promise.all([
    deps.storage.livingSubscriptions(tx, households),
    deps.entities.households(households, tx.sql),
  ])
  const answers: (Decided | { refusal: CallerError })[] = []
  for (const draft of drafts) answers.push(await decide(deps, tx, draft, { living, here }))
  const accepted = answers.filter((answer): answer is Decided => !('refusal' in answer))
  if (accepted.length === 0) return answers
  await changeSubscriptions(deps, tx, accepted)
  const started = accepted.map(startDecomposed)
  const now = deps.clock.now()
  await deps.storage.addOrders(
    tx,
    started.map(({ written }) => written),
  )
  await deps.engine.send(
    tx,
    started.flatMap(({ written, signals }) => [placedSignal(written.order, now), ...signals]),
  )
  tx.audit.decisions.push(...accepted.map(({ decision }) => decision))
  await appendEvents(
    tx,
    deps.doorbells,
    started.map(({ written }) => ({ ...orderEvent(written), decision: written.decision.id })),
  )
  await Promise.all(started.map(({ written }) => written.also(tx, written)))
  const left = started[Symbol.iterator]()
  return answers.map((answer) => ('refusal' in answer ? answer : left.next().value!.written))
}

async function decide(
  deps: OrderDependencies,
  tx: Tx,
  { order, prepared, decision, also }: OrderDraft,
  {
    living,
    here,
  }: { readonly living: readonly LivingSubscription[]; readonly here: readonly { readonly id: string }[] },
): Promise<Decided | { refusal: CallerError }> {
  try {
    for (const household of householdsOf({ order, prepared }))
      if (!here.some(({ id }) => id === household))
        throw new CallerError(unknownHousehold, `household ${household} was merged into another just now`)
    const decided = await decompose(deps, tx, order, prepared, living)
    return { ...(order.phase === 'scheduled' ? scheduled(decided, prepared) : decided), decision, also }
  } catch (error) {
    if (error instanceof CallerError) return { refusal: error }
    throw error
  }
}

/** Nothing is written of what it means before its start: it is decided on again then. */
function scheduled({ order, items }: Decomposed, { request }: PreparedOrder): Decomposed {
  const waiting = items.slice(0, request.items.length).map((item) => ({ ...item, subscription: null, detail: '' }))
  return { order, items: waiting, deliveries: [], added: [], kept: [], moved: [], request }
}

/** Two orders that give a household the same service at the same moment meet at the unique index: the second is refused, not doubled. */
export async function changeSubscriptions(
  deps: Pick<OrderDependencies, 'storage'>,
  tx: Tx,
  accepted: readonly Pick<Decomposed, 'added' | 'kept' | 'moved'>[],
): Promise<void> {
  const added: Subscription[] = accepted.flatMap((each) => each.added)
  const moved = accepted.flatMap((each) => each.moved)
  try {
    await deps.storage.addSubscriptions(tx, added)
    await deps.storage.keepWishes(
      tx,
      accepted.flatMap((each) => each.kept),
    )
    await deps.storage.moveSubscriptions(tx, moved)
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    const names = [...added.map(({ service }) => service), ...moved.map(({ service }) => service)].join(', ')
    throw new CallerError(subscriptionExists, `the household was given ${names} by another order just now`, {
      cause: error,
    })
  }
}
