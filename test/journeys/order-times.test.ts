import { answer } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { patience, settledOrder, until, untilOrder } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { cancel, obey, order, servicesOf, told } from './ordering.ts'

/** Orders that are cancelled, begin later, or take long. */

const { clock, home, hub, join } = hubWithPhones(Date.UTC(2026, 0, 15, 12), {
  guide: ['1.0.0', '2.0.0'],
  news: ['1.0.0', '2.0.0'],
})

describe('cancelling', { timeout: patience }, () => {
  it('takes back what was carried out, withdraws what is open, and drops what has not begun', async () => {
    const { id, phones } = await home()
    const made = await order(hub, id, [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ])
    const [guide, news] = made.deliveries
    await phones[0]!.prove(await phones[0]!.wait('offer', guide!.id))
    await phones[0]!.wait('offer', news!.id)
    expect((await cancel(hub, made.id)).state).toMatch(/Cancellation|cancelled/)
    // Before the device, which has the offer, answers it.
    await untilOrder(hub, made.id, ({ deliveries }) =>
      deliveries.some((each) => each.id === news!.id && each.state === 'cancelled'),
    )
    const settled = await obey(hub, phones, made.id)
    expect(settled).toMatchObject({ state: 'cancelled', detail: 'not wanted' })
    expect(await servicesOf(hub, id)).toEqual([])
    expect((await told(hub, made.id)).slice(-3)).toEqual([
      'order.assessingCancellation',
      'order.pendingCancellation',
      'order.cancelled',
    ])
  })

  it('is too late when all that is open is being installed: the order goes on', async () => {
    const { id, phones } = await home()
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }])
    const offer = await phones[0]!.wait('offer', made.deliveries[0]!.id)
    await phones[0]!.prove(offer, async () => {
      await phones[0]!.say({ t: 'progress', delivery: offer.delivery, stage: 'installing', done: 0, total: 1 })
      await cancel(hub, made.id)
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
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    expect(made).toMatchObject({ state: 'acknowledged', deliveries: [] })
    const late = await join(id)
    clock.advance(3_600_000)
    const settled = await obey(hub, [...phones, late], made.id)
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
    const later = await order(hub, id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide' }])).id)
    clock.advance(3_600_000)
    const settled = await obey(hub, phones, later.id)
    expect(settled).toMatchObject({ state: 'rejected', items: [{ state: 'rejected' }] })
    expect(settled.items[0]!.detail).toContain('already has it')
  })

  it('can be cancelled before', async () => {
    const { id } = await home()
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }], { requestedStart: inAnHour() })
    await cancel(hub, made.id)
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'cancelled', detail: 'not wanted' })
    expect(await servicesOf(hub, id)).toEqual([])
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
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }], { requestedCompletion })
    await untilOrder(hub, made.id, ({ state }) => state === 'pending')
    for (const [hours, level] of [
      [6.5, 'amber'],
      [2, 'red'],
    ] as const) {
      clock.advance(hours * 3_600_000)
      const found = await untilOrder(hub, made.id, ({ jeopardy }) => jeopardy?.level === level)
      expect(found.jeopardy!.cause).toMatch(/has been unreachable for \d+ h$/)
    }
    expect((await told(hub, made.id)).filter((type) => type === 'order.jeopardy')).toHaveLength(2)
    await phones[0]!.connect()
    expect(await obey(hub, phones, made.id)).toMatchObject({ state: 'completed', jeopardy: null })
  })

  it('puts back a device that took it and fell silent, too: it may have carried it out', async () => {
    const { id, phones } = await home({ phones: 2 })
    const [silent, other] = phones
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const made = await order(hub, id, [{ action: 'modify', service: 'guide' }])
    const [its, others] = [silent, other].map((phone) => made.deliveries.find(({ device }) => device === phone!.id)!.id)
    await other!.prove(await other!.wait('offer', others!))
    const offers = () => silent!.received.filter((message) => message.t === 'offer' && message.delivery === its)
    for (let times = 1; times <= 5; times++) {
      await until(() => offers().length === times)
      await silent!.say({ t: 'accept', delivery: its! })
      await untilOrder(hub, made.id, (now) =>
        now.deliveries.some((each) => each.id === its && each.state === 'accepted'),
      )
      clock.advance(86_400_000)
    }
    const settled = await obey(hub, phones, made.id)
    expect(settled.deliveries.find((each) => each.id === its)!.detail).toContain('never reported an outcome')
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'failed' }] })
    const back = settled.deliveries.filter(({ purpose }) => purpose === 'restore').toSorted((a, b) => a.turn - b.turn)
    expect(back).toMatchObject([
      { device: other!.id, version: '1.0.0', state: 'confirmed' },
      { device: silent!.id, version: '1.0.0', state: 'confirmed' },
    ])
    expect(await servicesOf(hub, id)).toEqual(['guide 1.0.0 active'])
  })

  it('does not stay in progress for ever', async () => {
    const { id, phones } = await home()
    await phones[0]!.disconnect()
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }])
    await untilOrder(hub, made.id, ({ state }) => state === 'pending')
    clock.advance(31 * 86_400_000)
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'failed' })
  })
})
