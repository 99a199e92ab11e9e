import { answer } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import { describe, expect, it } from 'vitest'
import { uncatalogued } from '../support/catalogued.ts'
import { readPolicyFile } from '../../packages/cli/src/policies/policy-file.ts'
import type { WireDevice } from '../support/wire-device.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  until,
} from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { firings, inForce, off, ordersOf, orNone } from './policies.ts'

/** Policies of which a device, a version or a time of day makes orders. */

const hour = 3_600_000
const { clock, hub, join } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0', '1.1.0'], radio: ['1.0.0'] })

const offerTo = (phone: WireDevice) =>
  until(() => phone.received.find((message): message is Offer => message.t === 'offer'))

describe('a policy', { timeout: patience }, () => {
  it('orders for a device that joins, once, and says what held and for whom', async () => {
    const document = {
      name: 'welcome',
      when: { event: 'device.enrolled' },
      if: 'device.class == "phone" && household.name == "Test"',
      then: [
        { order: { reference: 'welcome {device.id}', items: [{ action: 'add', service: 'guide' }] } },
        { notify: { message: 'A {device.class} has joined {household.name}.' } },
      ],
    }
    await inForce(hub, document)
    const household = await createHousehold(hub)
    const phone = await join(household)
    const [order] = await until(async () => orNone(await ordersOf(hub, household)))
    expect(order).toMatchObject({
      reference: `welcome ${phone.id}`,
      origin: { kind: 'policy', name: 'welcome' },
      items: [{ action: 'add', service: 'guide', version: '1.1.0' }],
    })
    await phone.prove(await offerTo(phone))
    await expect(settledOrder(hub, order!.id)).resolves.toMatchObject({ state: 'completed' })
    const [firing] = await until(async () => orNone(await firings(hub, 'welcome', 'done')))
    expect(firing).toMatchObject({
      household,
      cause: { kind: 'event', what: 'device.enrolled' },
      clauses: [
        { source: 'device.class == "phone"', held: true, detail: 'device.class is "phone"' },
        { source: 'household.name == "Test"', held: true },
      ],
      actions: [
        { kind: 'order', state: 'done', order: order!.id },
        { kind: 'notify', state: 'done', detail: 'A phone has joined Test.' },
      ],
    })
    expect(order!.origin.cause).toBe(firing!.id)
    await off(hub, 'welcome')
    const other = await createHousehold(hub)
    await join(other)
    expect(await ordersOf(hub, other)).toEqual([])
    expect(await ordersOf(hub, household)).toHaveLength(1)
  })

  it('repairs what a device no longer has, as repair-drift.yaml has it', async () => {
    const file = new URL('../../docs/guide/policies/repair-drift.yaml', import.meta.url).pathname
    await inForce(hub, (await readPolicyFile(file)).document)
    const household = await createHousehold(hub)
    const phone = await join(household)
    const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
    await settledOrder(hub, order.id)
    // Something else is new, and nothing of the service is there any more.
    await phone.report({ features: ['new'] })
    const [, repair] = await until(async () => {
      const orders = await ordersOf(hub, household)
      return orders.length === 2 ? orders : null
    })
    expect(repair).toMatchObject({
      reference: `repair of ${phone.id}`,
      origin: { kind: 'policy', name: 'repair-drift' },
      items: [{ action: 'modify', service: 'guide', version: '1.0.0' }],
    })
    const { deliveries } = await readOrder(hub, repair!.id)
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    await expect(settledOrder(hub, repair!.id)).resolves.toMatchObject({ state: 'completed' })
    await off(hub, 'repair-drift')
  })

  it('stops again what is in use although it was suspended, as suspend-drifted.yaml has it; repair-drift lets it be', async () => {
    for (const name of ['suspend-drifted', 'repair-drift-of-others']) {
      const file = name === 'suspend-drifted' ? name : 'repair-drift'
      const path = new URL(`../../docs/guide/policies/${file}.yaml`, import.meta.url).pathname
      await inForce(hub, { ...((await readPolicyFile(path)).document as object), name })
    }
    const household = await createHousehold(hub)
    const phone = await join(household)
    const added = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    const offer = await phone.wait('offer', added.deliveries[0]!.id)
    await phone.prove(offer)
    await settledOrder(hub, added.id)
    const suspended = await placeOrder(hub, household, 'suspend', 'guide')
    await phone.remove(suspended.deliveries[0]!.id)
    await settledOrder(hub, suspended.id)
    const manifest = await phone.manifest(offer)
    const inUse = {
      service: 'guide',
      version: '1.0.0',
      component: manifest.component,
      epoch: 1,
      manifest: offer.manifest.digest,
    }
    await phone.report({ installed: [inUse] })
    const [, , again] = await until(async () => {
      const orders = await ordersOf(hub, household)
      return orders.length === 3 ? orders : null
    })
    expect(again).toMatchObject({
      reference: `stopping guide on ${phone.id}`,
      items: [{ action: 'suspend', service: 'guide', version: '1.0.0' }],
    })
    const { deliveries } = await readOrder(hub, again!.id)
    await phone.remove(deliveries[0]!.id)
    await expect(settledOrder(hub, again!.id)).resolves.toMatchObject({ state: 'completed' })
    const [passed] = await until(async () => orNone(await firings(hub, 'repair-drift-of-others')))
    expect(passed).toMatchObject({ state: 'not-held' })
    for (const name of ['suspend-drifted', 'repair-drift-of-others']) await off(hub, name)
  })

  it('that does not hold says which part did not, and does nothing', async () => {
    const then = [{ order: { items: [{ action: 'add', service: 'guide' }] } }]
    await inForce(hub, {
      name: 'boxes',
      when: { event: 'device.enrolled' },
      if: 'device.reachable == device.reachable && device.class == "set-top-box"',
      then,
    })
    const household = await createHousehold(hub)
    await join(household)
    const [firing] = await until(async () => orNone(await firings(hub, 'boxes')))
    expect(firing).toMatchObject({ state: 'not-held', actions: [] })
    expect(firing!.clauses.map(({ held, detail }) => [held, detail])).toEqual([
      [true, expect.any(String)],
      [false, 'device.class is "phone"'],
    ])
    await off(hub, 'boxes')
  })

  it('whose order cannot be keeps the rejected order and the reasons', async () => {
    await inForce(hub, {
      name: 'hopeless',
      when: { event: 'device.enrolled' },
      then: [{ order: { items: [{ action: 'modify', service: 'radio' }] } }],
    })
    const household = await createHousehold(hub)
    await join(household)
    const [firing] = await until(async () => orNone(await firings(hub, 'hopeless', 'refused')))
    const [order] = await ordersOf(hub, household)
    expect(order).toMatchObject({ state: 'rejected' })
    expect(firing!.actions[0]).toMatchObject({ state: 'refused', order: order!.id })
    await off(hub, 'hopeless')
  })

  it('goes through the subscriptions of a service when a version of it is released', async () => {
    const households = [await createHousehold(hub), await createHousehold(hub)]
    for (const household of households) {
      const phone = await join(household)
      const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
      await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
      await settledOrder(hub, order.id)
    }
    const each = { of: 'subscription', service: '{event.data.service}' }
    const item = { action: 'modify', service: '{subscription.service}', version: '{event.data.version}' }
    const document = {
      name: 'newest',
      when: { event: 'version.released', each },
      if: `subscription.household in ${JSON.stringify(households)} && subscription.version != event.data.version`,
      then: [{ order: { household: '{subscription.household}', items: [item] } }],
    }
    const trial = await inForce(hub, document)
    expect(trial).toMatchObject({ whole: true, held: expect.any(Number), households: 2 })
    await publishTestService(hub, 'guide', '1.2.0', [{ deviceClass: 'phone', files: { a: 'guide 1.2.0' } }])
    for (const household of households) {
      const [, order] = await until(async () => {
        const orders = await ordersOf(hub, household)
        return orders.length === 2 ? orders : null
      })
      expect(order).toMatchObject({
        origin: { kind: 'policy', name: 'newest' },
        items: [{ action: 'modify', version: '1.2.0' }],
      })
    }
    await off(hub, 'newest')
  })

  it('of a group of devices is for those alone, and the group stays as long as the policy is in force', async () => {
    const [inside, outside] = [await createHousehold(hub), await createHousehold(hub)]
    const body = { name: 'those inside', filter: `device.household == "${inside}"` }
    const group = answer(await hub.api.POST('/api/v1/groups', { body }))
    const then = [{ notify: { message: '{device.id}' } }]
    await inForce(hub, { name: 'inside', when: { event: 'device.enrolled' }, then }, { group: group.id })
    await join(outside)
    const phone = await join(inside)
    const found = await until(async () => orNone(await firings(hub, 'inside')))
    expect(found.map(({ subject }) => subject)).toEqual([phone.id])
    const remove = () => hub.api.DELETE('/api/v1/groups/{id}', { params: { path: { id: group.id } } })
    await expect(remove()).rejects.toMatchObject({ code: 'group-in-use', message: expect.stringContaining('inside') })
    await off(hub, 'inside')
    await remove()
  })

  it('is due on each device when its clock shows the time, wherever it is', async () => {
    const household = await createHousehold(hub, 'UTC')
    const tokyo = await join(household, { tz: 'Asia/Tokyo' })
    const lisbon = await join(household, { tz: 'Europe/Lisbon' })
    // Until it is 03:00 in Tokyo, then in Lisbon.
    const zones = { [tokyo.id]: 18, [lisbon.id]: 3 }
    await inForce(hub, {
      name: 'nightly',
      when: { localTime: '03:00' },
      if: `device.household == "${household}"`,
      then: [{ notify: { message: '{device.id} at {schedule.due}' } }],
    })
    clock.advance(24 * hour)
    const fired = await until(async () => {
      const found = await firings(hub, 'nightly', 'done')
      return found.length === 2 ? found : null
    })
    for (const { subject, actions } of fired)
      expect(new Date(actions[0]!.detail.split(' at ')[1]!).getUTCHours()).toBe(zones[subject])
    await off(hub, 'nightly')
  })
})

it('what was told is as the catalogue of events says', async () => {
  expect(await uncatalogued(hub.database)).toEqual([])
})
