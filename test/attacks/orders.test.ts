import { ApiError, answer, createClient } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
} from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { WireDevice } from '../support/wire-device.ts'

let hub: ComposedHub
let household: string
let phone: WireDevice
let other: WireDevice

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  household = await createHousehold(hub)
  phone = await WireDevice.start(hub, await createClaim(hub, household))
  other = await WireDevice.start(hub, await createClaim(hub, await createHousehold(hub)))
  for (const service of ['guide', 'news'])
    await publishTestService(hub, service, '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
  await publishTestService(hub, 'tuner', '1.0.0', [{ deviceClass: 'set-top-box', files: { a: '1' } }])
}, patience)

afterAll(async () => {
  await phone?.disconnect()
  await other?.disconnect()
  await hub?.stop()
}, patience)

async function refused(body: unknown): Promise<ApiError> {
  const answered = hub.api.POST('/api/v1/orders', { body: body as never })
  const error = await answered.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ApiError) return error
  throw error ?? new Error('the order was taken')
}

/** Everything that an order writes. */
async function rows(): Promise<number[]> {
  const [counts] = await hub.database.sql<
    { orders: number; items: number; deliveries: number; subscriptions: number }[]
  >`
    select (select count(*)::int from order_order) as orders, (select count(*)::int from order_item) as items,
      (select count(*)::int from order_delivery) as deliveries, (select count(*)::int from order_subscription) as subscriptions`
  return Object.values(counts!)
}

const add = (service: string, more: object = {}) => ({ action: 'add', service, ...more })

describe('an order that cannot be is refused as a whole, at the place that is wrong,', { timeout: patience }, () => {
  it.each<[string, () => unknown, number, string, string]>([
    [
      'an unknown household',
      () => ({ household: 'hh-none', items: [add('guide')] }),
      422,
      'unknown-household',
      '/household',
    ],
    [
      'an unknown service',
      () => ({ household, items: [add('guide'), add('gide')] }),
      422,
      'unknown-service',
      '/items/1/service',
    ],
    [
      'an unknown version',
      () => ({ household, items: [add('guide', { version: '9.0.0' })] }),
      422,
      'unknown-version',
      '/items/0/version',
    ],
    [
      'a version that is none',
      () => ({ household, items: [add('guide', { version: '../1' })] }),
      422,
      'unknown-version',
      '/items/0/version',
    ],
    [
      'an unknown device',
      () => ({ household, items: [add('guide', { devices: [phone.id, 'dev-none'] })] }),
      422,
      'unknown-device',
      '/items/0/devices/1',
    ],
    [
      'a device of another household',
      () => ({ household, items: [add('guide', { devices: [other.id] })] }),
      422,
      'unknown-device',
      '/items/0/devices/0',
    ],
    [
      'a device that no component fits',
      () => ({ household, items: [add('tuner', { devices: [phone.id] })] }),
      422,
      'no-component-fits',
      '/items/0/devices',
    ],
    [
      'a household whose devices no component fits',
      () => ({ household, items: [add('news'), add('tuner')] }),
      422,
      'no-component-fits',
      '/items/1/devices',
    ],
    [
      'the same service twice',
      () => ({ household, items: [add('guide'), add('guide')] }),
      422,
      'service-twice',
      '/items/1/service',
    ],
    [
      'modify without a subscription',
      () => ({ household, items: [{ action: 'modify', service: 'news' }] }),
      409,
      'no-subscription',
      '/items/0/action',
    ],
    [
      'remove without a subscription',
      () => ({ household, items: [{ action: 'remove', service: 'news' }] }),
      409,
      'no-subscription',
      '/items/0/action',
    ],
    ['no items', () => ({ household, items: [] }), 400, 'invalid-request', '/items'],
    [
      'an unknown action',
      () => ({ household, items: [{ action: 'explode', service: 'guide' }] }),
      400,
      'invalid-request',
      '/items/0/action',
    ],
    [
      'an unknown key',
      () => ({ household, items: [add('guide', { versoin: '1.0.0' })] }),
      400,
      'invalid-request',
      '/items/0/versoin',
    ],
    [
      'a NUL character',
      () => ({ household, reference: 'a\0b', items: [add('guide')] }),
      400,
      'invalid-request',
      '/reference',
    ],
    [
      'half of a surrogate pair',
      () => ({ household, reference: '\uD800', items: [add('guide')] }),
      400,
      'invalid-request',
      '/reference',
    ],
    ['a number for a text', () => ({ household: 7, items: [add('guide')] }), 400, 'invalid-request', '/household'],
    ['no object at all', () => [], 400, 'invalid-request', ''],
  ])('%s', async (_what, body, status, code, pointer) => {
    const before = await rows()
    const error = await refused(body())
    expect(error).toMatchObject({ status, code })
    expect(error.places.map((place) => place.pointer)).toContain(pointer)
    expect(error.remedy).not.toBe('')
    expect(await rows()).toEqual(before)
  })

  it('a second `add`, also when both come at the same moment', async () => {
    const home = await createHousehold(hub)
    const device = await WireDevice.start(hub, await createClaim(hub, home))
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => placeOrder(hub, home, 'add', 'guide')))
    const taken = attempts.filter((attempt) => attempt.status === 'fulfilled')
    const reasons = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as ApiError] : []))
    expect(taken).toHaveLength(1)
    for (const reason of reasons) expect(reason).toMatchObject({ status: 409, code: 'subscription-exists' })
    const order = taken[0]!.value
    await device.prove(await device.wait('offer', order.deliveries[0]!.id))
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
    await expect(placeOrder(hub, home, 'add', 'guide')).rejects.toMatchObject({ code: 'subscription-exists' })
    await device.disconnect()
  })

  it('the highest priority of anybody who is no operator, for it goes through quiet hours', async () => {
    const home = await createHousehold(hub)
    const device = await WireDevice.start(hub, await createClaim(hub, home))
    const [name, password] = ['hasty', 'a long enough password']
    const account = { name, password, roles: ['subscriber' as const, 'sponsor' as const], households: [home] }
    await hub.api.POST('/api/v1/accounts', { body: account })
    const hasty = createClient({ hub: hub.url })
    const { token } = answer(await hasty.POST('/api/v1/sessions', { body: { name, password } }))
    const person = createClient({ hub: hub.url, token })
    const body = { household: home, items: [{ action: 'add' as const, service: 'guide' }] }
    const before = await rows()
    await expect(person.POST('/api/v1/orders', { body: { ...body, priority: 0 } })).rejects.toMatchObject({
      status: 403,
      code: 'priority-not-allowed',
      places: [{ pointer: '/priority' }],
    })
    expect(await rows()).toEqual(before)
    expect(answer(await person.POST('/api/v1/orders', { body: { ...body, priority: 1 } }))).toMatchObject({
      priority: 1,
    })
    const urgent = { household: home, items: [{ action: 'add' as const, service: 'news' }], priority: 0 }
    expect(answer(await hub.api.POST('/api/v1/orders', { body: urgent }))).toMatchObject({ priority: 0 })
    await device.disconnect()
  })

  it('a version that was retired', async () => {
    const path = { service: 'guide', version: '2.0.0' }
    await publishTestService(hub, 'guide', path.version, [{ deviceClass: 'phone', files: { a: '3' } }])
    for (const state of ['deprecated', 'retired'] as const)
      await hub.api.POST('/api/v1/services/{service}/versions/{version}/state', { params: { path }, body: { state } })
    const error = await refused({ household, items: [add('guide', { version: path.version })] })
    expect(error).toMatchObject({ status: 422, code: 'unknown-version' })
  })
})
