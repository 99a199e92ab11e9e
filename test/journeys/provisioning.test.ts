import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHubBehindProxy, type FileProxy } from '../support/file-proxy.ts'
import type { HubProcess } from '../support/hub-process.ts'
import {
  filesInUse,
  patience,
  placeOrder,
  published,
  publishTestService,
  setUpHousehold,
  settledOrder,
  sha256,
  untilOrder,
  type DeviceClass,
  type Household,
  type TestComponent,
} from './household.ts'

const classes = ['set-top-box', 'phone', 'gateway'] as const
const passes = 'process.exit(0)'
const fails = 'console.error("no picture"); process.exit(1)'

let database: TestDatabase
let proxy: FileProxy
let hub: HubProcess
let home: Household

beforeAll(async () => {
  database = await testDatabase()
  ;({ hub, proxy } = await startHubBehindProxy(database.url))
  home = await setUpHousehold(hub, classes)
}, 2 * patience)

afterAll(async () => {
  await home?.stop()
  await hub?.stop()
  await proxy?.stop()
  await database?.close()
}, patience)

/** A component per class; the set-top box restarts for it. */
function components(version: string, more: Partial<TestComponent> = {}): TestComponent[] {
  return classes.map((deviceClass) => ({
    deviceClass,
    restart: deviceClass === 'set-top-box' ? 'device' : 'none',
    health: passes,
    files: {
      'app/start.js': `start ${deviceClass} ${version}`,
      'app/same.bin': Buffer.alloc(5000, deviceClass),
      empty: '',
    },
    ...more,
  }))
}

const inUse = (name: DeviceClass, service: string) => filesInUse(home.agents.get(name)!.directory, service)

describe('a household with a set-top box, a phone and a gateway', { timeout: 2 * patience }, () => {
  it('gets what was ordered: every device proves the files that were published, after the restart it needed', async () => {
    const first = components('1')
    await publishTestService(hub, 'guide', '1.0.0', first)
    const before = home.agents.get('set-top-box')!.pid
    const order = await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'guide')).id)
    expect(order).toMatchObject({ state: 'completed', items: [{ state: 'completed', version: '1.0.0' }] })
    expect(order.deliveries).toHaveLength(3)
    for (const delivery of order.deliveries)
      expect(delivery).toMatchObject({ state: 'confirmed', proof: { holds: true, files: 4, wrong: [] } })
    for (const component of first) expect(await inUse(component.deviceClass, 'guide')).toEqual(published(component))
    expect(home.agents.get('set-top-box')!.pid).not.toBe(before)
  })

  it('fetches only the files that an upgrade changes', async () => {
    await publishTestService(hub, 'news', '1.0.0', components('1'))
    await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'news')).id)
    const second = components('2')
    await publishTestService(hub, 'news', '1.1.0', second)
    proxy.fetched.length = 0
    const order = await settledOrder(hub, (await placeOrder(hub, home.id, 'modify', 'news')).id)
    expect(order.state).toBe('completed')
    for (const component of second) expect(await inUse(component.deviceClass, 'news')).toEqual(published(component))
    const changed = second.map(({ files }) => sha256(files['app/start.js']!))
    const manifests = order.deliveries.map((delivery) => delivery.manifest!)
    expect(proxy.fetched.toSorted()).toEqual([...changed, ...manifests].toSorted())
  })

  it('that has a device switched off waits for it, and completes when it is back', async () => {
    await publishTestService(hub, 'radio', '1.0.0', components('1'))
    const phone = home.agents.get('phone')!
    await phone.kill()
    const { id } = await placeOrder(hub, home.id, 'add', 'radio')
    const off = home.devices.get('phone')
    const waiting = await untilOrder(hub, id, ({ deliveries }) =>
      deliveries.every(({ device, state }) => state === (device === off ? 'pending' : 'confirmed')),
    )
    expect(waiting.state).toBe('pending')
    phone.start()
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    expect(await inUse('phone', 'radio')).toEqual(published(components('1')[1]!))
  })

  it('loses the files of a service that is removed, and no others', async () => {
    for (const service of ['gone', 'kept']) {
      await publishTestService(hub, service, '1.0.0', components('1'))
      await settledOrder(hub, (await placeOrder(hub, home.id, 'add', service)).id)
    }
    const order = await settledOrder(hub, (await placeOrder(hub, home.id, 'remove', 'gone')).id)
    expect(order).toMatchObject({ state: 'completed' })
    for (const name of classes) {
      expect(await inUse(name, 'gone')).toBeNull()
      expect(await inUse(name, 'kept')).not.toBeNull()
    }
  })

  it('goes back to the old version on every device when the health check of one fails, and says which and why', async () => {
    const first = components('1')
    await publishTestService(hub, 'video', '1.0.0', first)
    await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'video')).id)
    const second = components('2').map((component) =>
      component.deviceClass === 'set-top-box' ? { ...component, health: fails } : component,
    )
    await publishTestService(hub, 'video', '2.0.0', second)
    const order = await settledOrder(hub, (await placeOrder(hub, home.id, 'modify', 'video')).id)
    expect(order).toMatchObject({ state: 'failed', items: [{ state: 'failed' }] })
    expect(order.detail).toContain('no picture')
    const failed = order.deliveries.find(({ device }) => device === home.devices.get('set-top-box'))!
    expect(failed).toMatchObject({ state: 'failed', proof: { holds: false } })
    expect(failed.detail).toContain('rolled-back')
    for (const component of first) expect(await inUse(component.deviceClass, 'video')).toEqual(published(component))
    const back = order.deliveries.filter(({ purpose }) => purpose === 'restore')
    for (const delivery of back) expect(delivery).toMatchObject({ state: 'confirmed', version: '1.0.0' })
    expect(order.milestones.map(({ name }) => name)).toContain('takenBack')
    const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query: { household: home.id } } }))
    expect(items.find(({ service }) => service === 'video')).toMatchObject({ state: 'active', version: '1.0.0' })
  })

  it('keeps what did work where the order is not all or nothing: it is partial', async () => {
    const second = components('2')
    const order = await settledOrder(
      hub,
      (await placeOrder(hub, home.id, 'modify', 'video', { allOrNothing: false })).id,
    )
    expect(order.state).toBe('partial')
    expect(await inUse('set-top-box', 'video')).toEqual(published(components('1')[0]!))
    expect(await inUse('phone', 'video')).toEqual(published(second[1]!))
  })

  it('keeps nothing of a first version whose health check fails, and the order fails', async () => {
    await publishTestService(hub, 'broken', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' }, health: fails }])
    const order = await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'broken')).id)
    expect(order).toMatchObject({ state: 'failed', deliveries: [{ state: 'failed' }] })
    expect(order.deliveries[0]!.detail).toContain('no picture')
    expect(order.items[0]!.reasons.join()).toContain(home.devices.get('gateway'))
    expect(await inUse('phone', 'broken')).toBeNull()
  })
})
