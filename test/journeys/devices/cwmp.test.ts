import { answer } from '@sutler/client'
import { CwmpDevice, imageOf } from '@sutler/simulators/cwmp'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { hubForThisFile, type ComposedHub } from '../../support/composed-hub.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
  until,
  type DeviceClass,
} from '../household.ts'

const hub = hubForThisFile({
  clock: systemClock,
  env: {
    SUTLER_PROTOCOLS: 'cwmp',
    SUTLER_DEVICE_HTTP_PORT: '0',
    SUTLER_CWMP_CONNECTION_REQUESTS: '127.0.0.0/8',
  },
})

let serials = 0

/** A device that an operator has added, with the login that the hub made for it; not switched on. */
async function added(household: string, model: 'tr181' | 'tr098'): Promise<{ id: string; device: CwmpDevice }> {
  const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: `J${++serials}` }
  const deviceClass: DeviceClass = model === 'tr181' ? 'set-top-box' : 'gateway'
  const name = `0000C0-Box-J${serials}`
  const body = { household, class: deviceClass, protocol: 'cwmp' as const, identity: name }
  const made = answer(await hub.api.POST('/api/v1/devices', { body }))
  const { username, secret } = made.credential!
  const login = { username: username ?? name, password: secret! }
  const device = new CwmpDevice({ acs: `${hub.deviceUrl}/cwmp`, login, identity, model, version: '0.9' })
  onTestFinished(() => device.close())
  return { id: made.device, device }
}

/** Devices that live: they open sessions when they are called, and at times of their own. */
async function living<Result>(devices: readonly CwmpDevice[], work: () => Promise<Result>): Promise<Result> {
  const end = new AbortController()
  const lives = devices.map(async (device) => {
    while (!end.signal.aborted) {
      if (!(await device.step())) await device.periodic()
      await sleep(50)
    }
  })
  try {
    return await work()
  } finally {
    end.abort()
    await Promise.all(lives)
  }
}

async function deliveriesOf(of: ComposedHub, order: string) {
  const read = answer(await of.api.GET('/api/v1/orders/{id}', { params: { path: { id: order } } }))
  return Promise.all(
    read.deliveries.map(async ({ id }) =>
      answer(await of.api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } })),
    ),
  )
}

const services = (version: string) => [
  {
    deviceClass: 'set-top-box' as const,
    role: 'unit' as const,
    files: { 'guide.pkg': imageOf({ name: 'guide', version }, 100_000) },
  },
  {
    deviceClass: 'gateway' as const,
    role: 'firmware' as const,
    files: { 'gateway.img': imageOf({ name: 'guide', version }, 300_000) },
  },
]

describe('devices that speak TR-069', () => {
  it(
    'an order reaches a box with deployment units and a gateway with firmware, and each proves it; then they are updated',
    { timeout: 2 * patience },
    async () => {
      for (const version of ['1.0.0', '1.1.0']) await publishTestService(hub, 'guide', version, services(version))
      const home = await createHousehold(hub)
      const [box, gateway] = [await added(home, 'tr181'), await added(home, 'tr098')]
      for (const { device } of [box, gateway]) expect((await device.bootstrap()).ended).toBe(true)
      const seen = answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id: box.id } } }))
      expect(seen).toMatchObject({ protocol: 'cwmp', reachable: true })
      expect(seen.capabilities).toMatchObject({ hardware: { model: 'Box', arch: 'arm64' }, timeZone: 'Europe/Berlin' })
      const devices = [box.device, gateway.device]

      const first = await placeOrder(hub, home, 'add', 'guide', { version: '1.0.0' })
      expect(await living(devices, () => settledOrder(hub, first.id))).toMatchObject({ state: 'completed' })
      expect(box.device.installer.units()).toEqual([{ name: 'guide', version: '1.0.0' }])
      expect(gateway.device.model.value('DeviceInfo.SoftwareVersion')).toBe('1.0.0')
      const proofs = (await deliveriesOf(hub, first.id)).map(({ proof }) => proof?.by)
      expect(proofs.toSorted()).toEqual([
        'Device.SoftwareModules.DeploymentUnit.1.Version',
        'InternetGatewayDevice.DeviceInfo.SoftwareVersion',
      ])

      const second = await placeOrder(hub, home, 'modify', 'guide', { version: '1.1.0' })
      expect(await living(devices, () => settledOrder(hub, second.id))).toMatchObject({ state: 'completed' })
      expect(box.device.installer.units()).toEqual([{ name: 'guide', version: '1.1.0' }])
      expect([box, gateway].map(({ device }) => device.installer.installs)).toEqual([2, 2])
    },
  )

  it(
    'a device is called when there is work for it, and a failure of it is told with the device’s code',
    { timeout: 2 * patience },
    async () => {
      await publishTestService(hub, 'radio', '1.0.0', services('1.0.0').slice(0, 1))
      const home = await createHousehold(hub)
      const { device } = await added(home, 'tr181')
      await device.listen()
      await device.bootstrap()
      device.faults.fail = { stage: 'verifying', code: 9018 }
      const order = await placeOrder(hub, home, 'add', 'radio')
      await until(() => device.woken > 0)
      await device.settle()
      expect(await living([device], () => settledOrder(hub, order.id))).toMatchObject({ state: 'failed' })
      const [delivery] = await deliveriesOf(hub, order.id)
      expect(delivery!.detail).toContain('9018: the file is corrupted')
    },
  )

  it('what changes behind the hub’s back is drift', { timeout: 2 * patience }, async () => {
    await publishTestService(hub, 'clock', '1.0.0', [
      {
        deviceClass: 'set-top-box',
        role: 'unit',
        files: { 'clock.pkg': imageOf({ name: 'clock', version: '1.0.0' }) },
      },
    ])
    const home = await createHousehold(hub)
    const { device } = await added(home, 'tr181')
    await device.bootstrap()
    const order = await placeOrder(hub, home, 'add', 'clock')
    expect(await living([device], () => settledOrder(hub, order.id))).toMatchObject({ state: 'completed' })
    device.installer.alter([])
    await device.inform({ code: '4 VALUE CHANGE' })
    await until(async () => {
      const query = { household: home }
      const { items } = answer(await hub.api.GET('/api/v1/subscriptions', { params: { query } }))
      return items.some(({ service, state }) => service === 'clock' && state === 'degraded')
    })
  })

  it(
    'a stranger, a wrong password and a device that was taken out of service are not let in',
    { timeout: patience },
    async () => {
      const home = await createHousehold(hub)
      const { id, device } = await added(home, 'tr181')
      const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: 'stranger' }
      const acs = `${hub.deviceUrl}/cwmp`
      const stranger = new CwmpDevice({
        acs,
        login: { username: 'a', password: 'b' },
        identity,
        model: 'tr181',
        version: '1',
      })
      expect((await stranger.bootstrap()).status).toBe(401)
      expect((await device.bootstrap()).ended).toBe(true)
      answer(await hub.api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id } } } as never))
      await until(async () => ((await device.periodic()).status === 401 ? true : null))
    },
  )
})
