import { answer } from '@sutler/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { patience, placeOrder, publishTestService, until } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { obey, order, servicesOf } from './ordering.ts'

/** Two households that are one, while they have services. */

const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0', '2.0.0'], radio: ['1.0.0'] })
type Home = Awaited<ReturnType<typeof home>>

beforeAll(async () => {
  const component = [{ deviceClass: 'phone' as const, files: { a: 'x' } }]
  const rival = { relations: [{ kind: 'conflicts', service: 'radio', range: '*' }] }
  await publishTestService(hub, 'rival', '1.0.0', component, rival)
}, patience)

async function has({ id, phones }: Home, service: string, version: string) {
  await obey(hub, phones, (await order(hub, id, [{ action: 'add', service, version }])).id)
}

const params = (from: string, into: string) => ({ path: { id: into, from } })

async function preview(from: string, into: string) {
  const looked = await hub.api.GET('/api/v1/households/{id}/merge/{from}', { params: params(from, into) })
  return { plan: answer(looked), etag: looked.response.headers.get('etag')! }
}

async function merge(from: string, into: string) {
  const { plan, etag } = await preview(from, into)
  const headers = { 'if-match': etag }
  const merged = await hub.api.POST('/api/v1/households/{id}/merge/{from}', { params: params(from, into), headers })
  expect(answer(merged)).toEqual(plan)
  return plan
}

async function blocks(from: string, into: string): Promise<readonly string[]> {
  const { plan } = await preview(from, into)
  await expect(merge(from, into)).rejects.toMatchObject({ code: 'merge-blocked', message: plan.blocks.join(' ') })
  return plan.blocks
}

describe('a household that is merged into another', { timeout: patience }, () => {
  it('brings its services along with the devices that have them, and nothing is sent to any device', async () => {
    const [from, into] = [await home(), await home()]
    await has(from, 'guide', '1.0.0')
    await has(into, 'radio', '1.0.0')
    const before = [from, into].map(
      ({ phone }) => phone.received.filter(({ t }) => t === 'offer' || t === 'remove').length,
    )
    const { moves } = await merge(from.id, into.id)
    expect(moves).toContainEqual({ what: 'subscriptions, with the devices that have them', count: 1 })
    expect(await servicesOf(hub, into.id)).toEqual(['guide 1.0.0 active', 'radio 1.0.0 active'])
    const { items } = answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { household: into.id } } }))
    expect(items.map(({ service, state }) => `${service} ${state}`).toSorted()).toEqual([
      'guide confirmed',
      'radio confirmed',
    ])
    // What comes next is the one household's order: both phones obey it, and the older orders stay where they were.
    const change = await order(hub, into.id, [{ action: 'modify', service: 'guide', version: '2.0.0' }])
    expect(await obey(hub, [...from.phones, ...into.phones], change.id)).toMatchObject({ state: 'completed' })
    expect(new Set(change.deliveries.map(({ device }) => device))).toEqual(
      new Set([from, into].map(({ phone }) => phone.id)),
    )
    const after = [from, into].map(
      ({ phone }) => phone.received.filter(({ t }) => t === 'offer' || t === 'remove').length,
    )
    expect(after.map((count, index) => count - before[index]!)).toEqual([1, 1])
    const old = answer(await hub.api.GET('/api/v1/orders', { params: { query: { household: from.id } } }))
    expect(old.items.map(({ state }) => state)).toEqual(['completed'])
  })

  it('is refused while both have the same service, by its name, and goes through once one of them has ended', async () => {
    const [from, into] = [await home(), await home()]
    await has(from, 'guide', '1.0.0')
    await has(into, 'guide', '1.0.0')
    expect(await blocks(from.id, into.id)).toEqual([
      `Both have guide: order its removal from ${from.id} or from ${into.id}, and wait for the end.`,
    ])
    await obey(hub, into.phones, (await order(hub, into.id, [{ action: 'remove', service: 'guide' }])).id)
    await merge(from.id, into.id)
    expect(await servicesOf(hub, into.id)).toEqual(['guide 1.0.0 active'])
  })

  it('is refused while an order of either is under way, or brings something there', async () => {
    const [from, into, third] = [await home(), await home(), await home()]
    await has(third, 'guide', '1.0.0')
    await third.phone.disconnect()
    const own = await placeOrder(hub, into.id, 'add', 'radio')
    const move = await order(hub, third.id, [{ action: 'move', service: 'guide', to: from.id }])
    expect(await blocks(from.id, into.id)).toEqual([
      `The order ${own.id} of ${into.id} is under way: wait for its end, or cancel it.`,
      `The order ${move.id} of ${third.id} is under way: wait for its end, or cancel it.`,
    ])
  })

  it('is refused where their services cannot be in one household', async () => {
    const [from, into] = [await home(), await home()]
    await has(from, 'rival', '1.0.0')
    await has(into, 'radio', '1.0.0')
    const [why, ...more] = await blocks(from.id, into.id)
    expect([more, why]).toEqual([
      [],
      expect.stringMatching(/rival 1\.0\.0 .*radio.*: order the removal of one of them/),
    ])
  })

  it('gets no order any more: one that comes at the same moment is written before, or refused', async () => {
    const [from, into] = [await home(), await home()]
    const placed = placeOrder(hub, from.id, 'add', 'radio').then(
      () => 'placed',
      (error: { code: string }) => error.code,
    )
    const merged = merge(from.id, into.id).then(
      () => 'merged',
      (error: { code: string }) => error.code,
    )
    const outcome = await Promise.all([placed, merged])
    expect([
      ['placed', 'merge-blocked'],
      ['unknown-household', 'merged'],
    ]).toContainEqual(outcome)
    expect((await servicesOf(hub, from.id)).length).toBe(outcome[0] === 'placed' ? 1 : 0)
  })

  it('brings what differs on its devices along: the household that it became hears of it', async () => {
    const [from, into] = [await home(), await home()]
    await has(from, 'guide', '1.0.0')
    await merge(from.id, into.id)
    const { id, received } = from.phone
    const offer = received.find((message) => message.t === 'offer')!
    const { component } = await from.phone.manifest(offer)
    const manifest = offer.manifest.digest.toReversed() as typeof offer.manifest.digest
    await from.phone.report({ installed: [{ service: 'guide', version: '1.0.0', component, epoch: 1, manifest }] })
    const told = await until(async () => {
      const rows = await hub.database.sql<{ household: string }[]>`
        select household from platform_event where type = 'device.drifted' and subject = ${id}`
      return rows.length === 0 ? null : rows
    })
    expect(told).toEqual([{ household: into.id }])
    await until(async () => (await servicesOf(hub, into.id))[0] === 'guide 1.0.0 degraded' || null)
  })
})
