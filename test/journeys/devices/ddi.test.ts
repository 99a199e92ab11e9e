import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { request, type RequestOptions } from 'node:https'
import { answer } from '@sutler/client'
import { DdiDevice, type HubAddress } from '@sutler/simulators'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { composeSecondHub, hubForThisFile } from '../../support/composed-hub.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  until,
  type Order,
} from '../household.ts'
import { needProgram } from '../../support/swupdate/image.ts'
import { servicesOf } from '../ordering.ts'

/** An order to a device that speaks DDI, from the request to the proof, through a whole hub. */

const image = (version: string) => Buffer.alloc(300_000, `image ${version};`)

const switchedOn = {
  SUTLER_PROTOCOLS: 'ddi',
  SUTLER_DEVICE_HTTP_PORT: '0',
  SUTLER_DDI_POLL: '60s',
  SUTLER_DEVICE_FRONTS: '127.0.0.1',
}

const hub = hubForThisFile({ clock: systemClock, env: switchedOn }, async (made) => {
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(made, 'firmware', version, [
      {
        deviceClass: 'gateway',
        role: 'firmware',
        reports: { name: 'linux' },
        files: { 'images/system.swu': image(version) },
      },
    ])
})

let devices = 0

/** A household with one gateway that polls by DDI. */
async function gateway() {
  const household = await createHousehold(hub)
  const identity = `gateway-${++devices}`
  const made = answer(
    await hub.api.POST('/api/v1/devices', { body: { household, class: 'gateway', protocol: 'ddi', identity } }),
  )
  const credential = { targetToken: made.credential!.secret! }
  const address: HubAddress = { hub: hub.deviceUrl!, tenant: 'main', controller: identity, credential }
  const attributes = { 'hardware.model': 'Gateway 7', arch: 'arm64', os: 'linux' }
  const device = new DdiDevice({ ...address, attributes, reportsUnits: true })
  device.units = [{ name: 'linux', version: '0.9' }]
  expect(await device.poll()).toBe(200)
  return { household, id: made.device, device, address }
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

  test('that fails says why, and the order does', async () => {
    const { household, device } = await gateway()
    device.faults.failAt = 'installing'
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    const { state, deliveries } = await settled(device, order.id)
    expect([state, deliveries[0]!.detail]).toEqual(['failed', expect.stringContaining('installing failed')])
    expect(device.units).toEqual([{ name: 'linux', version: '0.9' }])
  })

  test('installs nothing in quiet hours that begin after it was offered, and does when they are over', async () => {
    const { household, device } = await gateway()
    device.faults.holdAt = 'downloading'
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    await until(async () => (await device.poll()) && device.held)
    const now = new Date()
    const hour = (offset: number) => `${String((now.getUTCHours() + 24 + offset) % 24).padStart(2, '0')}:00`
    const params = { path: { kind: 'household' as const, id: household } }
    const quiet = async (body: object) => answer(await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body }))
    await quiet({ quietHours: { from: hour(-1), to: hour(2) } })
    // It looks again, as after a restart.
    device.losePower()
    device.faults.holdAt = undefined
    await until(
      async () => (await device.poll()) && device.answers.some(({ said }) => said.includes('Skipped Update.')),
    )
    for (let poll = 0; poll < 5; poll++) await device.poll()
    expect(device.installs).toBe(0)
    expect((await readOrder(hub, order.id)).state).toBe('inProgress')
    await quiet({})
    expect(await settled(device, order.id)).toMatchObject({ state: 'completed' })
    expect(device.installs).toBe(1)
  })

  test('comes in with a token that many share once an operator has accepted it', async () => {
    const household = await createHousehold(hub)
    const batch = { protocol: 'ddi' as const, name: 'Boxes of 2024' }
    const { secret } = answer(await hub.api.POST('/api/v1/gateway-credentials', { body: batch }))
    const controller = 'stranger-1'
    const device = new DdiDevice({
      hub: hub.deviceUrl!,
      tenant: 'MAIN',
      controller,
      credential: { gatewayToken: secret! },
      attributes: { model: 'Gateway 7' },
    })
    expect(await device.poll()).toBe(401)
    const waiting = answer(await hub.api.GET('/api/v1/enrolments', { params: { query: { state: 'waiting' } } })).items
    const id = waiting.find((each) => JSON.stringify(each).includes(controller))!.id
    const body = { household, class: 'gateway' as const, name: 'Hall' }
    answer(await hub.api.POST('/api/v1/enrolments/{id}/accept', { params: { path: { id } }, body }))
    await until(async () => (await device.poll()) === 200)
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    const { state, deliveries } = await settled(device, order.id)
    // It has never said what it runs: its word on the action is the proof.
    expect([state, deliveries[0]!.proof]).toEqual([
      'completed',
      expect.objectContaining({ holds: true, by: expect.stringContaining('closed, success of deploymentBase/') }),
    ])
  })

  test('that names another version later has drifted', async () => {
    const { household, device } = await gateway()
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    expect((await settled(device, order.id)).state).toBe('completed')
    expect(await servicesOf(hub, household)).toEqual(['firmware 1.0.0 active'])
    expect(await device.sayInstalled({ name: 'linux', version: '0.9' })).toBe(200)
    await until(async () => (await servicesOf(hub, household))[0] === 'firmware 1.0.0 degraded')
  })

  test('goes on at another hub, and comes back', async () => {
    const { household, device, address } = await gateway()
    device.faults.holdAt = 'verifying'
    const order = await placeOrder(hub, household, 'add', 'firmware', { version: '1.0.0' })
    await until(async () => (await device.poll()) && device.held)
    const second = await composeSecondHub(hub, { clock: systemClock, env: switchedOn })
    try {
      device.goTo({ ...address, hub: second.deviceUrl! })
      device.faults.holdAt = undefined
      await until(async () => (await device.poll()) && device.units[0]!.version === '1.0.0' && !device.working)
      // That hub has no files of its own to judge a proof by: the device says what it runs to the first one.
      device.goTo(address)
      expect(await settled(device, order.id)).toMatchObject({ state: 'completed' })
      expect(device.installs).toBe(1)
    } finally {
      device.losePower()
      await second.stop()
    }
  })

  test('is known by its certificate, in TLS with the hub or as a proxy has seen it', async () => {
    const household = await createHousehold(hub)
    const { certificate, key } = selfSigned()
    const sha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
    const identity = 'certified-1'
    const body = { household, class: 'gateway', protocol: 'ddi', identity, credential: { kind: 'certificate', sha256 } }
    answer(await hub.api.POST('/api/v1/devices', { body: body as never }))
    const path = `/main/controller/v1/${identity}`
    const shown = { ca: hub.secure.authority, cert: certificate, key }
    expect(await statusOf(`${hub.secure.url}${path}`, shown)).toBe(200)
    expect(await statusOf(`${hub.secure.url}${path}`, { ...shown, ...selfSigned('other') })).toBe(401)
    const passedOn = { headers: { 'x-client-certificate': encodeURIComponent(certificate) } }
    expect((await fetch(`${hub.deviceUrl}${path}`, passedOn)).status).toBe(200)
  })
})

/** A device's own key with a certificate that nobody else has signed. */
function selfSigned(name = 'device'): { certificate: string; key: string; cert: string } {
  const subject = ['-subj', `/CN=${name}`, '-days', '30', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  const made = execFileSync(
    needProgram('openssl'),
    ['req', '-x509', '-nodes', ...subject, '-keyout', '-', '-out', '-'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const part = (what: string) => new RegExp(`-----BEGIN ${what}-----[^-]+-----END ${what}-----`).exec(made)![0]
  const certificate = part('CERTIFICATE')
  return { certificate, cert: certificate, key: part('PRIVATE KEY') }
}

function statusOf(url: string, options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, agent: false }, (given) => {
      given.resume()
      resolve(given.statusCode ?? 0)
    })
    asked.on('error', reject).end()
  })
}
