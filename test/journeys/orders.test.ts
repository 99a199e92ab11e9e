import { answer } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import type { WireDevice } from '../support/wire-device.ts'
import { uncatalogued } from '../support/catalogued.ts'
import { patience, publishTestService, settledOrder, type Order } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { cancel, obey, order, pinsOf, servicesOf, told } from './ordering.ts'

/** Orders from the request to their outcome, with devices that say what the test wants. */

const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), {
  guide: ['1.0.0', '2.0.0'],
  news: ['1.0.0', '2.0.0'],
  tips: ['1.0.0', '2.0.0'],
})

describe('items of an order', { timeout: patience }, () => {
  it('begin when what they wait for is completed', async () => {
    const { id, phones } = await home()
    const made = await order(hub, id, [
      { action: 'add', service: 'news', after: [1] },
      { action: 'add', service: 'guide' },
    ])
    const [news, guide] = made.deliveries.toSorted((a, b) => (a.service > b.service ? -1 : 1))
    const offer = await phones[0]!.wait('offer', guide!.id)
    expect(phones[0]!.received).toHaveLength(1)
    await phones[0]!.prove(offer)
    await phones[0]!.prove(await phones[0]!.wait('offer', news!.id))
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(hub, id)).toEqual(['news 2.0.0 active', 'guide 2.0.0 active'])
  })

  it('that wait for one that fails are never begun, where the order is not all or nothing', async () => {
    const { id, phones } = await home()
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ]
    const { id: made } = await order(hub, id, items, { allOrNothing: false })
    const settled = await obey(hub, phones, made, ['guide'])
    expect(settled).toMatchObject({
      state: 'failed',
      items: [{ state: 'failed' }, { state: 'cancelled', detail: 'not begun: add guide came first and is failed' }],
    })
    expect(await servicesOf(hub, id)).toEqual(['guide 2.0.0 degraded'])
  })

  it('are refused when they wait for one another', async () => {
    const { id } = await home()
    const items = [
      { action: 'add', service: 'guide', after: [1] },
      { action: 'add', service: 'news', after: [0] },
    ]
    await expect(order(hub, id, items)).rejects.toMatchObject({ status: 422, code: 'circular-items' })
  })
})

describe('an order that is all or nothing', { timeout: patience }, () => {
  /** Removes the guide, then the news, which fails. @returns the order when all is as it was before */
  const removalThatFails = async (household: string, phone: WireDevice): Promise<Order> => {
    const made = await order(hub, household, [
      { action: 'remove', service: 'guide' },
      { action: 'remove', service: 'news', after: [0] },
    ])
    const [guide, news] = made.deliveries
    await phone.remove(guide!.id)
    await phone.wait('remove', news!.id)
    await phone.fail(news!.id)
    const settled = await obey(hub, [phone], made.id)
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'cancelled' }, { state: 'failed' }] })
    return settled
  }

  it('leaves nothing when a device fails: what it had added goes, what it had changed goes back', async () => {
    const { id, phones } = await home({ phones: 2 })
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const made = await order(hub, id, [
      { action: 'modify', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ])
    const settled = await obey(hub, phones, made.id, ['news'])
    expect(settled).toMatchObject({ state: 'failed', items: [{ state: 'cancelled' }, { state: 'failed' }] })
    expect(settled.detail).toContain('no picture')
    expect(await servicesOf(hub, id)).toEqual(['guide 1.0.0 active'])
    const last = settled.deliveries.filter(({ purpose, service }) => purpose === 'restore' && service === 'guide')
    expect(last).toMatchObject([
      { version: '1.0.0', state: 'confirmed' },
      { version: '1.0.0', state: 'confirmed' },
    ])
    const states = await told(hub, made.id)
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
    await obey(hub, phones, (await order(hub, id, both)).id)
    await removalThatFails(id, phones[0]!)
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['guide 2.0.0 active', 'news 2.0.0 active'])
  })

  it('puts a service that was suspended back as it was, when its removal is undone', async () => {
    const { id, phones } = await home()
    const both = [
      { action: 'add', service: 'guide', version: '1.0.0' },
      { action: 'add', service: 'news' },
    ]
    await obey(hub, phones, (await order(hub, id, both)).id)
    await obey(hub, phones, (await order(hub, id, [{ action: 'suspend', service: 'guide' }])).id)
    const settled = await removalThatFails(id, phones[0]!)
    const back = settled.deliveries.filter(({ purpose, service }) => purpose === 'restore' && service === 'guide')
    expect(back.map(({ kind, version, state }) => `${kind} ${version} ${state}`)).toEqual([
      'install 1.0.0 confirmed',
      'suspend 1.0.0 confirmed',
    ])
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['guide 1.0.0 suspended', 'news 2.0.0 active'])
    const resumed = await obey(hub, phones, (await order(hub, id, [{ action: 'resume', service: 'guide' }])).id)
    expect(resumed).toMatchObject({ state: 'completed', deliveries: [{ kind: 'install', version: '1.0.0' }] })
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['guide 1.0.0 active', 'news 2.0.0 active'])
  })
})

describe('what a household keeps to', { timeout: patience }, () => {
  it('goes back with an order that is taken back, and with a removal that is', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const failing = await order(hub, id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    expect(await pinsOf(hub, id)).toEqual({ guide: '2.0.0' })
    await obey(hub, phones, failing.id, ['guide'])
    expect([await servicesOf(hub, id), await pinsOf(hub, id)]).toEqual([['guide 1.0.0 active'], { guide: '1.0.0' }])
  })

  it('goes back to what was before both, when an order that has taken the place of another is cancelled', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    await phones[0]!.disconnect()
    const first = await order(hub, id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    const second = await order(hub, id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    expect(await settledOrder(hub, first.id)).toMatchObject({ state: 'cancelled' })
    await cancel(hub, second.id)
    await settledOrder(hub, second.id)
    expect(await pinsOf(hub, id)).toEqual({ guide: '1.0.0' })
  })

  it('is a channel, too, until another is named or the household chooses again', async () => {
    await publishTestService(hub, 'scores', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'scores', channel: 'beta' }])).id)
    expect(await pinsOf(hub, id)).toEqual({ scores: 'beta' })
    const beta = { channel: 'beta' } as const
    await publishTestService(hub, 'scores', '2.0.0', [{ deviceClass: 'phone', files: { a: '2' } }], beta)
    await obey(hub, phones, (await order(hub, id, [{ action: 'modify', service: 'scores' }])).id)
    expect(await servicesOf(hub, id)).toEqual(['scores 2.0.0 active'])
    const again = await order(hub, id, [{ action: 'modify', service: 'scores', channel: null }])
    // What is installed may stay, whatever its channel.
    expect(again.items).toMatchObject([{ version: '2.0.0' }])
    await obey(hub, phones, again.id)
    expect(await pinsOf(hub, id)).toEqual({ scores: null })
    await publishTestService(hub, 'scores', '3.0.0', [{ deviceClass: 'phone', files: { a: '3' } }], beta)
    expect((await order(hub, id, [{ action: 'modify', service: 'scores' }])).items).toMatchObject([
      { version: '2.0.0' },
    ])
  })
})

describe('a failed item', { timeout: patience }, () => {
  const retry = async (id: string, item: string) =>
    answer(await hub.api.POST('/api/v1/orders/{id}/items/{item}/retry', { params: { path: { id, item } } }))

  it('is tried again on the devices that did not get it', async () => {
    const { id, phones } = await home({ phones: 2 })
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }], { allOrNothing: false })
    const [one, other] = made.deliveries.map(
      (each) => [phones.find((phone) => phone.id === each.device)!, each.id] as const,
    )
    await one![0].prove(await one![0].wait('offer', one![1]))
    await other![0].fail((await other![0].wait('offer', other![1])).delivery)
    const settled = await settledOrder(hub, made.id)
    expect(settled).toMatchObject({ state: 'partial', items: [{ state: 'partial' }] })
    const again = await retry(made.id, made.items[0]!.id)
    expect(again).toMatchObject({ state: 'pending', items: [{ attempts: 2 }] })
    const fresh = again.deliveries.at(-1)!
    expect(fresh.device).toBe(other![0].id)
    await other![0].prove(await other![0].wait('offer', fresh.id))
    expect(await settledOrder(hub, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(hub, id)).toEqual(['guide 2.0.0 active'])
    await expect(retry(made.id, made.items[0]!.id)).rejects.toMatchObject({ status: 409, code: 'item-not-failed' })
  })

  it('brings back what was never begun because it had failed', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'tips', version: '1.0.0' }])).id)
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
      { action: 'modify', service: 'tips', version: '2.0.0', after: [1] },
    ]
    const made = await order(hub, id, items, { allOrNothing: false })
    const failed = await obey(hub, phones, made.id, ['guide'])
    expect(failed.items.map(({ state }) => state)).toEqual(['failed', 'cancelled', 'cancelled'])
    expect(await pinsOf(hub, id)).toMatchObject({ tips: '1.0.0' })
    const again = await retry(made.id, made.items[0]!.id)
    expect(again.items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      expect.stringMatching(/^(pending|inProgress) 2$/),
      'acknowledged 0',
      'acknowledged 0',
    ])
    const settled = await obey(hub, phones, made.id)
    expect(settled).toMatchObject({ state: 'completed', detail: '' })
    expect(settled.items.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      'completed 2',
      'completed 1',
      'completed 1',
    ])
    expect((await servicesOf(hub, id)).toSorted()).toEqual([
      'guide 2.0.0 active',
      'news 2.0.0 active',
      'tips 2.0.0 active',
    ])
    expect(await pinsOf(hub, id)).toMatchObject({ tips: '2.0.0' })
  })

  it('leaves dropped what a newer order has seen to', async () => {
    const { id, phones } = await home()
    const items = [
      { action: 'add', service: 'guide' },
      { action: 'add', service: 'news', after: [0] },
    ]
    const made = await order(hub, id, items, { allOrNothing: false })
    await obey(hub, phones, made.id, ['guide'])
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'news', version: '1.0.0' }])).id)
    await retry(made.id, made.items[0]!.id)
    const settled = await obey(hub, phones, made.id)
    expect(settled.items.map(({ state }) => state)).toEqual(['completed', 'cancelled'])
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['guide 2.0.0 active', 'news 1.0.0 active'])
  })

  it('of an order that was put back is ordered again instead', async () => {
    const { id, phones } = await home()
    const made = await order(hub, id, [{ action: 'add', service: 'guide' }])
    await obey(hub, phones, made.id, ['guide'])
    await expect(retry(made.id, made.items[0]!.id)).rejects.toMatchObject({ status: 409, code: 'order-undone' })
  })
})

it('what was told is as the catalogue of events says', async () => {
  expect(await uncatalogued(hub.database)).toEqual([])
})
