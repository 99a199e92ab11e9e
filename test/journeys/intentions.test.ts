import { answer } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import { describe, expect, it } from 'vitest'
import type { WireDevice } from '../support/wire-device.ts'
import { patience, placeOrder, readOrder, settledOrder, until, untilOrder } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'

// Noon in winter: quiet in Tokyo (21:00), not in Berlin (13:00).
const noon = Date.UTC(2026, 0, 15, 12)
const hour = 3_600_000
const minute = 60_000

const { clock, home, hub } = hubWithPhones(noon, { guide: ['1.0.0', '1.1.0', '2.0.0'] })

async function outputsOf(device: string) {
  return answer(await hub.api.GET('/api/v1/devices/{id}/outputs', { params: { path: { id: device } } })).items
}

describe('quiet hours', { timeout: patience }, () => {
  it('hold a delivery back, with the reason, until they end where the device is', async () => {
    const { id, phone } = await home({ timeZone: 'Europe/Berlin', report: { tz: 'Asia/Tokyo' } })
    const preferences = { quietHours: { from: '20:00', to: '07:00' } }
    const params = { path: { kind: 'household' as const, id } }
    await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: preferences })
    const order = await placeOrder(hub, id, 'add', 'guide')
    const held = await untilOrder(hub, order.id, ({ state }) => state === 'held')
    expect(held.deliveries[0]).toMatchObject({
      state: 'held',
      detail: 'held by the quiet hours of the household, 20:00–07:00 in Asia/Tokyo',
    })
    const policy = answer(await hub.api.GET('/api/v1/devices/{id}/policy', { params: { path: { id: phone.id } } }))
    // 07:00 in Tokyo.
    expect(policy).toMatchObject({ allowed: false, until: '2026-01-15T22:00:00.000Z' })
    clock.advance(noon + 10 * hour - minute - clock.now())
    await expect(readOrder(hub, order.id)).resolves.toMatchObject({ state: 'held' })
    expect(phone.received).toEqual([])
    clock.advance(minute)
    await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
  })

  it('that are lifted hold no newer order: it goes at once and takes the place of the one they held', async () => {
    const { id, phone } = await home()
    const params = { path: { kind: 'household' as const, id } }
    const at = new Date(clock.now()).toISOString().slice(11, 14)
    const quietHours = { from: `${at}00`, to: `${at}59` }
    await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: { quietHours } })
    const first = await placeOrder(hub, id, 'add', 'guide', { version: '1.0.0' })
    await untilOrder(hub, first.id, ({ state }) => state === 'held')
    await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: {} })
    const second = await placeOrder(hub, id, 'modify', 'guide', { version: '1.1.0' })
    await phone.prove(await phone.wait('offer', second.deliveries[0]!.id))
    expect(await settledOrder(hub, second.id)).toMatchObject({ state: 'completed' })
    expect(await settledOrder(hub, first.id)).toMatchObject({ state: 'cancelled' })
  })
})

describe('a device that is away', { timeout: patience }, () => {
  it('gets only the newest of the orders placed meanwhile', async () => {
    const { id, phone } = await home()
    await phone.disconnect()
    const orders = [await placeOrder(hub, id, 'add', 'guide', { version: '1.0.0' })]
    for (const version of ['1.1.0', '2.0.0']) orders.push(await placeOrder(hub, id, 'modify', 'guide', { version }))
    const third = orders[2]!.deliveries[0]!.id
    expect(await settledOrder(hub, orders[0]!.id)).toMatchObject({
      state: 'cancelled',
      deliveries: [{ state: 'cancelled', detail: `superseded by order ${orders[1]!.id}` }],
    })
    expect(await settledOrder(hub, orders[1]!.id)).toMatchObject({ state: 'cancelled' })
    await phone.connect()
    await phone.prove(await phone.wait('offer', third))
    expect(await settledOrder(hub, orders[2]!.id)).toMatchObject({ state: 'completed' })
    expect(phone.received.map((message) => 'delivery' in message && message.delivery)).toEqual([third])
    const sent = (await outputsOf(phone.id)).filter(({ sentAt }) => sentAt !== null)
    expect(sent).toMatchObject([{ kind: 'install', delivery: third }])
  })

  it('never hears of an order that was cancelled before it came back', async () => {
    const { id, phone } = await home()
    await phone.disconnect()
    const { id: order } = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order, ({ state }) => state === 'pending')
    await hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id: order } }, body: { reason: 'a mistake' } })
    const cancelled = await settledOrder(hub, order)
    expect(cancelled).toMatchObject({ state: 'cancelled', deliveries: [{ state: 'cancelled', detail: 'a mistake' }] })
    await phone.connect()
    expect(await phone.say({ t: 'ping' })).toBeNull()
    expect(phone.received).toEqual([])
  })

  it('has its open deliveries cancelled when it is taken out of service', async () => {
    const { id, phone } = await home()
    await phone.disconnect()
    const order = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order.id, ({ state }) => state === 'pending')
    await hub.api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id: phone.id } } })
    const settled = await settledOrder(hub, order.id)
    expect(settled.state).toBe('cancelled')
    expect(settled.deliveries[0]).toMatchObject({ state: 'cancelled', detail: 'the device was taken out of service' })
  })
  it('for thirty days fails the delivery: nothing is left open for ever', async () => {
    const { id, phone } = await home()
    await phone.disconnect()
    const { id: order } = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order, ({ state }) => state === 'pending')
    clock.advance(30 * 24 * hour)
    const failed = await settledOrder(hub, order)
    expect(failed).toMatchObject({ state: 'failed' })
    expect(failed.deliveries[0]!.detail).toContain('30 days')
  })
})

describe('a device at work', { timeout: patience }, () => {
  it('is told when its order is cancelled, and says whether it was too late', async () => {
    const cancelled = async (then: (phone: WireDevice, offer: Offer) => Promise<unknown>) => {
      const { id, phone } = await home()
      const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
      const offer = await phone.wait('offer', deliveries[0]!.id)
      await phone.say({ t: 'accept', delivery: offer.delivery })
      await untilOrder(hub, order, ({ state }) => state === 'inProgress')
      const cancel = () =>
        hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id: order } }, body: { reason: 'not wanted' } })
      await cancel()
      expect(await phone.wait('cancel', offer.delivery)).toMatchObject({ reason: 'not wanted' })
      expect(await then(phone, offer)).toBeNull()
      const settled = await settledOrder(hub, order)
      await expect(cancel()).rejects.toMatchObject({ status: 409, code: 'order-settled' })
      return settled
    }
    const health = { ok: false, detail: 'cancelled before it was in use' }
    const stopped = { t: 'outcome', result: 'failed', digests: [], health, error: 'cancelled' } as const
    expect(await cancelled((phone, { delivery }) => phone.say({ ...stopped, delivery }))).toMatchObject({
      state: 'cancelled',
      deliveries: [{ state: 'cancelled', detail: 'not wanted' }],
    })
    expect(await cancelled((phone, offer) => phone.prove(offer))).toMatchObject({ state: 'completed' })
  })

  it('whose link has expired asks for a new one and gets the same offer again', async () => {
    const { id, phone } = await home()
    const { deliveries } = await placeOrder(hub, id, 'add', 'guide')
    const first = await phone.wait('offer', deliveries[0]!.id)
    await phone.say({ t: 'accept', delivery: first.delivery })
    clock.advance((first.link.expires + 1) * 1000 - clock.now())
    await expect(phone.manifest(first)).rejects.toThrow('link-expired')
    expect(await phone.say({ t: 'renew', delivery: first.delivery })).toBeNull()
    const second = await until(() => {
      const found = phone.received.find((message) => message.t === 'offer' && message.id !== first.id)
      return found?.t === 'offer' ? found : null
    })
    expect(second).toMatchObject({ delivery: first.delivery, epoch: first.epoch, version: first.version })
    expect(await phone.manifest(second)).toMatchObject({ service: 'guide' })
  })

  it('that says nothing for a day is offered the delivery again, and fails it in the end', async () => {
    const { id, phone } = await home()
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide', { allOrNothing: false })
    const offers = () => phone.received.filter((message) => message.t === 'offer').length
    for (let count = 1; count <= 5; count++) {
      await until(() => offers() === count)
      await phone.say({ t: 'accept', delivery: deliveries[0]!.id })
      await untilOrder(hub, order, ({ state }) => state === 'inProgress')
      clock.advance(24 * hour)
    }
    const failed = await settledOrder(hub, order)
    expect(failed.deliveries[0]).toMatchObject({ state: 'failed', detail: expect.stringContaining('never reported') })
    await phone.wait('cancel', deliveries[0]!.id)
  })

  it('that is busy is asked again after a minute; one that declines for good fails the delivery', async () => {
    const { id, phone } = await home()
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    await phone.wait('offer', deliveries[0]!.id)
    await phone.say({ t: 'decline', delivery: deliveries[0]!.id, reason: 'busy' })
    await untilOrder(hub, order, ({ state }) => state === 'held')
    clock.advance(minute)
    await until(() => phone.received.length === 2)
    await phone.say({ t: 'decline', delivery: deliveries[0]!.id, reason: 'no-space', detail: '3 MB are missing' })
    const failed = await settledOrder(hub, order)
    expect(failed).toMatchObject({ state: 'failed' })
    expect(failed.deliveries[0]!.detail).toBe('declined by the device: no-space 3 MB are missing')
  })

  it('gets an output again that it has not acknowledged, and says everything twice without effect', async () => {
    const { id, phone } = await home()
    phone.acknowledges = false
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    const offer = await phone.wait('offer', deliveries[0]!.id)
    await phone.disconnect()
    phone.acknowledges = true
    phone.received.length = 0
    await phone.connect()
    expect((await phone.wait('offer', deliveries[0]!.id)).id).toBe(offer.id)
    await phone.prove(offer)
    await phone.prove(offer)
    const settled = await settledOrder(hub, order)
    expect(settled).toMatchObject({ state: 'completed', deliveries: [{ proof: { holds: true } }] })
    expect(settled.deliveries).toHaveLength(1)
  })
})
