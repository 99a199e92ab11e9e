import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  untilOrder,
} from '../journeys/household.ts'
import { launch, startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

let hub: HubProcess

beforeAll(async () => {
  hub = await startHub()
}, 2 * patience)

afterAll(() => hub?.stop(), patience)

async function postmaster(): Promise<number> {
  const text = await readFile(join(hub.data, 'postgres/cluster/postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}

describe('a hub on its embedded database', { timeout: 3 * patience }, () => {
  it('keeps what it has taken when the database is killed, and goes on by itself', async () => {
    const household = await createHousehold(hub)
    const phone = await WireDevice.start(hub, await createClaim(hub, household))
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    await phone.disconnect()
    const { id, deliveries } = await placeOrder(hub, household, 'add', 'guide')
    const pid = await postmaster()
    process.kill(pid, 'SIGKILL')
    await until(async () => (await postmaster()) !== pid, { deadline: patience, what: 'another PostgreSQL' })
    const order = await until(() => readOrder(hub, id), { deadline: patience, what: 'the order after the crash' })
    expect(order.deliveries).toHaveLength(1)
    await until(() => phone.connect().then(() => true), { deadline: patience })
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    await phone.disconnect()
  })

  it('lets no second hub onto its data directory, and is not disturbed by the attempt', async () => {
    const second = launch({ SUTLER_DATA: hub.data, SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' })
    const refusal = await second.then(
      () => 'it started',
      (error: unknown) => String(error),
    )
    expect(refusal).toContain('status 1')
    expect(refusal).toContain('[data-directory-in-use]')
    expect(refusal).toContain(hub.data)
    const household = await createHousehold(hub)
    const phone = await WireDevice.start(hub, await createClaim(hub, household))
    await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    const { id, deliveries } = await placeOrder(hub, household, 'add', 'news')
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    await phone.disconnect()
  })

  it('killed leaves nothing behind that keeps it from starting, and has what it had', async () => {
    const household = await createHousehold(hub)
    const phone = await WireDevice.start(hub, await createClaim(hub, household))
    await phone.disconnect()
    await publishTestService(hub, 'radio', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
    const { id, deliveries } = await placeOrder(hub, household, 'add', 'radio')
    await untilOrder(hub, id, ({ state }) => state === 'pending')
    await hub.kill()
    await hub.restart()
    await phone.connect()
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, id)).toMatchObject({ state: 'completed' })
    await phone.disconnect()
  })
})
