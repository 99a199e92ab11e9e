import { answer } from '@sutler/client'
import { Lwm2mDevice, streamLink, type OpenLink } from '@sutler/simulators'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { dtlsLink } from '../../../protocols/lwm2m/src/test/dtls-link.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import { freePort } from '../../support/free-port.ts'
import { createHousehold, patience, placeOrder, publishTestService, settledOrder, until } from '../household.ts'

/** Orders to devices that speak LwM2M, over DTLS and over TLS, from the request to the proof, through a whole hub. */

const server = { host: '127.0.0.1', port: await freePort() }
const listen = `coaps://127.0.0.1:${server.port},coaps+tcp://127.0.0.1:${server.port}`

/** What the simulated device can read: name and version in the first line. */
const content = (name: string, version: string) => `${name} ${version}\n${'x'.repeat(200_000)}`

const hub = hubForThisFile(
  {
    clock: systemClock,
    env: { SUTLER_PROTOCOLS: 'lwm2m', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_LWM2M_LISTEN: listen },
  },
  async (made) => {
    for (const version of ['1.0.0', '2.0.0']) {
      const files = { 'guide.pkg': content('guide', version) }
      await publishTestService(made, 'guide', version, [{ deviceClass: 'gateway', role: 'unit', files }])
      const image = { 'image.bin': content('linux', version) }
      const reports = { name: 'linux' }
      await publishTestService(made, 'firmware', version, [
        { deviceClass: 'gateway', role: 'firmware', reports, files: image },
      ])
    }
  },
)

const devices: Lwm2mDevice[] = []
let made = 0

afterEach(() => {
  for (const device of devices.splice(0)) device.cut()
})

/** A household with one gateway that speaks LwM2M. */
async function gateway(
  link: (identity: string, key: Buffer) => OpenLink,
): Promise<{ household: string; id: string; device: Lwm2mDevice }> {
  const household = await createHousehold(hub)
  const name = `urn:dev:gateway-${++made}`
  const body = { household, class: 'gateway', protocol: 'lwm2m', identity: name } as const
  const added = answer(await hub.api.POST('/api/v1/devices', { body }))
  const device = new Lwm2mDevice({ name, open: link(name, Buffer.from(added.credential!.secret!, 'hex')) })
  devices.push(device)
  await device.boot()
  await until(async () => (await shown(added.device)).capabilities?.hardware.model === 'Sensor 1')
  return { household, id: added.device, device }
}

async function shown(id: string) {
  return answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id } } }))
}

const overDtls = (identity: string, key: Buffer) => dtlsLink(server, identity, key)
const overTls = (identity: string, key: Buffer) => streamLink(server, { identity, key })

describe('a device that speaks LwM2M', { timeout: patience }, () => {
  test('over DTLS, completes orders for a package with a proof: new, update, removal', async () => {
    const { household, id, device } = await gateway(overDtls)
    for (const [action, version] of [
      ['add', '1.0.0'],
      ['modify', '2.0.0'],
    ] as const) {
      const order = await placeOrder(hub, household, action, 'guide', { version })
      expect(await settledOrder(hub, order.id)).toMatchObject({
        state: 'completed',
        deliveries: [{ state: 'confirmed' }],
      })
      expect(device.software.runs()).toEqual([{ name: 'guide', version }])
    }
    expect(await shown(id)).toMatchObject({ protocol: 'lwm2m', reachable: true })
    const removal = await placeOrder(hub, household, 'remove', 'guide')
    expect(await settledOrder(hub, removal.id)).toMatchObject({ state: 'completed' })
    expect(device.software.runs()).toEqual([])
  })

  test('over TLS, completes an order for firmware with a proof after its restart', async () => {
    const { household, device } = await gateway(overTls)
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '2.0.0' })
    expect(await settledOrder(hub, order.id)).toMatchObject({
      state: 'completed',
      deliveries: [{ state: 'confirmed' }],
    })
    expect(device.firmware.version).toBe('2.0.0')
  })

  test('that fails to install fails the order, with the reason that it gave', async () => {
    const { household, device } = await gateway(overTls)
    device.stages.failAt = 'installing'
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    const settled = await settledOrder(hub, order.id)
    expect(settled.state).toBe('failed')
    expect(JSON.stringify(settled.deliveries)).toContain('Update Result 8')
  })

  test('with another device’s key is not let in', async () => {
    const { device } = await gateway(overTls)
    const thief = new Lwm2mDevice({ name: 'urn:dev:gateway-1', open: overTls('urn:dev:gateway-1', Buffer.alloc(32)) })
    await expect(thief.boot()).rejects.toThrow(/alert|disconnected|socket|ECONNRESET/i)
    expect(device.registered).toBe(true)
  })
})
