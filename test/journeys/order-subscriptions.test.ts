import { answer } from '@sutler/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { patience, publishTestService, settledOrder } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { cancel, obey, order, pinsOf, servicesOf } from './ordering.ts'

/** What orders may do to a subscription, and to the others that it needs. */

const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0', '2.0.0'] })

describe('a subscription', { timeout: patience }, () => {
  const refusal = async (household: string, action: string) =>
    order(hub, household, [{ action, service: 'guide' }]).then(
      () => null,
      (error: { code: string }) => error.code,
    )

  it('that is suspended is resumed or removed, and nothing else', async () => {
    const { id, phones } = await home()
    expect(await refusal(id, 'suspend')).toBe('no-subscription')
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide' }])).id)
    expect(await refusal(id, 'resume')).toBe('not-suspended')
    await phones[0]!.disconnect()
    const { id: suspension, deliveries } = await order(hub, id, [{ action: 'suspend', service: 'guide' }])
    expect(deliveries).toMatchObject([{ kind: 'suspend' }])
    for (const action of ['modify', 'suspend', 'move'])
      expect([action, await refusal(id, action)]).toEqual([
        action,
        action === 'move' ? 'invalid-request' : 'subscription-suspended',
      ])
    await cancel(hub, suspension)
    expect(await settledOrder(hub, suspension)).toMatchObject({ state: 'cancelled' })
    expect(await refusal(id, 'resume')).toBe('not-suspended')
  })

  it('that is removed is gone: what comes after is told so', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide' }])).id)
    const removal = await order(hub, id, [{ action: 'remove', service: 'guide' }])
    expect(await refusal(id, 'suspend')).toBe('subscription-removing')
    await obey(hub, phones, removal.id)
    expect(await refusal(id, 'modify')).toBe('subscription-ended')
    expect(await refusal(id, 'add')).toBeNull()
  })

  it('moves to another household: its devices get it, then those of the old one lose it', async () => {
    const [from, to] = [await home(), await home()]
    await obey(
      hub,
      from.phones,
      (await order(hub, from.id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id,
    )
    const move = await order(hub, from.id, [{ action: 'move', service: 'guide', to: to.id }])
    expect(await refusal(to.id, 'modify')).toBe('subscription-moving')
    const [install, removal] = move.deliveries
    const offer = await to.phones[0]!.wait('offer', install!.id)
    expect(from.phones[0]!.received.some(({ t }) => t === 'remove')).toBe(false)
    await to.phones[0]!.prove(offer)
    await from.phones[0]!.remove(removal!.id)
    expect(await settledOrder(hub, move.id)).toMatchObject({ state: 'completed' })
    expect([await servicesOf(hub, from.id), await servicesOf(hub, to.id)]).toEqual([[], ['guide 1.0.0 active']])
    expect(await refusal(from.id, 'remove')).toBe('subscription-moved')
  })

  it('stays where it is when the move fails', async () => {
    const [from, to] = [await home(), await home()]
    await obey(hub, from.phones, (await order(hub, from.id, [{ action: 'add', service: 'guide' }])).id)
    const move = await order(hub, from.id, [{ action: 'move', service: 'guide', to: to.id }])
    expect(await obey(hub, to.phones, move.id, ['guide'])).toMatchObject({ state: 'failed' })
    expect([await servicesOf(hub, from.id), await servicesOf(hub, to.id)]).toEqual([['guide 2.0.0 active'], []])
  })

  it('of which two contradictory orders come at once has one outcome: the one that came last', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'guide', version: '1.0.0' }])).id)
    const [first, second] = await Promise.all([
      order(hub, id, [{ action: 'modify', service: 'guide' }]),
      order(hub, id, [{ action: 'remove', service: 'guide' }]),
    ])
    const settled = [await obey(hub, phones, first.id), await obey(hub, phones, second.id)]
    const last = settled.find(({ state }) => state === 'completed')!
    const other = settled.find((each) => each !== last)
    expect(other).toMatchObject({
      state: 'cancelled',
      detail: expect.stringContaining(`superseded by order ${last.id}`),
    })
    expect(await servicesOf(hub, id)).toEqual(last.id === second.id ? [] : ['guide 2.0.0 active'])
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
    const made = await order(hub, id, [{ action: 'add', service: 'app', version: '1.0.0' }])
    expect(made.items).toMatchObject([
      { service: 'app', version: '1.0.0', origin: 'wished', after: [1] },
      { service: 'base', version: '1.0.0', origin: 'required', because: 'app requires it' },
    ])
    expect(await obey(hub, phones, made.id)).toMatchObject({ state: 'completed' })
    const upgrade = await order(hub, id, [{ action: 'modify', service: 'app' }])
    expect(upgrade.items).toMatchObject([
      { service: 'app', version: '2.0.0', after: [1] },
      { service: 'base', version: '2.0.0', action: 'modify', origin: 'required' },
    ])
    await obey(hub, phones, upgrade.id)
    const removal = await order(hub, id, [{ action: 'remove', service: 'app' }])
    expect(removal.items).toMatchObject([
      { service: 'app', action: 'remove' },
      { service: 'base', action: 'remove', origin: 'unneeded', after: [0] },
    ])
    expect(await obey(hub, phones, removal.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(hub, id)).toEqual([])
  })

  it('comes also where it is only recommended, if the order says so', async () => {
    const { id, phones } = await home()
    const plain = await order(hub, id, [{ action: 'add', service: 'suite' }])
    expect(plain.items).toMatchObject([{ service: 'suite' }])
    await obey(hub, phones, plain.id)
    await obey(hub, phones, (await order(hub, id, [{ action: 'remove', service: 'suite' }])).id)
    const more = await order(hub, id, [{ action: 'add', service: 'suite' }], { withRecommended: true })
    expect(more.items).toMatchObject([
      { service: 'suite', origin: 'wished' },
      { service: 'base', version: '1.0.0', action: 'add', origin: 'recommended', because: 'suite recommends it' },
    ])
    expect(await obey(hub, phones, more.id)).toMatchObject({ state: 'completed' })
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['base 1.0.0 active', 'suite 1.0.0 active'])
  })

  it('does not move what is pinned: the order is refused and names the pin', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'base', version: '1.0.0' }])).id)
    expect(await pinsOf(hub, id)).toEqual({ base: '1.0.0' })
    await expect(order(hub, id, [{ action: 'add', service: 'app', version: '2.0.0' }])).rejects.toMatchObject({
      code: 'relation-broken',
      message: expect.stringContaining('base is pinned to 1.0.0'),
    })
    const older = await order(hub, id, [{ action: 'add', service: 'app' }])
    expect(older.items).toMatchObject([{ service: 'app', version: '1.0.0' }])
    expect(older.items[0]!.reasons.join()).toContain('base is pinned to 1.0.0')
    await obey(hub, phones, older.id)
    const body = { household: id, add: [{ service: 'app', version: '2.0.0' }] }
    const looked = answer(await hub.api.POST('/api/v1/resolutions', { body: body as never }))
    expect(looked.reasons.map(({ sentence }) => sentence)).toContain('base is pinned to 1.0.0')
    const both = await order(hub, id, [
      { action: 'modify', service: 'app' },
      { action: 'modify', service: 'base' },
    ])
    await obey(hub, phones, both.id)
    expect((await servicesOf(hub, id)).toSorted()).toEqual(['app 2.0.0 active', 'base 2.0.0 active'])
    expect(await pinsOf(hub, id)).toEqual({ app: null, base: null })
  })

  it('is not taken from under what needs it', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'base' }])).id)
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'app' }])).id)
    await expect(order(hub, id, [{ action: 'remove', service: 'base' }])).rejects.toMatchObject({
      status: 422,
      code: 'relation-broken',
      places: [{ pointer: '/items/0/service', detail: expect.stringContaining('requires base') }],
    })
  })

  it('is refused with the reasons when it cannot be', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'base' }])).id)
    const error = await order(hub, id, [{ action: 'add', service: 'rival' }]).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: 422, code: 'relation-broken' })
    expect(JSON.stringify((error as { places: unknown }).places)).toMatch(/rival.*base/)
  })

  it('keeps a service at the older version that goes together with the rest, and says why', async () => {
    const { id, phones } = await home()
    const both = [
      { action: 'add', service: 'base', version: '1.0.0' },
      { action: 'add', service: 'app' },
    ]
    const made = await order(hub, id, both)
    expect(made.items[1]).toMatchObject({ version: '1.0.0', reasons: [expect.stringContaining('not 2.0.0: ')] })
    expect(await obey(hub, phones, made.id)).toMatchObject({ state: 'completed' })
  })

  it('goes when another takes its place', async () => {
    const { id, phones } = await home()
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'app' }])).id)
    const made = await order(hub, id, [{ action: 'add', service: 'heir' }])
    expect(made.items.map(({ service, action, origin }) => `${action} ${service} ${origin}`)).toEqual([
      'add heir wished',
      'remove app replaced',
      'remove base unneeded',
    ])
    expect(await obey(hub, phones, made.id)).toMatchObject({ state: 'completed' })
    expect(await servicesOf(hub, id)).toEqual(['heir 1.0.0 active'])
  })
})
