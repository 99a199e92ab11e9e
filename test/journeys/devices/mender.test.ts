import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { artifactOf, MenderDevice, type MenderDeviceOptions } from '@sutler/simulators'
import { composeHub, type ComposedHub } from '../../support/composed-hub.ts'
import { until } from '../../support/until.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  untilOrder,
} from '../household.ts'

let hub: ComposedHub
let devices = 0

beforeAll(async () => {
  hub = await composeHub({
    clock: systemClock,
    env: { SUTLER_PROTOCOLS: 'mender', SUTLER_DEVICE_HTTP_PORT: '0' },
  })
}, patience)
afterAll(() => hub?.stop(), patience)

interface Home {
  readonly household: string
  readonly id: string
  readonly device: MenderDevice
}

/** A household with one gateway that runs a Mender client, which has been accepted and has said what it is. */
async function home(options: Partial<MenderDeviceOptions> = {}): Promise<Home> {
  const household = await createHousehold(hub)
  const identity = { serial: `gw-${++devices}` }
  const device = new MenderDevice({
    hub: hub.deviceUrl!,
    identity,
    deviceType: 'board',
    retryMilliseconds: 20,
    ...options,
  })
  const credential = { kind: 'public-key' as const, publicKey: device.publicKey }
  const body = {
    household,
    class: 'gateway' as const,
    protocol: 'mender' as const,
    identity: device.identity,
    credential,
  }
  const id = answer(await hub.api.POST('/api/v1/devices', { body })).device
  await device.on()
  return { household, id, device }
}

async function publish(service: string, version: string): Promise<void> {
  const about = { type: 'script', deviceTypes: ['board'], name: `${service}-${version}` }
  const provides = { [`rootfs-image.${service}.version`]: version }
  const artifact = artifactOf({ ...about, provides, files: { 'run.sh': Buffer.from(`#!/bin/sh\n# ${version}\n`) } })
  await publishTestService(hub, service, version, [
    { deviceClass: 'gateway', role: 'unit', files: { 'artifact.mender': artifact } },
  ])
}

async function eventsOf({ id }: Home): Promise<string[]> {
  const rows = await hub.database.sql<{ type: string }[]>`select type from platform_event where subject = ${id}`
  return rows.map(({ type }) => type)
}

/** Polls until the order is settled. */
async function carriedOut({ device }: Home, order: string) {
  await until(async () => (await device.poll()) !== 'nothing', {
    deadline: patience,
    what: 'the device is given its work',
  })
  return settledOrder(hub, order)
}

describe('a gateway with a Mender client', { timeout: patience }, () => {
  it('is given what was ordered, proves it, is brought up to date, and is present while it polls', async () => {
    await publish('guide', '1.0.0')
    const gateway = await home()
    const added = await carriedOut(gateway, (await placeOrder(hub, gateway.household, 'add', 'guide')).id)
    expect(added).toMatchObject({ state: 'completed' })
    expect(added.deliveries).toMatchObject([
      { state: 'confirmed', proof: { holds: true, by: 'artifact_name in the inventory after status success' } },
    ])
    const { params } = { params: { path: { id: gateway.id } } }
    expect(answer(await hub.api.GET('/api/v1/devices/{id}', { params }))).toMatchObject({
      protocol: 'mender',
      reachable: true,
      capabilities: { protocol: 'mender', hardware: { model: 'board' } },
    })
    await publish('guide', '1.1.0')
    const raised = await carriedOut(
      gateway,
      (await placeOrder(hub, gateway.household, 'modify', 'guide', { version: '1.1.0' })).id,
    )
    expect([raised.state, gateway.device.artifact]).toEqual(['completed', 'guide-1.1.0'])
  })

  it('fails an order with the device’s own reason, and its log can be read', async () => {
    await publish('radio', '1.0.0')
    const gateway = await home({ faults: { failAt: 'installing' } })
    const failed = await carriedOut(gateway, (await placeOrder(hub, gateway.household, 'add', 'radio')).id)
    expect(failed.state).toBe('failed')
    expect(failed.deliveries[0]?.detail).toContain('failed-on-device')
    const logs = await hub.database.sql`select text from consumer_device_log where device = ${gateway.id}`
    expect(logs).toMatchObject([{ text: expect.stringContaining('installing failed') }])
    expect(await eventsOf(gateway)).toContain('device.log')
  })

  it('that pretends to have installed is not believed', async () => {
    await publish('weather', '1.0.0')
    const gateway = await home({ faults: { pretends: true } })
    const order = await carriedOut(gateway, (await placeOrder(hub, gateway.household, 'add', 'weather')).id)
    expect(order.state).toBe('failed')
    expect(order.deliveries[0]?.proof).toMatchObject({ holds: false, detail: expect.stringContaining('factory') })
  })

  it('goes back when the order is cancelled in the middle', async () => {
    await publish('news', '1.0.0')
    let order = ''
    const gateway = await home({
      during: async (status) => {
        if (status !== 'installing') return
        await untilOrder(hub, order, ({ deliveries }) => deliveries[0]?.state === 'accepted')
        const body = { reason: 'changed my mind' }
        answer(await hub.api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id: order } }, body }))
        const waiting = () => hub.database.sql`
          select from consumer_output where device = ${gateway.id} and kind = 'cancel' and done_at is null`
        await until(async () => (await waiting()).length === 1)
      },
    })
    order = (await placeOrder(hub, gateway.household, 'add', 'news')).id
    expect((await carriedOut(gateway, order)).state).toBe('cancelled')
    expect(gateway.device.answers).toContainEqual({ status: 'installing', answer: 409 })
    expect(gateway.device.artifact).toBe('factory')
  })

  it('drifts when other hands change what it runs', async () => {
    const gateway = await home()
    await carriedOut(gateway, (await placeOrder(hub, gateway.household, 'add', 'guide')).id)
    gateway.device.setArtifact('by-hand-1')
    await gateway.device.poll()
    expect(await until(async () => (await eventsOf(gateway)).includes('device.drifted'))).toBe(true)
  })

  it('says why, when it is asked for what Mender has no way to do', async () => {
    const gateway = await home()
    await carriedOut(gateway, (await placeOrder(hub, gateway.household, 'add', 'guide')).id)
    const { id } = await placeOrder(hub, gateway.household, 'remove', 'guide')
    const order = await until(async () => {
      await gateway.device.poll()
      const now = await readOrder(hub, id)
      return now.state === 'failed' && now
    })
    expect(order.deliveries[0]?.detail).toContain('A Mender device cannot take away')
  })
})

it(
  'a device that nobody has added waits for an operator, and so does its next key',
  { timeout: patience },
  async () => {
    const household = await createHousehold(hub)
    const device = new MenderDevice({ hub: hub.deviceUrl!, identity: { sn: '77', mac: '02:11' }, deviceType: 'board' })
    const accepted = async () => {
      expect(await device.authenticate()).toBe(false)
      const query = { state: 'waiting' as const }
      const waiting = answer(await hub.api.GET('/api/v1/enrolments', { params: { query } })).items
      expect(JSON.stringify(waiting)).toContain('02:11')
      const body = { household, class: 'gateway' as const }
      answer(await hub.api.POST('/api/v1/enrolments/{id}/accept', { params: { path: { id: waiting[0]!.id } }, body }))
      return until(() => device.authenticate())
    }
    expect(await accepted()).toBe(true)
    expect(await device.poll()).toBe('nothing')
    device.rotateKey()
    expect(await accepted()).toBe(true)
    const query = { household }
    expect(answer(await hub.api.GET('/api/v1/devices', { params: { query } })).items).toMatchObject([
      { protocol: 'mender' },
    ])
  },
)
