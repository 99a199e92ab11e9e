import { answer } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  untilOrder,
} from './household.ts'

/** Orders from the request to their outcome, with devices that say what the test wants. */

const clock = manualClock(Date.UTC(2026, 0, 15, 12))
const ticking = setInterval(() => clock.advance(10), 10)
let hub: ComposedHub
const devices: WireDevice[] = []

beforeAll(async () => {
  hub = await composeHub({ clock })
  for (const service of ['guide', 'news'])
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

async function fail(phone: WireDevice, { delivery }: Offer): Promise<void> {
  await phone.say({ t: 'accept', delivery })
  const health = { ok: false, detail: 'no picture' }
  await phone.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
}

describe('an order for one device', { timeout: patience }, () => {
  it('that fails is over, and the household has nothing of it', async () => {
    const { id, phones: [phone] } = await home()
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    await fail(phone!, await phone!.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, order)).toMatchObject({ state: 'failed' })
  })
})
