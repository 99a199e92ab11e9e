import { answer } from '@sutler/client'
import { DdiDevice, type DdiDeviceOptions } from '@sutler/simulators'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  until,
  type Order,
} from '../household.ts'

/** An order to a device that speaks DDI, from the request to the proof, through a whole hub. */

const image = (version: string) => Buffer.alloc(300_000, `image ${version};`)

const hub = hubForThisFile(
  { clock: systemClock, env: { SUTLER_PROTOCOLS: 'ddi', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_DDI_POLL: '60s' } },
  async (made) => {
    for (const version of ['1.0.0', '2.0.0'])
      await publishTestService(made, 'firmware', version, [
        {
          deviceClass: 'gateway',
          role: 'firmware',
          reports: { name: 'linux' },
          files: { 'images/system.swu': image(version) },
        },
      ])
  },
)

let devices = 0

/** A household with one gateway that polls by DDI. */
async function gateway(
  over: Partial<DdiDeviceOptions> = {},
): Promise<{ household: string; id: string; device: DdiDevice }> {
  const household = await createHousehold(hub)
  const identity = `gateway-${++devices}`
  const made = answer(
    await hub.api.POST('/api/v1/devices', { body: { household, class: 'gateway', protocol: 'ddi', identity } }),
  )
  const device = new DdiDevice({
    hub: hub.deviceUrl!,
    tenant: 'main',
    controller: identity,
    credential: { targetToken: made.credential!.secret! },
    attributes: { 'hardware.model': 'Gateway 7', arch: 'arm64', os: 'linux' },
    reportsUnits: true,
    ...over,
  })
  device.units = [{ name: 'linux', version: '0.9' }]
  expect(await device.poll()).toBe(200)
  return { household, id: made.device, device }
}

/** Polls until the order is settled. */
async function settled(device: DdiDevice, order: string): Promise<Order> {
  return until(async () => {
    await device.poll()
    const now = await readOrder(hub, order)
    return ['completed', 'failed', 'partial', 'cancelled'].includes(now.state) ? now : null
  })
}

describe('a device that polls by DDI', { timeout: patience }, () => {
  test('completes an order with a proof, and the next one as an update', async () => {
    const { household, id, device } = await gateway()
    const first = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    expect(await settled(device, first.id)).toMatchObject({ state: 'completed', deliveries: [{ state: 'confirmed' }] })
    const second = await placeOrder(hub, household, 'modify', 'firmware', { version: '2.0.0' })
    expect(await settled(device, second.id)).toMatchObject({ state: 'completed' })
    expect(device.units).toEqual([{ name: 'linux', version: '2.0.0' }])
    expect(device.installs).toBe(2)
    const shown = answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id } } }))
    expect(shown).toMatchObject({
      protocol: 'ddi',
      reachable: true,
      capabilities: { protocol: 'ddi', hardware: { model: 'Gateway 7' } },
    })
  })

  test('stops in the middle of a download when the order is cancelled', async () => {
    const { household, device } = await gateway()
    device.faults.holdAt = 'downloading'
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    await until(async () => (await device.poll()) && device.held)
    device.faults.holdAt = 'verifying'
    await until(async () => (await device.poll()) && device.held)
    const cancel = { params: { path: { id: order.id } }, body: { reason: 'a mistake' } }
    answer(await hub.api.POST('/api/v1/orders/{id}/cancel', cancel))
    expect(await settled(device, order.id)).toMatchObject({ state: 'cancelled', deliveries: [{ state: 'cancelled' }] })
    expect(device.installs).toBe(0)
  })
})
