import { array, assert, asyncProperty, boolean, constantFrom, record, uniqueArray } from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { up } from '../../../../migrations/0480_order_adoption.ts'
import { queries } from '../../../platform/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { addUpAdoption, type DevicesOfVersion } from '../app/adoption.ts'
import type { OrderStorage } from '../app/storage.ts'
import type { DeliveryKind, DeliveryState } from '../domain/states.ts'
import { adoptionRows } from '../store/adoption-rows.ts'
import { createOrderStore } from '../store/order-store.ts'
import { orderOf, writeOrders } from './orders-for-this-test.ts'

let database: TestDatabase
let store: OrderStorage
let adoption: ReturnType<typeof adoptionRows>
let orders: number

beforeEach(async () => {
  database = await databaseForThisTest()
  store = createOrderStore(database)
  adoption = adoptionRows(database)
  orders = 0
})

interface What {
  readonly version: string
  readonly kind?: DeliveryKind
  readonly purpose?: 'carry-out' | 'restore'
}

/** An order of the service for these devices. @returns its deliveries' ids */
async function order(devices: readonly string[], { version, kind = 'install', purpose = 'carry-out' }: What) {
  const made = orderOf(`o${++orders}`, devices)
  const deliveries = made.deliveries.map((each) => ({ ...each, version, kind, purpose }))
  await writeOrders(database, store, [{ ...made, deliveries }])
  return deliveries.map(({ id }) => id)
}

async function settle(deliveries: readonly string[], state: DeliveryState, at: string, detail = ''): Promise<void> {
  const records = deliveries.map((delivery) => ({ delivery, state, detail }))
  await database.transaction((tx) => store.recordStates(tx, records, new Date(at)))
}

const noon = '2026-01-01T12:00:00Z'
const addUp = () => addUpAdoption(manualClock(Date.parse(noon)), adoption)
const counted = async () => inOrder(await adoption.standings('main', 'guide'))
const inOrder = (counts: readonly DevicesOfVersion[]) =>
  counts.map(({ version, component, standing, devices }) => `${version} ${component} ${standing} ${devices}`).toSorted()

/** The same, counted from all deliveries: what the sums have to come to. */
async function scanned(): Promise<string[]> {
  return inOrder(
    await database.sql<DevicesOfVersion[]>`
      with mine as (
        select *, max(epoch) over (partition by device) as newest,
          max(epoch) filter (where purpose = 'carry-out') over (partition by device) as wanted,
          max(epoch) filter (where state = 'confirmed') over (partition by device) as proved
        from order_delivery where service = 'guide')
      select version, component, standing, count(*)::int as devices
      from mine, lateral (values
        ('installed', epoch = proved and kind = 'install'),
        ('pending', epoch = newest and kind = 'install' and settled_at is null),
        ('failed', epoch = wanted and kind = 'install' and state = 'failed')) as l (standing, holds)
      where holds group by version, component, standing`,
  )
}

test('a device counts with what it proved last, is to get, or failed to get', async () => {
  const [a, b] = await order(['a', 'b'], { version: '1.0.0' })
  expect(await counted()).toEqual(['1.0.0 app pending 2'])
  await settle([a!], 'confirmed', noon)
  await settle([b!], 'failed', noon, 'no room')
  expect(await counted()).toEqual(['1.0.0 app failed 1', '1.0.0 app installed 1'])
  const next = await order(['a', 'b'], { version: '2.0.0' })
  expect(await counted()).toEqual(['1.0.0 app installed 1', '2.0.0 app pending 2'])
  await settle(next, 'confirmed', noon)
  expect(await counted()).toEqual(['2.0.0 app installed 2'])
  await settle(await order(['a'], { version: '2.0.0', kind: 'remove' }), 'confirmed', noon)
  expect(await counted()).toEqual(['2.0.0 app installed 1'])
})

test('a device that was given the previous version back still counts as failed', async () => {
  await settle(await order(['a'], { version: '1.0.0' }), 'confirmed', noon)
  await settle(await order(['a'], { version: '2.0.0' }), 'failed', noon, 'no picture')
  await settle(await order(['a'], { version: '1.0.0', purpose: 'restore' }), 'confirmed', noon)
  expect(await counted()).toEqual(['1.0.0 app installed 1', '2.0.0 app failed 1'])
  expect(await adoption.failedDevices('main', 'guide', '2.0.0', null, 10)).toMatchObject([
    { device: 'a', detail: 'no picture' },
  ])
})

test('a delivery that ends after a newer one was made changes nothing of the newer one', async () => {
  const old = await order(['a'], { version: '1.0.0' })
  const next = await order(['a'], { version: '2.0.0' })
  await settle(old, 'failed', noon, 'superseded')
  expect(await counted()).toEqual(['2.0.0 app pending 1'])
  expect(await adoption.failedDevices('main', 'guide', '1.0.0', null, 10)).toEqual([])
  await settle(next, 'cancelled', noon)
  expect(await counted()).toEqual([])
})

test('whatever becomes of deliveries, in whichever order and at once, counts are what a scan of them all finds', async () => {
  const devices = ['a', 'b', 'c'] as const
  const made = record({
    devices: uniqueArray(constantFrom(...devices), { minLength: 1 }),
    version: constantFrom('1.0.0', '2.0.0'),
    kind: constantFrom<DeliveryKind>('install', 'install', 'install', 'suspend', 'remove'),
    purpose: constantFrom('carry-out', 'carry-out', 'restore'),
  })
  const states = array(constantFrom<DeliveryState>('pending', 'confirmed', 'failed', 'cancelled'), {
    minLength: 3,
    maxLength: 3,
  })
  const steps = array(record({ made, states, then: boolean() }), { maxLength: 8 })
  await assert(
    asyncProperty(steps, async (given) => {
      const open: string[] = []
      for (const { made: what, states: ends, then } of given) {
        open.push(...(await order(what.devices, what)))
        if (!then) continue
        // At once, as batches of several hubs are.
        await Promise.all(open.map((id, index) => settle([id], ends[index % ends.length]!, noon)))
        await addUp()
      }
      expect(await counted()).toEqual(await scanned())
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

test('deliveries from before counts were kept are counted when the database is brought up to date', async () => {
  const [a] = await order(['a', 'b'], { version: '1.0.0' })
  await settle([a!], 'confirmed', noon)
  await settle(await order(['a', 'c'], { version: '2.0.0' }), 'failed', noon, 'no room')
  const expected = await scanned()
  const { sql } = database.owner
  await sql`drop table order_standing, order_adoption, order_adoption_day, order_failure`
  await sql`drop function order_standing_counted`
  await up(queries(sql))
  const after = adoptionRows(database.owner)
  expect(inOrder(await after.standings('main', 'guide'))).toEqual(expected)
  expect(await after.failures('main', 'guide', '2.0.0')).toMatchObject([{ detail: 'no room', count: 2 }])
})

test('installations that ended are told by day, also after they were added up, and forgotten after a quarter of a year', async () => {
  await settle(await order(['a', 'b'], { version: '1.0.0' }), 'confirmed', '2025-12-31T23:59:59Z')
  await settle(await order(['a'], { version: '1.0.0' }), 'failed', noon)
  await settle(await order(['b'], { version: '1.0.0' }), 'confirmed', noon)
  await settle(await order(['b'], { version: '1.0.0', kind: 'remove' }), 'confirmed', noon)
  await settle(await order(['c'], { version: '1.0.0' }), 'confirmed', '2025-09-01T12:00:00Z')
  const days = (since: string) => adoption.days('main', 'guide', '1.0.0', new Date(since))
  const expected = [
    { day: '2025-12-31', confirmed: 2, failed: 0 },
    { day: '2026-01-01', confirmed: 1, failed: 1 },
  ]
  expect(await days('2025-12-31T00:00:00Z')).toEqual(expected)
  await Promise.all([addUp(), addUp()])
  expect(await days('2025-01-01T00:00:00Z')).toEqual(expected)
  expect(await database.sql`select 1 from order_adoption_day`).toHaveLength(2)
})

test('counts that were added up are a row each, and none where nothing is left', async () => {
  const ids = await order(['a', 'b', 'c'], { version: '1.0.0' })
  for (const id of ids) await settle([id], 'confirmed', noon)
  await Promise.all([addUp(), addUp()])
  expect(await database.sql`select version, standing, devices from order_adoption`).toMatchObject([
    { version: '1.0.0', standing: 'installed', devices: 3 },
  ])
})

test('failures are grouped by what they say, newest devices first', async () => {
  const ids = await order(['a', 'b', 'c'], { version: '1.0.0' })
  await settle(ids.slice(0, 2), 'failed', noon, 'no room')
  await settle(ids.slice(2), 'failed', noon, 'no picture')
  expect(await adoption.failures('main', 'guide', '1.0.0')).toMatchObject([
    { detail: 'no room', count: 2, samples: [{ device: 'b' }, { device: 'a' }] },
    { detail: 'no picture', count: 1 },
  ])
})
