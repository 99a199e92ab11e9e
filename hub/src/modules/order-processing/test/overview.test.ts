import { expect, test } from 'vitest'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { workTallies } from '../app/tallies.ts'
import type { DeliveryState } from '../domain/states.ts'
import { createOrderStore } from '../store/order-store.ts'
import { tallyRows } from '../store/tally-rows.ts'
import { orderOf, writeOrders } from './orders-for-this-test.ts'

const everything = { tenant: 'main', all: true, households: [], owner: '' } as const

async function work() {
  const database = await databaseForThisTest()
  const clock = manualClock(Date.parse('2026-01-01T00:30:00Z'))
  const store = createOrderStore(database)
  const tallies = workTallies({ clock, storage: tallyRows(database) })
  const orders = ['a', 'b', 'c'].map((name) => orderOf(name, [`${name}1`, `${name}2`]))
  await writeOrders(database, store, orders)
  const record = (states: Readonly<Record<string, DeliveryState>>) =>
    database.transaction(async (tx) => {
      const now = new Date(clock.now())
      const records = Object.entries(states).map(([delivery, state]) => ({ delivery, state, detail: '' }))
      const changed = await store.recordStates(tx, records, now)
      await store.followDeliveries(tx, [...new Set(changed.map(({ order }) => order))], now)
    })
  return { database, clock, store, tallies, record }
}

test('work is counted by state: settled deliveries no more, and orders in jeopardy while they are open', async () => {
  const { database, store, tallies, record } = await work()
  await record({ 'dlv-a-a1': 'confirmed', 'dlv-a-a2': 'confirmed', 'dlv-b-b1': 'held' })
  const jeopardy = { level: 'red', message: 'late', cause: 'x', at: '2026-01-01T00:00:00.000Z' } as const
  await database.transaction(async (tx) => {
    await store.setJeopardy(tx, 'ord-a', jeopardy)
    await store.setJeopardy(tx, 'ord-b', jeopardy)
  })
  const { countedAt, ...counts } = await tallies.work('main')
  expect(countedAt).toBe('2026-01-01T00:30:00.000Z')
  expect(counts).toEqual({
    orders: expect.toSatisfy((orders: { state: string }[]) => orders.some(({ state }) => state === 'completed')),
    jeopardy: { amber: 0, red: 1 },
    deliveries: [
      { state: 'planned', deliveries: 3 },
      { state: 'held', deliveries: 1 },
    ],
    campaigns: [],
    subscriptions: [{ service: 'guide', version: '1.0.0', subscriptions: 3 }],
  })
})

test('ends of deliveries are told by the hour, also after they were added up, and forgotten after a month', async () => {
  const { database, clock, tallies, record } = await work()
  await record({ 'dlv-a-a1': 'confirmed', 'dlv-a-a2': 'failed', 'dlv-b-b1': 'pending' })
  await record({ 'dlv-b-b1': 'confirmed', 'dlv-a-a2': 'confirmed' })
  clock.advance(3_600_000)
  await record({ 'dlv-b-b2': 'cancelled' })
  const last = async () => (await tallies.outcomes('main', 'day')).slice(-2)
  const expected = [
    { at: '2026-01-01T00:00:00.000Z', confirmed: 2, failed: 1, cancelled: 0 },
    { at: '2026-01-01T01:00:00.000Z', confirmed: 0, failed: 0, cancelled: 1 },
  ]
  expect(await last()).toEqual(expected)
  await Promise.all([tallies.addUp(), tallies.addUp()])
  expect(await last()).toEqual(expected)
  expect(await database.sql`select 1 from order_outcome`).toHaveLength(3)
  clock.advance(32 * 24 * 3_600_000)
  await tallies.addUp()
  expect(await database.sql`select 1 from order_outcome`).toHaveLength(0)
})

test('orders and deliveries are listed newest first, by device, by whether they are open, and from a time on', async () => {
  const { store, record } = await work()
  await record({ 'dlv-b-b1': 'confirmed', 'dlv-b-b2': 'confirmed' })
  const orders = async (filter: object) =>
    (await store.orders({ limit: 2, after: undefined, ...filter }, everything)).map(({ order }) => order.id)
  expect(await orders({ sort: 'newest' })).toEqual(['ord-c', 'ord-b'])
  expect(await orders({ sort: 'newest', after: 'ord-b' })).toEqual(['ord-a'])
  expect(await orders({ open: true })).toEqual(['ord-a', 'ord-c'])
  expect(await orders({ open: false })).toEqual(['ord-b'])
  expect(await orders({ device: 'c2' })).toEqual(['ord-c'])
  expect(await orders({ since: new Date('2026-01-02') })).toEqual([])
  expect(await orders({ since: new Date('2025-12-31') })).toEqual(['ord-a', 'ord-b'])
  const deliveries = async (filter: object) =>
    (await store.deliveries({ limit: 2, after: undefined, ...filter }, everything)).map(({ id }) => id)
  expect(await deliveries({ sort: 'newest' })).toEqual(['dlv-c-c2', 'dlv-c-c1'])
  expect(await deliveries({ open: false, service: 'guide' })).toEqual(['dlv-b-b1', 'dlv-b-b2'])
  expect(await deliveries({ since: new Date('2026-01-02') })).toEqual([])
})
