import { randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { answer } from '@sutler/client'
import { connectPassword, connectStatement, encode, topics } from '@sutler/wire'
import { connect as connectMqtt } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createClaim, createHousehold, patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { csrOf, newKey, tlsDevices, type Connection, type DeviceIdentity } from '../support/certified-device.ts'
import { manualClock, type ManualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'

/** TLS goes by the machine's clock, the hub by this one. */
let clock: ManualClock
let hub: ComposedHub
let home: string
let devices: ReturnType<typeof tlsDevices>

beforeAll(async () => {
  clock = manualClock(Date.now())
  hub = await composeHub({ clock })
  home = await createHousehold(hub)
  devices = tlsDevices(hub.secure, hub.secure.authority)
}, patience)
afterAll(() => hub?.stop(), patience)

const enrolled = async (): Promise<DeviceIdentity> => devices.enrol(await createClaim(hub, home))

async function connected(identity: DeviceIdentity): Promise<Connection> {
  const connection = await devices.connect(identity)
  onTestFinished(() => connection.end())
  expect(connection.answer).toBe(0)
  return connection
}

const deviceOf = async (id: string) => answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id } } }))

/** Is cut within five seconds of the hub's clock. */
async function isCut(connection: Connection): Promise<void> {
  let passed = 0
  await until(() => {
    if (connection.open() && passed < 5_000) clock.advance(500)
    passed += 500
    return !connection.open()
  })
}

describe('onboarding', { timeout: patience }, () => {
  it('a claim used twice makes one device', async () => {
    const claim = await createClaim(hub, home)
    const asked = [newKey(), newKey(), newKey()].map((key, i) => devices.ask(claim, `twice-${i}`, key))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 403, 403])
  })

  it('a claim opens no topic and no route', async () => {
    const claim = await createClaim(hub, home)
    const response = await fetch(`${hub.url}/api/v1/devices`, {
      headers: { authorization: `Bearer ${claim.split('.')[0]}` },
    })
    expect(response.status).toBe(401)
    expect((await devices.connect(null, 'dev-00000000', claim)).answer).toBe('closed')
    const client = connectMqtt(hub.plainMqtt, {
      clientId: 'dev-00000000',
      username: 'dev-00000000',
      password: claim,
      reconnectPeriod: 0,
    })
    const [error] = (await once(client as never, 'error')) as [{ code: number }]
    expect(error.code).toBe(5)
  })

  it('a claim certificate enrols so many devices of such serial numbers, and opens no topic and no other route', async () => {
    const key = newKey()
    const body = { household: home, csr: csrOf(key, ''), uses: 2, serialPrefix: 'GW-', expiresInSeconds: 86_400 }
    const made = answer(await hub.api.POST('/api/v1/claims', { body }))
    const shown: DeviceIdentity = { id: made.id, key, certificate: made.certificate! }
    const ask = (serial: string, by: DeviceIdentity | null = shown, claim = made.id) =>
      devices.ask(claim, serial, newKey(), '', by)
    expect((await ask('TV-1')).status).toBe(403)
    expect((await ask('GW-1', null)).status).toBe(403)
    expect((await ask('GW-1', await enrolled())).status).toBe(403)
    const one = newKey()
    const first = await devices.ask(made.id, 'GW-1', one, '', shown)
    expect(first.status).toBe(201)
    expect((await devices.ask(made.id, 'GW-1', one, '', shown)).status).toBe(200)
    expect([(await ask('GW-2')).status, (await ask('GW-3')).status]).toEqual([201, 403])
    ;(await connected({ id: first.body.device, key: one, certificate: first.body.certificate })).end()

    expect((await devices.connect(shown)).answer).toBe(5)
    expect((await devices.connect(shown, first.body.device)).answer).toBe(5)
    expect((await devices.renew(shown)).status).toBe(403)
    expect((await devices.post('/api/v1/orders', {}, shown)).status).toBe(401)
    const other = answer(await hub.api.POST('/api/v1/claims', { body: { ...body, csr: csrOf(newKey(), '') } }))
    expect((await ask('GW-4', shown, other.id)).status).toBe(403)
    const rest = answer(await hub.api.POST('/api/v1/claims', { body: { ...body, csr: csrOf(key, '') } }))
    const again: DeviceIdentity = { id: rest.id, key, certificate: rest.certificate! }
    await hub.api.DELETE('/api/v1/claims/{id}', { params: { path: { id: rest.id } } })
    expect((await ask('GW-5', again, rest.id)).status).toBe(403)
  })

  it('a cloned identity: both are quarantined, until a person decides; the old key is of no use afterwards', async () => {
    const identity = await enrolled()
    const first = await connected(identity)
    await first.hello('boot-a')
    const second = await connected(identity)
    await second.hello('boot-b')
    await until(() => !first.open())
    const third = await connected(identity)
    await third.hello('boot-a')
    await until(() => !third.open())
    expect(await deviceOf(identity.id)).toMatchObject({ state: 'quarantined' })
    expect((await devices.connect(identity)).answer).toBe(5)
    expect((await devices.renew(identity)).status).toBe(403)
    const events = await hub.database
      .sql`select data from platform_event where type = 'device.quarantined' and subject = ${identity.id}`
    expect(events).toHaveLength(1)

    const path = { params: { path: { id: identity.id } } }
    const { claim } = answer(await hub.api.POST('/api/v1/devices/{id}/release', path))
    expect((await devices.connect(identity)).answer).toBe(5)
    expect((await devices.ask(claim, 'any', identity.key)).status).toBe(403)
    const key = newKey()
    const back = await devices.ask(claim, 'any', key)
    expect(back).toMatchObject({ status: 201, body: { device: identity.id } })
    const again = await connected({ id: identity.id, key, certificate: back.body.certificate })
    await again.hello('boot-c')
    expect(await deviceOf(identity.id)).toMatchObject({ state: 'active' })
  })

  it('a cloned identity that renews after the real one has: both are quarantined', async () => {
    const copy = await enrolled()
    const { status, body } = await devices.renew(copy)
    expect(status).toBe(201)
    // Until the new one is used the old one is good, too.
    ;(await connected(copy)).end()
    const real = { ...copy, certificate: body.certificate }
    const connection = await connected(real)
    expect((await devices.connect(copy)).answer).toBe(5)
    expect(connection.open()).toBe(true)
    expect((await devices.renew(copy)).status).toBe(403)
    await until(() => !connection.open())
    expect(await deviceOf(copy.id)).toMatchObject({ state: 'quarantined' })
  })

  it('reconnects, restarts and takeovers raise no alarm', async () => {
    const identity = await enrolled()
    for (const boot of ['one', 'one', 'two', 'two', 'three', 'four']) {
      const connection = await connected(identity)
      await connection.hello(boot)
      await connection.hello(boot)
      if (boot !== 'two') connection.end()
    }
    const [before, after] = [await connected(identity), await connected(identity)]
    await after.hello('five')
    await until(() => !before.open())
    expect(after.open()).toBe(true)
    expect(await deviceOf(identity.id)).toMatchObject({ state: 'active' })
  })

  it('a CSR for another name is refused, at enrolment and at renewal', async () => {
    const other = await enrolled()
    const claim = await createClaim(hub, home)
    expect((await devices.ask(claim, 'mine', newKey(), other.id)).status).toBe(403)
    expect((await devices.ask(claim, 'mine', newKey(), 'mine')).status).toBe(201)
    const identity = await enrolled()
    expect((await devices.renew(identity, identity.key, other.id)).status).toBe(403)
  })

  it('a client id that is not the certificate’s is refused, and the rightful one stays', async () => {
    const [identity, other] = [await enrolled(), await enrolled()]
    const rightful = await connected(other)
    expect((await devices.connect(identity, other.id)).answer).toBe(5)
    expect((await devices.connect(null, other.id)).answer).toBe('closed')
    expect(rightful.open()).toBe(true)
  })

  it('a revoked certificate: disconnected within 5 s; the decommissioned device does not come back', async () => {
    const identity = await enrolled()
    const connection = await connected(identity)
    await hub.api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id: identity.id } } })
    await isCut(connection)
    expect((await devices.connect(identity)).answer).toBe(5)
    expect((await devices.renew(identity)).status).toBe(403)
    expect((await devices.ask(await createClaim(hub, home), 'back', identity.key)).status).toBe(403)
  })

  it('a device that gets its identity back: what was lost is disconnected within 5 s, and refused', async () => {
    const lost = await enrolled()
    const connection = await connected(lost)
    const body = { household: home, device: lost.id }
    const { claim } = answer(await hub.api.POST('/api/v1/claims', { body }))
    const key = newKey()
    const back = await devices.ask(claim, 'any', key)
    expect(back).toMatchObject({ status: 201, body: { device: lost.id } })
    await isCut(connection)
    expect((await devices.connect(lost)).answer).toBe(5)
    expect((await devices.renew(lost)).status).toBe(403)
    const again = await connected({ id: lost.id, key, certificate: back.body.certificate })
    await again.hello('boot')
    expect(again.open()).toBe(true)
  })

  it('renewals of one device are limited, those of others go on', async () => {
    const identity = await enrolled()
    const renew = async () => (await devices.renew(identity)).status
    const limited = await until(async () => ((await renew()) === 429 ? renew() : null), { deadline: patience })
    expect(limited).toBe(429)
    expect((await devices.renew(await enrolled())).status).toBe(201)
  })

  it('guessing claims is limited', async () => {
    const guess = () => devices.ask(`clm_${'A'.repeat(43)}`, 'guess', newKey())
    const limited = await until(async () => ((await guess()).status === 429 ? guess() : null), { deadline: patience })
    expect(limited.status).toBe(429)
    clock.advance(60_000)
  })

  it('over WebSocket with TLS the path and the protocol are MQTT’s, and nobody is let in without a signature', async () => {
    const url = hub.secure.url.replace('https', 'wss')
    const refused = async (path: string, protocol: string) => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        'sec-websocket-version': '13',
        'sec-websocket-protocol': protocol,
      }
      const asked = request(`${hub.secure.url}${path}`, { ca: hub.secure.authority, agent: false, headers }).end()
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      response.resume()
      return response.statusCode
    }
    expect(await refused('/other', 'mqtt')).toBe(404)
    expect(await refused('/mqtt', 'chat')).toBe(404)
    const identity = await enrolled()
    const client = connectMqtt(`${url}/mqtt`, {
      ca: hub.secure.authority,
      clientId: identity.id,
      username: identity.id,
      password: 'x',
      reconnectPeriod: 0,
    })
    const [error] = (await once(client as never, 'error')) as [{ code: number }]
    expect(error.code).toBe(5)
  })

  it('over WebSocket with TLS a device that signs with the key of its certificate is let in, and heard', async () => {
    const key = newKey()
    const { body } = await devices.ask(await createClaim(hub, home), 'browser', key)
    const [id, time, nonce] = [String(body.device), clock.now(), randomBytes(16).toString('base64url')]
    const signature = sign(null, Buffer.from(connectStatement(body.hub, id, time, nonce)), key).toString('base64url')
    const client = connectMqtt(`${hub.secure.url.replace('https', 'wss')}/mqtt`, {
      ca: hub.secure.authority,
      clientId: id,
      username: id,
      password: connectPassword(time, nonce, signature),
      reconnectPeriod: 0,
    })
    onTestFinished(() => void client.end(true))
    await once(client as never, 'connect')
    await client.subscribeAsync(topics(id).down, { qos: 1 })
    const answered = once(client as never, 'message')
    const hello = encode({ id: 'h-1', t: 'hello', versions: [1], agent: 'test', boot: 'b' })
    await client.publishAsync(topics(id).up, Buffer.from(hello), { qos: 1 })
    const [topic] = (await answered) as [string]
    expect(topic).toBe(topics(id).down)
  })

  it('an expired certificate: disconnected within 5 s, and refused', async () => {
    const identity = await enrolled()
    const connection = await connected(identity)
    clock.advance(90 * 86_400_000)
    await isCut(connection)
    expect((await devices.connect(identity)).answer).toBe(5)
    expect((await devices.renew(identity)).status).toBe(403)
  })
})
