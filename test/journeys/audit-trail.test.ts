import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService, settledOrder } from './household.ts'

let hub: ComposedHub
let phone: WireDevice | undefined

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'text' } }])
}, patience)

afterAll(async () => {
  await phone?.disconnect()
  await hub?.stop()
}, patience)

const about = async (id: string) =>
  answer(await hub.api.GET('/api/v1/audit', { params: { query: { about: id, limit: 200 } } })).items

it(
  'who, why, what, and proof: an order is followed through the audit to the digests on the device',
  { timeout: patience },
  async () => {
    const household = await createHousehold(hub)
    phone = await WireDevice.start(hub, await createClaim(hub, household))
    const order = await placeOrder(hub, household, 'add', 'guide')
    const delivery = order.deliveries[0]!
    await phone.prove(await phone.wait('offer', delivery.id))
    await settledOrder(hub, order.id)

    const ofOrder = (await about(order.id)).flatMap(({ action, changes }) => [
      action,
      ...changes.map(({ type }) => type),
    ])
    expect(ofOrder[0]).toBe('order.write')
    expect(ofOrder).toEqual(
      expect.arrayContaining(['delivery.pending', 'delivery.outcome', 'delivery.confirmed', 'order.completed']),
    )

    const ofDelivery = await about(delivery.id)
    const told = (type: string) => ofDelivery.flatMap(({ changes }) => changes).find((change) => change.type === type)
    expect(told('policy.decided')?.data).toMatchObject({ verdict: 'now', device: phone.id })
    const manifest = told('output.install')?.data['manifest']
    expect(manifest).toMatch(/^[0-9a-f]{64}$/)
    const proof = ofDelivery.find(({ action }) => action === 'delivery.outcome')
    expect(proof).toMatchObject({ principal: { id: phone.id, kind: 'device' }, verdict: 'allowed' })
    expect(proof?.decision).toMatch(/^dec-/)
    expect(proof?.changes[0]?.data).toMatchObject({
      proven: true,
      manifest,
      digests: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    })
    const types = ofDelivery.flatMap(({ changes }) => changes.map(({ type }) => type))
    expect(types.indexOf('policy.decided')).toBeLessThan(types.indexOf('delivery.proof'))

    // The device's own way: enrolled by a claim, connected.
    await until(async () => {
      const ways = new Set((await about(phone!.id)).map(({ action }) => action))
      return ['device.enrol', 'device.connect', 'file.link'].every((each) => ways.has(each))
    })
  },
)

it('a file link that is none is refused, and recorded', { timeout: patience }, async () => {
  const nobody = await fetch(`${hub.url}/files/${'0'.repeat(64)}/${'0'.repeat(64)}?device=x`)
  expect(nobody.status).toBe(403)
  await until(async () => {
    const { items } = answer(
      await hub.api.GET('/api/v1/audit', { params: { query: { action: 'file.read', limit: 50 } } }),
    )
    return items.some(({ verdict, principal }) => verdict === 'refused' && principal.kind === 'nobody')
  })
})
