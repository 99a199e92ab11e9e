import type { Tx } from '../../../platform/database.ts'
import type { ErrorCode } from '../../../platform/errors.ts'
import { actionRefusal, type ActionRefusal } from '../domain/actions.ts'
import {
  noSubscription,
  notSuspended,
  subscriptionEnded,
  subscriptionExists,
  subscriptionMoved,
  subscriptionMoving,
  subscriptionRemoving,
  subscriptionSuspended,
} from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import { at, type PreparedItem } from './prepare-order.ts'
import { checkMove } from './resolve-household.ts'
import type { LivingSubscription, Order } from './storage.ts'

const refusals: Readonly<Record<ActionRefusal, readonly [ErrorCode, string]>> = {
  exists: [subscriptionExists, 'already has it'],
  suspended: [subscriptionSuspended, 'has it suspended'],
  'not-suspended': [notSuspended, 'has it, and it is not suspended'],
  removing: [subscriptionRemoving, 'has it being removed'],
  moving: [subscriptionMoving, 'has it on its way to another household'],
}

/** @throws CallerError that says why the action cannot follow on what the household has */
export async function checkAction(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  { request: { action, service } }: PreparedItem,
  known: LivingSubscription | undefined,
  position: number,
): Promise<void> {
  const place = `/items/${position}/action`
  if (known !== undefined) {
    const refusal = actionRefusal(action, known)
    if (refusal === null) return
    const [code, words] = refusals[refusal]
    throw at(code, place, `${action} ${service}: household ${order.household} ${words} (${known.version})`)
  }
  if (action === 'add') return
  const left = await deps.storage.lastLeft(tx, order.household, service)
  const who = `${action} ${service}: household ${order.household}`
  if (left === null) throw at(noSubscription, place, `${who} does not have it`)
  if (left.action === 'remove')
    throw at(subscriptionEnded, place, `${who} no longer has it: order ${left.order} removed it`)
  throw at(subscriptionMoved, place, `${who} no longer has it: order ${left.order} moved it to household ${left.to}`)
}

/** @throws CallerError where the household that a service moves to has it, or could not have it */
export async function checkTarget(
  deps: OrderDependencies,
  tx: Tx,
  order: Order,
  all: readonly LivingSubscription[],
  { request, moveTo }: PreparedItem,
  living: ReadonlyMap<string, LivingSubscription>,
  position: number,
): Promise<void> {
  const household = request.to!
  const place = `/items/${position}/to`
  if (all.some((each) => each.household === household && each.service === request.service))
    throw at(subscriptionExists, place, `household ${household} already has ${request.service}`)
  const moving = living.get(request.service)!
  await checkMove(deps, tx, order, moving, { household, devices: moveTo }, all, place)
}
