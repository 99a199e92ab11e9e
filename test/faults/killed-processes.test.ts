import { readlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  createClaim,
  createHousehold,
  filesInUse,
  patience,
  placeOrder,
  published,
  publishTestService,
  setUpHousehold,
  settledOrder,
  untilOrder,
  type TestComponent,
} from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHubBehindProxy, type FileProxy } from '../support/file-proxy.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

let database: TestDatabase
let proxy: FileProxy
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  ;({ hub, proxy } = await startHubBehindProxy(database.url))
}, 2 * patience)

afterAll(async () => {
  await hub?.stop()
  await proxy?.stop()
  await database?.close()
}, patience)

type Class = 'phone' | 'gateway'

/** A household of the test's own: its agents have not yet learnt to wait long between attempts. */
async function home(classes: readonly Class[] = ['phone']) {
  const household = await setUpHousehold(hub, classes)
  onTestFinished(() => household.stop())
  const inUse = (name: Class, service: string) => filesInUse(household.agents.get(name)!.directory, service)
  return { id: household.id, phone: household.agents.get('phone')!, inUse }
}

/** A component of many small files, so that there is a middle to be caught in. */
function component(deviceClass: Class, version: string, more: Partial<TestComponent> = {}): TestComponent {
  const names = Array.from({ length: 150 }, (_, n) => `dir${n % 7}/file${n}`)
  return {
    deviceClass,
    files: Object.fromEntries(names.map((name) => [name, `${deviceClass} ${version} ${name}`])),
    ...more,
  }
}

/** Lets `count` files through, then holds all further requests. */
function holdAfter(count: number): { held: Promise<void>; release: () => void } {
  const held = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let passed = 0
  proxy.gate = () => {
    if (++passed <= count) return undefined
    held.resolve()
    return opened.promise
  }
  const release = (): void => {
    proxy.gate = () => undefined
    opened.resolve()
  }
  return { held: held.promise, release }
}

/** How often each delivery was said to be confirmed. */
async function confirmations(order: string): Promise<number[]> {
  const rows = await database.sql<{ count: number }[]>`
    select count(*)::int as count from platform_event
    where type = 'delivery.confirmed' and data ->> 'order' = ${order} group by subject`
  return rows.map((row) => row.count)
}

describe('a hub', { timeout: 3 * patience }, () => {
  it('killed in mid-delivery completes the order after its restart, and doubles nothing', async () => {
    const { id: household, inUse } = await home(['phone', 'gateway'])
    const parts = [component('phone', '1'), component('gateway', '1')]
    await publishTestService(hub, 'guide', '1.0.0', parts)
    const { held, release } = holdAfter(60)
    const { id } = await placeOrder(hub, household, 'add', 'guide')
    await held
    await hub.kill()
    release()
    await hub.restart()
    const order = await settledOrder(hub, id)
    expect(order).toMatchObject({ state: 'completed', deliveries: [{ state: 'confirmed' }, { state: 'confirmed' }] })
    expect(await confirmations(id)).toEqual([1, 1])
    for (const part of parts) expect(await inUse(part.deviceClass as Class, 'guide')).toEqual(published(part))
  })

  it('killed right after it took an order has the order', async () => {
    const household = await createHousehold(hub)
    const phone = await WireDevice.start(hub, await createClaim(hub, household))
    onTestFinished(() => phone.disconnect())
    await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    const { id, deliveries } = await placeOrder(hub, household, 'add', 'news')
    await hub.kill()
    await hub.restart()
    await phone.connect()
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    expect(await confirmations(id)).toEqual([1])
  })

  it('restarted while a device is off still has what the device is to get', async () => {
    const { id: household, phone } = await home()
    await publishTestService(hub, 'radio', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    await phone.kill()
    const { id } = await placeOrder(hub, household, 'add', 'radio')
    await untilOrder(hub, id, ({ state }) => state === 'pending')
    await hub.kill()
    await hub.restart()
    phone.start()
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
  })
})

describe('an agent', { timeout: 3 * patience }, () => {
  it('killed during a download runs the old version until the new one is whole', async () => {
    const { id: household, phone, inUse } = await home()
    const [first, second] = [component('phone', '1'), component('phone', '2')]
    await publishTestService(hub, 'video', '1.0.0', [first])
    await settledOrder(hub, (await placeOrder(hub, household, 'add', 'video')).id)
    await publishTestService(hub, 'video', '2.0.0', [second])
    const { held, release } = holdAfter(40)
    const { id } = await placeOrder(hub, household, 'modify', 'video')
    await held
    await phone.kill()
    release()
    expect(await inUse('phone', 'video')).toEqual(published(first))
    proxy.fetched.length = 0
    phone.start()
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    expect(await inUse('phone', 'video')).toEqual(published(second))
    // What had come whole before is not fetched again.
    expect(proxy.fetched.length).toBeLessThan(150)
  })

  it('killed right after it switched to the new version is whole, and proves it when it is back', async () => {
    const flag = join(tmpdir(), `sutler-flag-${process.pid}-${Date.now()}`)
    const waits = `import { existsSync } from 'node:fs'
      const look = () => (existsSync(${JSON.stringify(flag)}) ? process.exit(0) : setTimeout(look, 20))
      look()`
    const { id: household, phone, inUse } = await home()
    const [first, second] = [component('phone', '1'), component('phone', '2', { health: waits })]
    await publishTestService(hub, 'mail', '1.0.0', [first])
    await settledOrder(hub, (await placeOrder(hub, household, 'add', 'mail')).id)
    await publishTestService(hub, 'mail', '2.0.0', [second])
    const link = join(phone.directory, 'services/mail/current')
    const before = await readlink(link)
    const { id } = await placeOrder(hub, household, 'modify', 'mail')
    await until(async () => (await readlink(link)) !== before, { deadline: patience })
    await phone.kill()
    expect(await inUse('phone', 'mail')).toEqual(published(second))
    await writeFile(flag, '')
    phone.start()
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    expect(await inUse('phone', 'mail')).toEqual(published(second))
  })
})
