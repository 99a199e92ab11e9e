import { answer, createClient, followEvents, type EventOptions, type StreamedEvent } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
  untilOrder,
} from './household.ts'

let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

/** A stream that is open when this resolves; ended with the test. */
async function listen(options: EventOptions = {}, token = hub.connection.token) {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const events: StreamedEvent[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const read = async (): Promise<void> => {
    const opened = (): void => resolve()
    for await (const event of followEvents({ hub: hub.url, token }, { ...options, signal: stop.signal, opened }))
      events.push(event)
  }
  read().catch(reject)
  await promise
  return { events, stop: () => stop.abort() }
}

async function orderFor(household: string): Promise<string> {
  const phone = await WireDevice.start(hub, await createClaim(hub, household))
  onTestFinished(() => phone.disconnect())
  const order = await placeOrder(hub, household, 'add', 'guide')
  const accepted = () => untilOrder(hub, order.id, ({ state }) => state === 'inProgress')
  await phone.prove(await phone.wait('offer', order.deliveries[0]!.id), accepted)
  await settledOrder(hub, order.id)
  return order.id
}

const types = (events: readonly StreamedEvent[]): string[] => events.map((event) => event.type)
const has = (events: readonly StreamedEvent[], type: string) => () => types(events).includes(type)
const soon = { deadline: patience }

describe('the event stream', { timeout: 2 * patience }, () => {
  it('tells the life of an order in its order', async () => {
    const household = await createHousehold(hub)
    const { events } = await listen({ household })
    const order = await orderFor(household)
    await until(has(events, 'order.completed'), soon)
    const about = events.filter(({ type }) => type.startsWith('delivery.'))
    expect(types(about)).toEqual(['delivery.pending', 'delivery.accepted', 'delivery.confirmed'])
    expect(about.every(({ data }) => data['order'] === order && data['service'] === 'guide')).toBe(true)
    const main = ['order.acknowledged', 'subscription.provisioning', 'subscription.active', 'order.completed']
    expect(types(events).filter((type) => main.includes(type))).toEqual(main)
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  it('goes on after the last event seen when the hub was killed: no gap, nothing twice', async () => {
    const household = await createHousehold(hub)
    const { events } = await listen({ household })
    // Nothing has come yet: it must resume from where it was opened.
    await hub.kill()
    await hub.restart()
    await orderFor(household)
    await until(has(events, 'subscription.active'), soon)
    const removed = await placeOrder(hub, household, 'remove', 'guide')
    await hub.kill()
    await hub.restart()
    const cancel = { params: { path: { id: removed.id } }, body: { reason: 'kept after all' } }
    await hub.api.POST('/api/v1/orders/{id}/cancel', cancel)
    await until(has(events, 'order.cancelled'), soon)
    const { events: whole } = await listen({ household, since: '0.0' })
    const last = events.at(-1)!.id
    await until(() => whole.some(({ id }) => id === last), soon)
    // The household was made before anybody listened.
    expect(types(whole)[0]).toBe('household.created')
    expect(events).toEqual(whole.slice(1, events.length + 1))
  })

  it('begins after a given event, and takes only the types asked for', async () => {
    const household = await createHousehold(hub)
    await orderFor(household)
    const { events } = await listen({ household, since: '0.0' })
    await until(has(events, 'subscription.active'), soon)
    const second = await listen({ household, since: events[1]!.id })
    await until(() => second.events.length === events.length - 2, soon)
    expect(second.events).toEqual(events.slice(2))
    const deliveries = await listen({ household, since: '0.0', types: ['delivery.*', 'order.completed'] })
    await until(has(deliveries.events, 'order.completed'), soon)
    expect(types(deliveries.events).every((type) => type.startsWith('delivery.') || type === 'order.completed')).toBe(
      true,
    )
  })

  it('shows a subscriber the own household only, and a stranger nothing', async () => {
    const [own, other] = [await createHousehold(hub), await createHousehold(hub)]
    const account = { name: `anna-${own.slice(-6)}`, password: 'a long password', roles: ['subscriber' as const] }
    await hub.api.POST('/api/v1/accounts', { body: { ...account, households: [own] } })
    const { name, password } = account
    const { token } = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } }),
    )
    const { events } = await listen({}, token)
    const pastToo = await listen({ since: '0.0' }, token)
    await orderFor(other)
    await orderFor(own)
    for (const seen of [events, pastToo.events]) {
      await until(has(seen, 'subscription.active'), soon)
      expect(new Set(seen.map(({ household }) => household))).toEqual(new Set([own]))
    }
    await expect(listen({}, 'sut_wrong')).rejects.toMatchObject({ status: 401 })
  })

  it('ends with what its reader may see: a household that is taken away at once, all with the account', async () => {
    const [one, other] = [await createHousehold(hub), await createHousehold(hub)]
    const name = `bea-${one.slice(-6)}`
    const account = { name, password: 'a long password', roles: ['subscriber' as const], households: [one] }
    const { id } = answer(await hub.api.POST('/api/v1/accounts', { body: account }))
    const login = { name, password: account.password }
    const { token } = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: login }))
    const { events } = await listen({ types: ['household.changed'] }, token)
    const { events: all } = await listen({ types: ['household.changed', 'account.changed'] })
    const changing = (of: string) => ({ params: { path: { id: of } }, headers: { 'if-match': '*' } })
    const rename = (of: string, to: string) =>
      hub.api.PATCH('/api/v1/households/{id}', { ...changing(of), body: { name: to } })
    await rename(one, 'seen')
    await until(() => events.length === 1, soon)
    await hub.api.PATCH('/api/v1/users/{id}', { ...changing(id), body: { households: [other] } })
    await rename(one, 'unseen')
    await rename(other, 'seen too')
    await until(() => events.length === 2, soon)
    await hub.api.PATCH('/api/v1/accounts/{id}', { ...changing(id), body: { disabled: true } })
    await rename(other, 'unseen too')
    await until(() => all.length === 5, soon)
    expect(events.map(({ data }) => data['name'])).toEqual(['seen', 'seen too'])
  })

  it('tells a sponsor of the own orders, in whatever household, and lets a filter choose', async () => {
    const account = { name: `sponsor-${Date.now()}`, password: 'a long password', roles: ['sponsor' as const] }
    await hub.api.POST('/api/v1/accounts', { body: account })
    const { name, password } = account
    const { token } = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } }),
    )
    const { events } = await listen({}, token)
    const { events: chosen } = await listen({ filter: 'event.type == "order.acknowledged"' }, token)
    const [own, foreign] = [await createHousehold(hub), await createHousehold(hub)]
    for (const household of [own, foreign]) {
      const phone = await WireDevice.start(hub, await createClaim(hub, household))
      onTestFinished(() => phone.disconnect())
    }
    await placeOrder(hub, foreign, 'add', 'guide')
    const sponsor = createClient({ hub: hub.url, token })
    const body = { household: own, items: [{ action: 'add' as const, service: 'guide' }] }
    const order = answer(await sponsor.POST('/api/v1/orders', { body }))
    await until(() => chosen.length > 0 && events.length > 0, soon)
    expect(types(chosen)).toEqual(['order.acknowledged'])
    expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([order.id]))
  })

  it.each(['nonsense', '1', '1.', '-1.2', '1.2.3', '1e3.0'])('refuses %j as a place to begin', async (since) => {
    await expect(listen({ since })).rejects.toMatchObject({ status: 400, code: 'invalid-request' })
  })
})
