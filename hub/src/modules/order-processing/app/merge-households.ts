import type { Tx } from '../../../platform/database.ts'
import type { Holding, Merged, Merging, MergePlan } from '../../../platform/keepers.ts'
import { heldApart } from './held-apart.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { LivingSubscription } from './storage.ts'

/** Orders under way that a refusal names. */
const mostNamed = 5

export interface OpenOrder {
  readonly id: string
  readonly household: string
}

export interface MergeStorage {
  /** Orders of these households, and those that bring something there, which are not over: the oldest `most`, and how many. */
  openOrders(
    tx: Tx,
    households: readonly string[],
    most: number,
  ): Promise<{ readonly named: readonly OpenOrder[]; readonly total: number }>
  countOver(tx: Tx, household: string): Promise<number>
  /** Living subscriptions, and what is kept about the household's devices. */
  moveLiving(tx: Tx, merged: Merged, devices: readonly string[]): Promise<void>
}

type MergingDependencies = Pick<OrderDependencies, 'definitions' | 'entities' | 'storage'> & {
  readonly merges: MergeStorage
}

/**
 * This module's part in making two households one (docs/decisions/0048): their devices go along, so that subscriptions change
 * household and nothing on a device changes. Placing orders takes turns with it by the lock on households.
 */
export function householdMerging({ definitions, entities, storage, merges }: MergingDependencies): Merging {
  return {
    async plan(tx, { tenant, from, into }): Promise<MergePlan> {
      const both = [from, into]
      const living = await storage.livingSubscriptions(tx, both)
      const going = living.filter(({ household }) => household === from)
      const twice = going.filter(({ service }) => living.some((each) => isOf(each, into, service)))
      const { named, total } = await merges.openOrders(tx, both, mostNamed)
      const more = total - named.length
      const devices = await entities.devicesOfHouseholds(both, tx.sql)
      const apart = twice.length > 0 ? [] : await heldApart({ definitions }, tx, tenant, living, devices)
      const because = 'they say where it was at the time'
      return {
        moves: counted([{ what: 'subscriptions, with the devices that have them', count: going.length }]),
        ends: counted([
          {
            what: 'orders that are over stay with the id that is given up',
            count: await merges.countOver(tx, from),
            because,
          },
        ]),
        blocks: [
          ...twice.map(
            ({ service }) =>
              `Both have ${service}: order its removal from ${from} or from ${into}, and wait for the end.`,
          ),
          ...apart,
          ...named.map(
            ({ id, household }) => `The order ${id} of ${household} is under way: wait for its end, or cancel it.`,
          ),
          ...(more > 0 ? [`${more} more of their orders are under way.`] : []),
        ],
      }
    },
    async merge(tx, merged) {
      const devices = await entities.devicesOfHouseholds([merged.from], tx.sql)
      await merges.moveLiving(
        tx,
        merged,
        devices.map(({ id }) => id),
      )
    },
  }
}

function isOf(subscription: LivingSubscription, household: string, service: string): boolean {
  return subscription.household === household && subscription.service === service
}

function counted(holdings: readonly Holding[]): Holding[] {
  return holdings.filter(({ count }) => count > 0)
}
