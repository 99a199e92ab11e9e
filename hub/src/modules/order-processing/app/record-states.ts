import type { Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { Task, TaskEnd } from '../../../engine/index.ts'
import type { CommercialState, DeliveryState } from '../domain/states.ts'
import { deliveryEvent, orderEvents } from './delivery-events.ts'
import { newId } from '../../../platform/ids.ts'
import type { OrderDependencies } from './dependencies.ts'
import { wordTo } from './lifecycle-signals.ts'
import type { Subscription } from './storage.ts'

/** Engine tasks by which the patterns keep order-processing's rows in step. Both take a whole batch at a time. */

type Recorded = Pick<OrderDependencies, 'storage' | 'clock' | 'doorbells' | 'engine'>

/**
 * `deliveries.record(delivery, state, detail, unreached?, silent?)`: the delivery's state as the `delivery` pattern sees it; its item and
 * order follow. Ends with `{}`.
 */
export function deliveriesRecord(deps: Recorded): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const now = new Date(deps.clock.now())
      const changed = await deps.storage.recordStates(
        tx,
        calls.map(({ args }) => ({
          delivery: String(args['delivery']),
          state: String(args['state']) as DeliveryState,
          detail: String(args['detail'] ?? ''),
          unreached: args['unreached'] === true,
          silent: args['silent'] === true,
        })),
        now,
      )
      const touched = [...new Set(changed.map((delivery) => delivery.order))]
      const orders = await deps.storage.followDeliveries(tx, touched, now)
      await appendEvents(tx, deps.doorbells, [
        ...changed.map((delivery) => deliveryEvent(`delivery.${delivery.state}`, delivery)),
        ...orders.flatMap(orderEvents),
      ])
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/**
 * `subscriptions.record(subscription, state, commercial, version, cause?, detail?)`: where the subscription's lifecycle stands.
 * `cause` and `detail` say why, in the event. Ends with `{}`.
 */
export function subscriptionsRecord(deps: Recorded): Task {
  return {
    kind: 'transactional',
    async run(tx: Tx, calls) {
      const records = calls.map(({ args }) => ({
        subscription: String(args['subscription']),
        state: String(args['state']),
        commercial: String(args['commercial'] ?? 'authorized') as CommercialState,
        version: String(args['version']),
        why: whyOf(args),
      }))
      const last = new Map(records.map((record) => [record.subscription, record]))
      const changed = await deps.storage.recordSubscriptions(tx, [...last.values()], new Date(deps.clock.now()))
      await tellDrift(deps, tx, changed)
      await appendEvents(
        tx,
        deps.doorbells,
        changed.map(({ id, tenant, household, service, version, state, commercial }) => ({
          type: `subscription.${state}`,
          subject: id,
          tenant,
          household,
          data: { service, version, commercial, ...last.get(id)?.why },
        })),
      )
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/** A subscription that has become quiet hears of what began to differ on its devices while it was busy with an order. */
async function tellDrift(deps: Recorded, tx: Tx, changed: readonly Subscription[]): Promise<void> {
  const quiet = changed.filter(({ state }) => state === 'active' || state === 'suspended').map(({ id }) => id)
  if (quiet.length === 0) return
  const drift = await deps.storage.driftOf(tx, quiet)
  await deps.engine.send(
    tx,
    [...drift].map(([subscription, detail]) =>
      wordTo(subscription, { id: newId('drifted', deps.clock.now()), type: 'drifted', args: { detail } }),
    ),
  )
}

/** Why a subscription is where it is, where its lifecycle says so. */
function whyOf(args: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    ['cause', 'detail'].flatMap((name) => {
      const value = args[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}
