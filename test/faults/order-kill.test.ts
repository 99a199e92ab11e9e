import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClaim, createHousehold, patience, publishTestService, settledOrder } from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { WireDevice } from '../support/wire-device.ts'

const services = ['one', 'two', 'three']
let database: TestDatabase
let hub: HubProcess
let phone: WireDevice
let household: string

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  for (const service of services)
    await publishTestService(hub, service, '1.0.0', [{ deviceClass: 'phone', files: { a: service } }])
  household = await createHousehold(hub)
  phone = await WireDevice.start(hub, await createClaim(hub, household))
}, 2 * patience)

afterAll(async () => {
  await phone?.disconnect()
  await hub?.stop()
  await database?.close()
}, patience)

async function killed(): Promise<void> {
  await hub.kill()
  await phone.disconnect()
  await hub.restart()
  await phone.connect()
}

it(
  'items that wait for one another are each carried out once, in order, by a hub that is killed before, between and while them',
  { timeout: 4 * patience },
  async () => {
    const items = services.map((service, index) => ({
      action: 'add' as const,
      service,
      ...(index > 0 && { after: [index - 1] }),
    }))
    const order = answer(await hub.api.POST('/api/v1/orders', { body: { household, items } }))
    const ids = services.map((service) => order.deliveries.find((each) => each.service === service)!.id)
    await killed()
    for (const id of ids) {
      const offer = await phone.wait('offer', id)
      const begun = new Set(phone.received.flatMap((each) => (each.t === 'offer' ? [each.delivery] : [])))
      expect([...begun]).toEqual(ids.slice(0, ids.indexOf(id) + 1))
      // It dies in the middle of an installation, and right after its end was acknowledged.
      await phone.prove(offer, id === ids[1] ? killed : undefined)
      await killed()
    }
    expect(await settledOrder(hub, order.id)).toMatchObject({
      state: 'completed',
      items: services.map(() => ({ state: 'completed', attempts: 1 })),
    })
    const told = await database.owner.sql<{ type: string; times: number }[]>`
      select type, count(*)::int as times from platform_event
      where subject = any(${[order.id, ...ids]}) and type in ('order.acknowledged', 'order.completed', 'delivery.confirmed')
      group by type order by type`
    expect(told).toEqual([
      { type: 'delivery.confirmed', times: 3 },
      { type: 'order.acknowledged', times: 1 },
      { type: 'order.completed', times: 1 },
    ])
    const rows = await database.owner.sql<{ deliveries: number; subscriptions: number }[]>`
      select (select count(*)::int from order_delivery) as deliveries, (select count(*)::int from order_subscription) as subscriptions`
    expect(rows).toEqual([{ deliveries: 3, subscriptions: 3 }])
  },
)
