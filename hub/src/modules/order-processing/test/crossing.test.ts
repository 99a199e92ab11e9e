import { beforeEach, describe, expect, test } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import type { Tx } from '../../../platform/database.ts'
import type { OrderStorage } from '../app/storage.ts'
import type { Before } from '../domain/order.ts'
import { createOrderStore } from '../store/order-store.ts'
import { now, orderOf, writeOrders } from './orders-for-this-test.ts'

/** What one transaction holds when another, for the same household, comes in between: neither waits for the other in a circle. */

let database: TestDatabase
let store: OrderStorage

beforeEach(async () => {
  database = await databaseForThisTest()
  store = createOrderStore(database)
  await writeOrders(database, store, [orderOf('a', ['dev-1'])])
})

const once = { once: true }

/** Begins a transaction that does this and waits. @returns how it goes on, and ends, once it has done it */
async function begun(
  first: (tx: Tx) => Promise<unknown>,
): Promise<(then: (tx: Tx) => Promise<unknown>) => Promise<void>> {
  const did = Promise.withResolvers<void>()
  const next = Promise.withResolvers<(tx: Tx) => Promise<unknown>>()
  const whole = database.transaction(async (tx) => {
    await first(tx)
    did.resolve()
    await (
      await next.promise
    )(tx)
  }, once)
  whole.catch(did.reject)
  await did.promise
  return (then) => {
    next.resolve(then)
    return whole
  }
}

const next = (name: string) => {
  const made = orderOf(name, ['dev-1'])
  const subscription = 'sub-a'
  return {
    ...made,
    order: { ...made.order, household: 'hh-a' },
    items: made.items.map((item) => ({ ...item, subscription, action: 'modify' as const })),
    deliveries: made.deliveries.map((delivery) => ({ ...delivery, subscription, household: 'hh-a' })),
  }
}

describe('an order placed while a device proves the one before', () => {
  test('waits for nothing that holds what it has locked', async () => {
    const proves = await begun((tx) =>
      store.recordStates(tx, [{ delivery: 'dlv-a-dev-1', state: 'confirmed', detail: '' }], now),
    )
    const places = await begun((tx) => store.livingSubscriptions(tx, ['hh-a']))
    const recorded = proves((tx) =>
      store.recordSubscriptions(
        tx,
        [{ subscription: 'sub-a', state: 'active', commercial: 'authorized', version: '1.0.0' }],
        now,
      ),
    )
    await places((tx) => store.addOrders(tx, [next('b')]))
    await recorded
    expect(
      await database.sql`select standing, version from order_standing where device = 'dev-1' order by standing`,
    ).toEqual([
      { standing: 'failed', version: null },
      { standing: 'installed', version: '1.0.0' },
      { standing: 'pending', version: '1.0.0' },
    ])
  })
})

describe('orders of one service that are put back together', () => {
  const before = (wishedBy: string | null, pinned: string | null): Before => {
    const had = { version: '1.0.0', state: 'active', household: 'hh-a', barred: false }
    return { ...had, wish: { pinned, channel: null, wishedBy } } as Before
  }
  const wishOf = async () =>
    (await database.sql`select pinned, wished_by as "wishedBy" from order_subscription where id = 'sub-a'`)[0]

  /** Two orders for what order a gave, each having said what version to keep to. */
  beforeEach(async () => {
    await database.transaction(async (tx) => {
      const [b, c] = [next('b'), next('c')]
      b.items[0]!.before = before('itm-a', '1.0.0')
      c.items[0]!.before = before('itm-b', '2.0.0')
      await store.addOrders(tx, [b, c])
      await store.keepWishes(tx, [{ subscription: 'sub-a', pinned: '3.0.0', channel: null, wishedBy: 'itm-c' }])
    })
  })

  const putBack = async (tx: Tx, name: string): Promise<void> => {
    const [found] = await store.ordersForUpdate(tx, [`ord-${name}`])
    const { order, items } = found!
    await store.writeLed(tx, [{ order, items: items.map((item) => ({ ...item, phase: 'restoring' as const })) }])
  }
  const takeBack = (tx: Tx, name: string, wishedBy: string, pinned: string) =>
    store.takeWishesBack(tx, [{ subscription: 'sub-a', item: `itm-${name}`, pinned, channel: null, wishedBy }])

  test('do not touch each other’s rows', async () => {
    const older = await begun(async (tx) => {
      await putBack(tx, 'b')
      await takeBack(tx, 'b', 'itm-a', '1.0.0')
    })
    const newer = await begun((tx) => putBack(tx, 'c'))
    const took = newer((tx) => takeBack(tx, 'c', 'itm-b', '2.0.0'))
    await older((tx) => store.ordersForUpdate(tx, ['ord-b']))
    await took
    expect(await wishOf()).toEqual({ pinned: '1.0.0', wishedBy: 'itm-a' })
  })

  test('leave what was kept to before the first of them, in either order', async () => {
    await database.transaction(async (tx) => {
      await putBack(tx, 'c')
      await takeBack(tx, 'c', 'itm-b', '2.0.0')
    })
    expect(await wishOf()).toEqual({ pinned: '2.0.0', wishedBy: 'itm-b' })
    await database.transaction(async (tx) => {
      await putBack(tx, 'b')
      await takeBack(tx, 'b', 'itm-a', '1.0.0')
    })
    expect(await wishOf()).toEqual({ pinned: '1.0.0', wishedBy: 'itm-a' })
  })
})
