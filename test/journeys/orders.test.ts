import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  publishTestService,
  readOrder,
  settledOrder,
  untilOrder,
  type Order,
} from './household.ts'

/** Orders from the request to their outcome, with devices that say what the test wants. */

const clock = manualClock(Date.UTC(2026, 0, 15, 12))
const ticking = setInterval(() => clock.advance(10), 10)
let hub: ComposedHub
const devices: WireDevice[] = []

beforeAll(async () => {
  hub = await composeHub({ clock })
  for (const service of ['guide', 'news', 'tips'])
    for (const version of ['1.0.0', '2.0.0'])
      await publishTestService(hub, service, version, [{ deviceClass: 'phone', files: { a: service + version } }])
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  for (const device of devices) await device.disconnect()
  await hub?.stop()
}, patience)

/** A household with phones. */
async function home(count = 1): Promise<{ id: string; phones: WireDevice[] }> {
  const id = await createHousehold(hub)
  const claim = await createClaim(hub, id, count)
  const phones: WireDevice[] = []
  for (let n = 0; n < count; n++) phones.push(await WireDevice.start(hub, claim, { now: () => clock.now() }))
  devices.push(...phones)
  return { id, phones }
}

/** Answers what the hub sends, as a device would, until the order is settled; services in `failing` fail their health check. */
async function obey(phones: readonly WireDevice[], order: string, failing: readonly string[] = []): Promise<Order> {
  const done = new Set<string>()
  return until(
    async () => {
      for (const phone of phones)
        for (const message of phone.received) {
          if ((message.t !== 'offer' && message.t !== 'remove') || done.has(message.delivery)) continue
          done.add(message.delivery)
          if (message.t === 'remove') await removed(phone, message.delivery)
          else if (failing.includes(message.service)) await fail(phone, message.delivery)
          else await phone.prove(message)
        }
      const now = await readOrder(hub, order)
      return ['completed', 'failed', 'partial', 'cancelled', 'rejected'].includes(now.state) ? now : null
    },
    { deadline: patience, what: `order ${order} is settled` },
  )
}

async function fail(phone: WireDevice, delivery: string): Promise<void> {
  await phone.say({ t: 'accept', delivery })
  const health = { ok: false, detail: 'no picture' }
  await phone.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
}

async function removed(phone: WireDevice, delivery: string): Promise<void> {
  await phone.say({ t: 'accept', delivery })
  await phone.say({ t: 'outcome', delivery, result: 'removed', digests: [], health: { ok: true } })
}

/** @returns the order as it was answered */
async function order(household: string, items: readonly object[], more: object = {}): Promise<Order> {
  return answer(await hub.api.POST('/api/v1/orders', { body: { household, items, ...more } as never }))
}

async function cancel(id: string, reason = 'not wanted'): Promise<Order> {
  return answer(await hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id } }, body: { reason } }))
}

/** What a household keeps to, by service. */
async function pinsOf(household: string): Promise<Record<string, string | null>> {
  const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household } } }))
  const living = items.filter(({ state }) => state !== 'ended')
  return Object.fromEntries(living.map(({ service, pinned, channel }) => [service, pinned ?? channel]))
}

async function servicesOf(household: string): Promise<string[]> {
  const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household } } }))
  return items
    .filter(({ state }) => state !== 'ended')
    .map(({ service, version, state }) => `${service} ${version} ${state}`)
}

/** States of an order as they were told, in their order. */
async function told(id: string, type: RegExp = /^order\./): Promise<string[]> {
  const rows = await hub.database.sql<{ type: string }[]>`
    select type from platform_event where subject = ${id} order by id`
  return rows.map((row) => row.type).filter((each) => type.test(each) && each !== 'order.milestone')
}

describe('items of an order', { timeout: patience }, () => {
  it('begin when what they wait for is completed', async () => {
    const { id, phones } = await home()
    const made = await order(id, [
      { action: 'add', service: 'news', after: [1] },
      { action: 'add', service: 'guide' },
    ])
    const [news, guide] = made.deliveries.toSorted((a, b) => (a.service > b.service ? -1 : 1))
    const offer = await phones[0]!.wait('offer', guide!.id)
    expect(phones[0]!.received).toHaveLength(1)
    await phones[0]!.prove(offer)
    await phones[0]!.prove(await phones[0]!.wait('offer', news!.id))
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(id)).toEqual(['news 2.0.0 active', 'guide 2.0.0 active'])
  })

  it('that wait for one that fails are never begun, where the order is not all or nothing', async () => {
    const { id, phones } = await home()
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ]
    const { id: made } = await order(id, items, { allOrNothing: false })
    const settled = await obey(phones, made, ['guide'])
    expect(settled).toMatchObject({
      state: 'failed',
      items: [{ state: 'failed' }, { state: 'cancelled', detail: 'not begun: add guide came first and is failed' }],
    })
    expect(await servicesOf(id)).toEqual(['guide 2.0.0 degraded'])
  })

  it('are refused when they wait for one another', async () => {
    const { id } = await home()
    const items = [
      { action: 'add', service: 'guide', after: [1] },
      { action: 'add', service: 'news', after: [0] },
    ]
    await expect(order(id, items)).rejects.toMatchObject({ status: 422, code: 'circular-items' })
  })
})

describe('an order that is all or nothing', { timeout: patience }, () => {
  it('leaves nothing when a device fails: what it had added goes, what it had changed goes back', async () => {
    const { id, phones } = await home(2)
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const made = await order(id, [
      { action: 'modify', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ])
    const settled = await obey(phones, made.id, ['news'])
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'cancelled' }, { state: 'failed' }] })
    expect(settled.detail).toContain('no picture')
    expect(await servicesOf(id)).toEqual(['guide 1.0.0 active'])
    const last = settled.deliveries.filter(({ purpose, service }) => purpose === 'restore' && service === 'guide')
    expect(last).toMatchObject([
      { version: '1.0.0', state: 'confirmed' },
      { version: '1.0.0', state: 'confirmed' },
    ])
    const states = await told(made.id)
    expect([states[0], ...new Set(states.slice(1, -1)), states.at(-1)]).toEqual([
      'order.acknowledged',
      'order.pending',
      'order.inProgress',
      'order.failed',
    ])
  })

  it('begins a service again that it had removed, when a later removal fails', async () => {
    const { id, phones } = await home()
    const both = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news' },
    ]
    await obey(phones, (await order(id, both)).id)
    const made = await order(id, [
      { action: 'remove', service: 'guide' },
      { action: 'remove', service: 'news', after: [0] },
    ])
    const [guide, news] = made.deliveries
    await phones[0]!.wait('remove', guide!.id)
    await removed(phones[0]!, guide!.id)
    await phones[0]!.wait('remove', news!.id)
    await fail(phones[0]!, news!.id)
    const settled = await obey(phones, made.id)
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'cancelled' }, { state: 'failed' }] })
    expect((await servicesOf(id)).toSorted()).toEqual(['guide 2.0.0 active', 'news 2.0.0 active'])
  })

  it('puts a service that was suspended back as it was, when its removal is undone', async () => {
    const { id, phones } = await home()
    const both = [
      { action: 'add', service: 'guide', version: '1.0.0' },
      { action: 'add', service: 'news' },
    ]
    await obey(phones, (await order(id, both)).id)
    await obey(phones, (await order(id, [{ action: 'suspend', service: 'guide' }])).id)
    const made = await order(id, [
      { action: 'remove', service: 'guide' },
      { action: 'remove', service: 'news', after: [0] },
    ])
    const [guide, news] = made.deliveries
    await phones[0]!.wait('remove', guide!.id)
    await removed(phones[0]!, guide!.id)
    await phones[0]!.wait('remove', news!.id)
    await fail(phones[0]!, news!.id)
    const settled = await obey(phones, made.id)
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'cancelled' }, { state: 'failed' }] })
    const back = settled.deliveries.filter(({ purpose, service }) => purpose === 'restore' && service === 'guide')
    expect(back.map(({ kind, version, state }) => `${kind} ${version} ${state}`)).toEqual([
      'install 1.0.0 confirmed',
      'suspend 1.0.0 confirmed',
    ])
    expect((await servicesOf(id)).toSorted()).toEqual(['guide 1.0.0 suspended', 'news 2.0.0 active'])
    const resumed = await obey(phones, (await order(id, [{ action: 'resume', service: 'guide' }])).id)
    expect(resumed).toMatchObject({ state: 'completed', deliveries: [{ kind: 'install', version: '1.0.0' }] })
    expect((await servicesOf(id)).toSorted()).toEqual(['guide 1.0.0 active', 'news 2.0.0 active'])
  })
})

describe('what a household keeps to', { timeout: patience }, () => {
  it('goes back with an order that is taken back, and with a removal that is', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const failing = await order(id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    expect(await pinsOf(id)).toEqual({ guide: '2.0.0' })
    await obey(phones, failing.id, ['guide'])
    expect([await servicesOf(id), await pinsOf(id)]).toEqual([['guide 1.0.0 active'], { guide: '1.0.0' }])
  })

  it('goes back to what was before both, when an order that has taken the place of another is cancelled', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    await phones[0]!.disconnect()
    const first = await order(id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    const second = await order(id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    expect(await settledOrder(hub, first.id)).toMatchObject({ state: 'cancelled' })
    await cancel(second.id)
    await settledOrder(hub, second.id)
    expect(await pinsOf(id)).toEqual({ guide: '1.0.0' })
  })

  it('is a channel, too, until another is named or the household chooses again', async () => {
    await publishTestService(hub, 'scores', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'scores', channel: 'beta' }])).id)
    expect(await pinsOf(id)).toEqual({ scores: 'beta' })
    const beta = { channel: 'beta' } as const
    await publishTestService(hub, 'scores', '2.0.0', [{ deviceClass: 'phone', files: { a: '2' } }], beta)
    await obey(phones, (await order(id, [{ action: 'modify', service: 'scores' }])).id)
    expect(await servicesOf(id)).toEqual(['scores 2.0.0 active'])
    const again = await order(id, [{ action: 'modify', service: 'scores', channel: null }])
    // What is installed may stay, whatever its channel.
    expect(again.items).toMatchObject([{ version: '2.0.0' }])
    await obey(phones, again.id)
    expect(await pinsOf(id)).toEqual({ scores: null })
    await publishTestService(hub, 'scores', '3.0.0', [{ deviceClass: 'phone', files: { a: '3' } }], beta)
    expect((await order(id, [{ action: 'modify', service: 'scores' }])).items).toMatchObject([{ version: '2.0.0' }])
  })
})

describe('cancelling', { timeout: patience }, () => {
  it('takes back what was carried out, withdraws what is open, and drops what has not begun', async () => {
    const { id, phones } = await home()
    const made = await order(id, [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ])
    const [guide, news] = made.deliveries
    await phones[0]!.prove(await phones[0]!.wait('offer', guide!.id))
    await phones[0]!.wait('offer', news!.id)
    expect((await cancel(made.id)).state).toMatch(/Cancellation|cancelled/)
    // Before the device, which has the offer, answers it.
    await untilOrder(hub, made.id, ({ deliveries }) =>
      deliveries.some((each) => each.id === news!.id && each.state === 'cancelled'),
    )
    const settled = await obey(phones, made.id)
    expect(settled).toMatchObject({ state: 'cancelled', detail: 'not wanted' })
    expect(await servicesOf(id)).toEqual([])
    expect((await told(made.id)).slice(-3)).toEqual([
      'order.assessingCancellation',
      'order.pendingCancellation',
      'order.cancelled',
    ])
  })

  it('is too late when all that is open is being installed: the order goes on', async () => {
    const { id, phones } = await home()
    const made = await order(id, [{ action: 'add', service: 'guide' }])
    const offer = await phones[0]!.wait('offer', made.deliveries[0]!.id)
    await phones[0]!.prove(offer, async () => {
      await phones[0]!.say({ t: 'progress', delivery: offer.delivery, stage: 'installing', done: 0, total: 1 })
      await cancel(made.id)
      await untilOrder(hub, made.id, ({ state, detail }) => state === 'inProgress' && detail !== '')
    })
    const settled = await settledOrder(hub, made.id)
    expect(settled).toMatchObject({ state: 'completed', detail: expect.stringContaining('nothing is left to prevent') })
  })
})

describe('an order that is to begin later', { timeout: patience }, () => {
  const inAnHour = () => new Date(clock.now() + 3_600_000).toISOString()

  it('waits for its start, and is decided on again when that has come', async () => {
    const { id, phones } = await home()
    const made = await order(id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    expect(made).toMatchObject({ state: 'acknowledged', deliveries: [] })
    const late = await WireDevice.start(hub, await createClaim(hub, id), { now: () => clock.now() })
    devices.push(late)
    clock.advance(3_600_000)
    const settled = await obey([...phones, late], made.id)
    expect(settled).toMatchObject({ state: 'completed', items: [{ id: made.items[0]!.id }] })
    expect(settled.deliveries).toHaveLength(2)
    expect(settled.milestones.map(({ name }) => name)).toEqual([
      'acknowledged',
      'begun',
      'firstDeviceConfirmed',
      'allDevicesConfirmed',
    ])
  })

  it('is rejected, with the reason, when it cannot be any more', async () => {
    const { id, phones } = await home()
    const later = await order(id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide' }])).id)
    clock.advance(3_600_000)
    const settled = await obey(phones, later.id)
    expect(settled).toMatchObject({ state: 'rejected', items: [{ state: 'rejected' }] })
    expect(settled.items[0]!.detail).toContain('already has it')
  })

  it('can be cancelled before', async () => {
    const { id } = await home()
    const made = await order(id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    await cancel(made.id)
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'cancelled', detail: 'not wanted' })
    expect(await servicesOf(id)).toEqual([])
  })
})

describe('an order that takes long', { timeout: patience }, () => {
  it('is in jeopardy, amber and then red, and says which device keeps it', async () => {
    const { id, phones } = await home()
    const reachable = async () =>
      answer(await hub.api.GET('/api/v1/devices', { params: { query: { household: id } } })).items[0]!.reachable
    await until(reachable)
    await phones[0]!.disconnect()
    await until(async () => !(await reachable()))
    const requestedCompletion = new Date(clock.now() + 8 * 3_600_000).toISOString()
    const made = await order(id, [{ action: 'add', service: 'guide' }], { requestedCompletion })
    await untilOrder(hub, made.id, ({ state }) => state === 'pending')
    for (const [hours, level] of [
      [6.5, 'amber'],
      [2, 'red'],
    ] as const) {
      clock.advance(hours * 3_600_000)
      const found = await untilOrder(hub, made.id, ({ jeopardy }) => jeopardy?.level === level)
      expect(found.jeopardy!.cause).toMatch(/has been unreachable for \d+ h$/)
    }
    expect((await told(made.id)).filter((type) => type === 'order.jeopardy')).toHaveLength(2)
    await phones[0]!.connect()
    expect(await obey(phones, made.id)).toMatchObject({ state: 'completed', jeopardy: null })
  })

  it('puts back a device that took it and fell silent, too: it may have carried it out', async () => {
    const { id, phones } = await home(2)
    const [silent, other] = phones
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const made = await order(id, [{ action: 'modify', service: 'guide' }])
    const [its, others] = [silent, other].map((phone) => made.deliveries.find(({ device }) => device === phone!.id)!.id)
    await other!.prove(await other!.wait('offer', others!))
    const offers = () => silent!.received.filter((message) => message.t === 'offer' && message.delivery === its)
    for (let times = 1; times <= 5; times++) {
      await until(() => offers().length === times, { deadline: patience })
      await silent!.say({ t: 'accept', delivery: its! })
      await untilOrder(hub, made.id, (now) =>
        now.deliveries.some((each) => each.id === its && each.state === 'accepted'),
      )
      clock.advance(86_400_000)
    }
    const settled = await obey(phones, made.id)
    expect(settled.deliveries.find((each) => each.id === its)!.detail).toContain('never reported an outcome')
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'failed' }] })
    const back = settled.deliveries.filter(({ purpose }) => purpose === 'restore').toSorted((a, b) => a.turn - b.turn)
    expect(back).toMatchObject([
      { device: other!.id, version: '1.0.0', state: 'confirmed' },
      { device: silent!.id, version: '1.0.0', state: 'confirmed' },
    ])
    expect(await servicesOf(id)).toEqual(['guide 1.0.0 active'])
  })

  it('does not stay in progress for ever', async () => {
    const { id, phones } = await home()
    await phones[0]!.disconnect()
    const made = await order(id, [{ action: 'add', service: 'guide' }])
    await untilOrder(hub, made.id, ({ state }) => state === 'pending')
    clock.advance(31 * 86_400_000)
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'failed' })
  })
})

describe('a subscription', { timeout: patience }, () => {
  const refusal = async (household: string, action: string) =>
    order(household, [{ action, service: 'guide' }]).then(
      () => null,
      (error: { code: string }) => error.code,
    )

  it('that is suspended is resumed or removed, and nothing else', async () => {
    const { id, phones } = await home()
    expect(await refusal(id, 'suspend')).toBe('no-subscription')
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide' }])).id)
    expect(await refusal(id, 'resume')).toBe('not-suspended')
    await phones[0]!.disconnect()
    const { id: suspension, deliveries } = await order(id, [{ action: 'suspend', service: 'guide' }])
    expect(deliveries).toMatchObject([{ kind: 'suspend' }])
    for (const action of ['modify', 'suspend', 'move'])
      expect([action, await refusal(id, action)]).toEqual([
        action,
        action === 'move' ? 'invalid-request' : 'subscription-suspended',
      ])
    await cancel(suspension)
    expect(await settledOrder(hub, suspension)).toMatchObject({ state: 'cancelled' })
    expect(await refusal(id, 'resume')).toBe('not-suspended')
  })

  it('that is removed is gone: what comes after is told so', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide' }])).id)
    const removal = await order(id, [{ action: 'remove', service: 'guide' }])
    expect(await refusal(id, 'suspend')).toBe('subscription-removing')
    await obey(phones, removal.id)
    expect(await refusal(id, 'modify')).toBe('subscription-ended')
    expect(await refusal(id, 'add')).toBeNull()
  })

  it('moves to another household: its devices get it, then those of the old one lose it', async () => {
    const [from, to] = [await home(), await home()]
    await obey(from.phones, (await order(from.id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const move = await order(from.id, [{ action: 'move', service: 'guide', to: to.id }])
    expect(await refusal(to.id, 'modify')).toBe('subscription-moving')
    const [install, removal] = move.deliveries
    const offer = await to.phones[0]!.wait('offer', install!.id)
    expect(from.phones[0]!.received.some(({ t }) => t === 'remove')).toBe(false)
    await to.phones[0]!.prove(offer)
    await from.phones[0]!.wait('remove', removal!.id)
    await removed(from.phones[0]!, removal!.id)
    expect(await settledOrder(hub, move.id)).toMatchObject({ state: 'completed' })
    expect([await servicesOf(from.id), await servicesOf(to.id)]).toEqual([[], ['guide 1.0.0 active']])
    expect(await refusal(from.id, 'remove')).toBe('subscription-moved')
  })

  it('stays where it is when the move fails', async () => {
    const [from, to] = [await home(), await home()]
    await obey(from.phones, (await order(from.id, [{ action: 'add', service: 'guide' }])).id)
    const move = await order(from.id, [{ action: 'move', service: 'guide', to: to.id }])
    expect(await obey(to.phones, move.id, ['guide'])).toMatchObject({ state: 'failed' })
    expect([await servicesOf(from.id), await servicesOf(to.id)]).toEqual([['guide 2.0.0 active'], []])
  })

  it('of which two contradictory orders come at once has one outcome: the one that came last', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const [first, second] = await Promise.all([
      order(id, [{ action: 'modify', service: 'guide' }]),
      order(id, [{ action: 'remove', service: 'guide' }]),
    ])
    const settled = [await obey(phones, first.id), await obey(phones, second.id)]
    const last = settled.find(({ state }) => state === 'completed')!
    const other = settled.find((each) => each !== last)
    expect(other).toMatchObject({
      state: 'cancelled',
      detail: expect.stringContaining(`superseded by order ${last.id}`),
    })
    expect(await servicesOf(id)).toEqual(last.id === second.id ? [] : ['guide 2.0.0 active'])
  })
})

describe('a failed item', { timeout: patience }, () => {
  const retry = async (id: string, item: string) =>
    answer(await hub.api.POST('/api/v1/orders/{id}/items/{item}/retry', { params: { path: { id, item } } }))

  it('is tried again on the devices that did not get it', async () => {
    const { id, phones } = await home(2)
    const made = await order(id, [{ action: 'add', service: 'guide' }], { allOrNothing: false })
    const [one, other] = made.deliveries.map(
      (each) => [phones.find((phone) => phone.id === each.device)!, each.id] as const,
    )
    await one![0].prove(await one![0].wait('offer', one![1]))
    await fail(other![0], (await other![0].wait('offer', other![1])).delivery)
    const settled = await settledOrder(hub, made.id)
    expect(settled).toMatchObject({ state: 'partial', items: [{ state: 'partial' }] })
    const again = await retry(made.id, made.items[0]!.id)
    expect(again).toMatchObject({ state: 'pending', items: [{ attempts: 2 }] })
    const fresh = again.deliveries.at(-1)!
    expect(fresh.device).toBe(other![0].id)
    await other![0].prove(await other![0].wait('offer', fresh.id))
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(id)).toEqual(['guide 2.0.0 active'])
    await expect(retry(made.id, made.items[0]!.id)).rejects.toMatchObject({ status: 409, code: 'item-not-failed' })
  })

  it('brings back what was never begun because it had failed', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'tips', version: '1.0.0' }])).id)
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
      { action: 'modify', service: 'tips', version: '2.0.0', after: [1] },
    ]
    const made = await order(id, items, { allOrNothing: false })
    const failed = await obey(phones, made.id, ['guide'])
    expect(failed.items.map(({ state }) => state)).toEqual(['failed', 'cancelled', 'cancelled'])
    expect(await pinsOf(id)).toMatchObject({ tips: '1.0.0' })
    const again = await retry(made.id, made.items[0]!.id)
    expect(again.items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      expect.stringMatching(/^(pending|inProgress) 2$/),
      'acknowledged 0',
      'acknowledged 0',
    ])
    const settled = await obey(phones, made.id)
    expect(settled).toMatchObject({ state: 'completed', detail: '' })
    expect(settled.items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      'completed 2',
      'completed 1',
      'completed 1',
    ])
    expect((await servicesOf(id)).toSorted()).toEqual(['guide 2.0.0 active', 'news 2.0.0 active', 'tips 2.0.0 active'])
    expect(await pinsOf(id)).toMatchObject({ tips: '2.0.0' })
  })

  it('leaves dropped what a newer order has seen to', async () => {
    const { id, phones } = await home()
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ]
    const made = await order(id, items, { allOrNothing: false })
    await obey(phones, made.id, ['guide'])
    await obey(phones, (await order(id, [{ action: 'add', service: 'news', version: '1.0.0' }])).id)
    await retry(made.id, made.items[0]!.id)
    const settled = await obey(phones, made.id)
    expect(settled.items.map(({ state }) => state)).toEqual(['completed', 'cancelled'])
    expect((await servicesOf(id)).toSorted()).toEqual(['guide 2.0.0 active', 'news 1.0.0 active'])
  })

  it('of an order that was put back is ordered again instead', async () => {
    const { id, phones } = await home()
    const made = await order(id, [{ action: 'add', service: 'guide' }])
    await obey(phones, made.id, ['guide'])
    await expect(retry(made.id, made.items[0]!.id)).rejects.toMatchObject({ status: 409, code: 'order-undone' })
  })
})

describe('what services need of one another', { timeout: patience }, () => {
  const relations = (kind: 'requires' | 'conflicts' | 'replaces' | 'recommends', service: string, range: string) => ({
    relations: [{ kind, service, range }],
  })
  const component = [{ deviceClass: 'phone' as const, files: { a: 'x' } }]

  beforeAll(async () => {
    await publishTestService(hub, 'base', '1.0.0', component)
    await publishTestService(hub, 'base', '2.0.0', component)
    await publishTestService(hub, 'app', '1.0.0', component, relations('requires', 'base', '^1.0.0'))
    await publishTestService(hub, 'app', '2.0.0', component, relations('requires', 'base', '^2.0.0'))
    await publishTestService(hub, 'rival', '1.0.0', component, relations('conflicts', 'base', '*'))
    await publishTestService(hub, 'suite', '1.0.0', component, relations('recommends', 'base', '^1.0.0'))
    await publishTestService(hub, 'heir', '1.0.0', component, relations('replaces', 'app', '*'))
  }, patience)

  it('comes with the order, first, and says why; goes with it when nothing needs it any more', async () => {
    const { id, phones } = await home()
    const made = await order(id, [{ action: 'add', service: 'app', version: '1.0.0' }])
    expect(made.items).toMatchObject([
      { service: 'app', version: '1.0.0', origin: 'wished', after: [1] },
      { service: 'base', version: '1.0.0', origin: 'required', because: 'app requires it' },
    ])
    expect(await obey(phones, made.id)).toMatchObject({ state: 'completed' })
    const upgrade = await order(id, [{ action: 'modify', service: 'app' }])
    expect(upgrade.items).toMatchObject([
      { service: 'app', version: '2.0.0', after: [1] },
      { service: 'base', version: '2.0.0', action: 'modify', origin: 'required' },
    ])
    await obey(phones, upgrade.id)
    const removal = await order(id, [{ action: 'remove', service: 'app' }])
    expect(removal.items).toMatchObject([
      { service: 'app', action: 'remove' },
      { service: 'base', action: 'remove', origin: 'unneeded', after: [0] },
    ])
    expect(await obey(phones, removal.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(id)).toEqual([])
  })

  it('comes also where it is only recommended, if the order says so', async () => {
    const { id, phones } = await home()
    const plain = await order(id, [{ action: 'add', service: 'suite' }])
    expect(plain.items).toMatchObject([{ service: 'suite' }])
    await obey(phones, plain.id)
    await obey(phones, (await order(id, [{ action: 'remove', service: 'suite' }])).id)
    const more = await order(id, [{ action: 'add', service: 'suite' }], { withRecommended: true })
    expect(more.items).toMatchObject([
      { service: 'suite', origin: 'wished' },
      { service: 'base', version: '1.0.0', action: 'add', origin: 'recommended', because: 'suite recommends it' },
    ])
    expect(await obey(phones, more.id)).toMatchObject({ state: 'completed' })
    expect((await servicesOf(id)).toSorted()).toEqual(['base 1.0.0 active', 'suite 1.0.0 active'])
  })

  it('does not move what is pinned: the order is refused and names the pin', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'base', version: '1.0.0' }])).id)
    expect(await pinsOf(id)).toEqual({ base: '1.0.0' })
    await expect(order(id, [{ action: 'add', service: 'app', version: '2.0.0' }])).rejects.toMatchObject({
      code: 'relation-broken',
      message: expect.stringContaining('base is pinned to 1.0.0'),
    })
    const older = await order(id, [{ action: 'add', service: 'app' }])
    expect(older.items).toMatchObject([{ service: 'app', version: '1.0.0' }])
    expect(older.items[0]!.reasons.join()).toContain('base is pinned to 1.0.0')
    await obey(phones, older.id)
    const body = { household: id, add: [{ service: 'app', version: '2.0.0' }] }
    const looked = answer(await hub.api.POST('/api/v1/resolutions', { body: body as never }))
    expect(looked.reasons.map(({ sentence }) => sentence)).toContain('base is pinned to 1.0.0')
    const both = await order(id, [
      { action: 'modify', service: 'app' },
      { action: 'modify', service: 'base' },
    ])
    await obey(phones, both.id)
    expect((await servicesOf(id)).toSorted()).toEqual(['app 2.0.0 active', 'base 2.0.0 active'])
    expect(await pinsOf(id)).toEqual({ app: null, base: null })
  })

  it('is not taken from under what needs it', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'base' }])).id)
    await obey(phones, (await order(id, [{ action: 'add', service: 'app' }])).id)
    await expect(order(id, [{ action: 'remove', service: 'base' }])).rejects.toMatchObject({
      status: 422,
      code: 'relation-broken',
      places: [{ pointer: '/items/0/service', detail: expect.stringContaining('requires base') }],
    })
  })

  it('is refused with the reasons when it cannot be', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'base' }])).id)
    const error = await order(id, [{ action: 'add', service: 'rival' }]).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: 422, code: 'relation-broken' })
    expect(JSON.stringify((error as { places: unknown }).places)).toMatch(/rival.*base/)
  })

  it('keeps a service at the older version that goes together with the rest, and says why', async () => {
    const { id, phones } = await home()
    const both = [
      { action: 'add', service: 'base', version: '1.0.0' },
      { action: 'add', service: 'app' },
    ]
    const made = await order(id, both)
    expect(made.items[1]).toMatchObject({ version: '1.0.0', reasons: [expect.stringContaining('not 2.0.0: ')] })
    expect(await obey(phones, made.id)).toMatchObject({ state: 'completed' })
  })

  it('goes when another takes its place', async () => {
    const { id, phones } = await home()
    await obey(phones, (await order(id, [{ action: 'add', service: 'app' }])).id)
    const made = await order(id, [{ action: 'add', service: 'heir' }])
    expect(made.items.map(({ service, action, origin }) => `${action} ${service} ${origin}`)).toEqual([
      'add heir wished',
      'remove app replaced',
      'remove base unneeded',
    ])
    expect(await obey(phones, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(id)).toEqual(['heir 1.0.0 active'])
  })
})
