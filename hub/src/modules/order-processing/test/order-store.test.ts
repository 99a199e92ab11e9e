import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import type { Delivery, NewOrder, OrderStorage } from '../app/storage.ts'
import type { DeliveryState } from '../domain/states.ts'
import { createOrderStore } from '../store/order-store.ts'
import { now, orderOf, writeOrders } from './orders-for-this-test.ts'

const everything = { tenant: 'main', all: true, households: [], owner: '' } as const
let database: TestDatabase
let store: OrderStorage

beforeEach(async () => {
  database = await databaseForThisTest()
  store = createOrderStore(database)
})

const write = (...orders: NewOrder[]) => writeOrders(database, store, orders)
const record = (delivery: string, state: DeliveryState, detail = '') =>
  database.transaction((tx) => store.recordStates(tx, [{ delivery, state, detail }], now))
const settle = (order: string) => database.transaction((tx) => store.followDeliveries(tx, [order], now))
const proof = (holds: boolean) => ({ holds, detail: '', files: 1, wrong: [] })

describe('the deliveries of an order', () => {
  it('get epochs that grow with every order, so that the newest intention of a device can be told', async () => {
    await write(orderOf('a', ['d1', 'd2']))
    await write(orderOf('b', ['d1']))
    const all = await store.deliveries({ device: 'd1', limit: 10, after: undefined }, everything)
    const epochOf = (id: string) => all.find((delivery) => delivery.id === id)!.epoch
    expect(epochOf('dlv-b-d1')).toBeGreaterThan(epochOf('dlv-a-d1'))
  })

  it('keep the state, progress and proof with which they were settled', async () => {
    await write(orderOf('a', ['d1']))
    const id = 'dlv-a-d1'
    await database.transaction((tx) => store.recordProofs(tx, [{ delivery: id, proof: proof(true) }]))
    await record(id, 'confirmed')
    const settled = await store.delivery(id)
    expect(settled).toMatchObject({ state: 'confirmed', proof: { holds: true }, settledAt: now })
    expect(await record(id, 'failed', 'too late')).toEqual([])
    const moved = await database.transaction(async (tx) => {
      await store.recordProofs(tx, [{ delivery: id, proof: proof(false) }])
      return store.recordProgress(tx, [{ delivery: id, stage: 'downloading', done: 1, total: 2 }], now)
    })
    expect(moved).toEqual([])
    expect(await store.delivery(id)).toEqual(settled)
  })

  it('take the last of several states recorded at once', async () => {
    await write(orderOf('a', ['d1']))
    const states = (['pending', 'accepted'] as const).map((state) => ({ delivery: 'dlv-a-d1', state, detail: state }))
    const changed = await database.transaction((tx) => store.recordStates(tx, states, now))
    expect(changed).toMatchObject([{ state: 'accepted', detail: 'accepted' }])
  })
})

describe('an order', () => {
  it('is what its deliveries are, and told as changed once', async () => {
    await write(orderOf('a', ['d1', 'd2']))
    await record('dlv-a-d1', 'confirmed')
    await settle('ord-a')
    expect((await store.order('ord-a'))!.order.state).not.toBe('completed')
    await record('dlv-a-d2', 'confirmed')
    expect(await settle('ord-a')).toMatchObject([{ order: { state: 'completed' }, items: [{ state: 'completed' }] }])
    expect(await settle('ord-a')).toEqual([])
  })

  it('whose last two deliveries settle in transactions side by side is settled by one of them', async () => {
    await write(orderOf('a', ['d1', 'd2']))
    const finish = (delivery: string) =>
      database.transaction(async (tx) => {
        await store.recordStates(tx, [{ delivery, state: 'confirmed', detail: '' }], now)
        return store.followDeliveries(tx, ['ord-a'], now)
      })
    const told = (await Promise.all([finish('dlv-a-d1'), finish('dlv-a-d2')])).flat()
    expect(told.filter(({ order }) => order.state === 'completed')).toHaveLength(1)
    expect((await store.order('ord-a'))!.order.state).toBe('completed')
  })

  it('is listed for who may see its household or has placed it, page by page', async () => {
    await write(orderOf('a', ['d1']), orderOf('b', ['d2']), orderOf('c', ['d3']))
    const ids = async (scope: Parameters<OrderStorage['orders']>[1], after?: string) =>
      (await store.orders({ limit: 2, after }, scope)).map(({ order }) => order.id)
    expect(await ids(everything)).toEqual(['ord-a', 'ord-b'])
    expect(await ids(everything, 'ord-b')).toEqual(['ord-c'])
    expect(await ids({ tenant: 'main', all: false, households: ['hh-b'], owner: 'usr-c' })).toEqual(['ord-b', 'ord-c'])
    expect(await ids({ tenant: 'main', all: false, households: [], owner: 'usr-nobody' })).toEqual([])
  })

  it('does not show its deliveries to who may see neither', async () => {
    await write(orderOf('a', ['d1']), orderOf('b', ['d2']))
    const seen = await store.deliveries(
      { limit: 10, after: undefined },
      { tenant: 'main', all: false, households: ['hh-b'], owner: 'usr-x' },
    )
    expect(seen.map((delivery: Delivery) => delivery.id)).toEqual(['dlv-b-d2'])
  })
})
