import { randomBytes } from 'node:crypto'
import { digestBytes, encode, limits, type Offer } from '@sutler/wire'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
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
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1', b: '2', c: '3' } }])
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

async function home(): Promise<{ id: string; phone: WireDevice }> {
  const id = await createHousehold(hub)
  const phone = await WireDevice.start(hub, await createClaim(hub, id))
  onTestFinished(() => phone.disconnect())
  return { id, phone }
}

/** A household whose phone has been offered the service. */
async function offered() {
  const { id, phone } = await home()
  const order = await placeOrder(hub, id, 'add', 'guide')
  return { phone, order: order.id, offer: await phone.wait('offer', order.deliveries[0]!.id) }
}

/** The hub is the same process as at the start and serves this device from the order to the proof. */
async function isServed({ id, phone }: { id: string; phone: WireDevice }): Promise<void> {
  const order = await placeOrder(hub, id, 'add', 'guide')
  await phone.prove(await phone.wait('offer', order.deliveries[0]!.id))
  expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
}

const map = (...entries: [string, Uint8Array][]): Uint8Array =>
  Buffer.concat([Uint8Array.of(0xa0 + entries.length), ...entries.flatMap(([key, value]) => [text(key), value])])
const text = (value: string): Uint8Array => Buffer.concat([Uint8Array.of(0x60 + value.length), Buffer.from(value)])
const nested = (depth: number): Uint8Array => Buffer.concat([Buffer.alloc(depth, 0x81), Uint8Array.of(0)])

const hostile: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['noise', randomBytes(1000)],
  ['half a map', encode({ t: 'ping', id: 'x' }).subarray(0, 6)],
  ['a map that claims four billion entries', Uint8Array.of(0xba, 0xff, 0xff, 0xff, 0xff)],
  ['a text that claims four billion bytes', Buffer.concat([map(), Uint8Array.of(0x7a, 0xff, 0xff, 0xff, 0xff)])],
  ['arrays a hundred thousand deep', nested(100_000)],
  ['a field nested ten deep', map(['id', text('deep')], ['t', text('ping')], ['x', nested(10)])],
  ['a bignum', map(['id', text('big')], ['t', text('ping')], ['x', Uint8Array.of(0xc2, 0x41, 0xff)])],
  ['a regular expression (tag 27)', Buffer.concat([Uint8Array.of(0xd8, 27, 0x82), text('RegExp'), text('(a+)+$')])],
  ['an indefinite length', Uint8Array.of(0xbf, 0x61, 0x74, 0x61, 0x61, 0xff)],
  ['the same key twice', map(['id', text('two')], ['t', text('ping')], ['t', text('hello')])],
  ['the prototype as a key', map(['__proto__', map()], ['id', text('proto')], ['t', text('pong')])],
  ['the largest message', Buffer.alloc(limits.messageBytes, 0x60)],
]

describe('a connected device that sends', { timeout: 2 * patience }, () => {
  it.each(hostile)('%s harms nobody', async (_what, bytes) => {
    const [bad, good] = [await home(), await home()]
    const pid = hub.pid
    for (let n = 0; n < 20; n++) bad.phone.send(bytes)
    await isServed(good)
    expect(hub.pid).toBe(pid)
    // What it said before and after is taken, over a new connection if the hub has closed this one.
    if (!bad.phone.connected) await bad.phone.connect()
    await isServed(bad)
  })

  it('a message larger than any may be is cut off, and can come back', async () => {
    const { phone } = await home()
    phone.send(Buffer.alloc(limits.messageBytes + 1000, 0x60))
    await until(() => !phone.connected, { deadline: patience })
    await phone.connect()
    expect(await phone.say({ t: 'ping' })).toBeNull()
  })

  it('an unknown type or a wrong field is told so', async () => {
    const { phone } = await home()
    const answered = (id: string) => until(() => phone.acks.find(({ re }) => re.includes(id)), { deadline: patience })
    phone.send(map(['id', text('u1')], ['t', text('dance')]))
    expect((await answered('u1')).error).toBe('unknown-type')
    phone.send(map(['id', text('u2')], ['t', text('accept')]))
    expect((await answered('u2')).error).toBe('bad-field')
  })

  it('text that the database cannot keep is served on', async () => {
    const { phone, order, offer } = await offered()
    const detail = 'NUL \0 and half a pair \uD83D'
    await phone.say({ t: 'decline', delivery: offer.delivery, reason: 'no-space', detail })
    expect(await settledOrder(hub, order)).toMatchObject({ state: 'failed' })
  })

  it('capabilities with such text, or of another class than it enrolled as, is served on', async () => {
    const { id, phone } = await home()
    const capabilities = {
      t: 'capabilities' as const,
      class: 'phone',
      hardware: { model: 'a\0b', arch: 'x64', cpus: 1 },
      os: { name: 'linux', version: '6' },
      memory: { total: Number.MAX_SAFE_INTEGER },
      storage: { total: Number.MAX_SAFE_INTEGER, free: 0 },
      runtimes: { 'no\0de': '20' },
      features: [],
      tz: 'Mars/Base',
      installed: [],
    }
    expect(await phone.say(capabilities)).toBeNull()
    await phone.say({ ...capabilities, class: 'gateway' })
    await isServed({ id, phone })
  })
})

describe('what a device says about a delivery', { timeout: 2 * patience }, () => {
  const says = (delivery: string) =>
    [
      { t: 'accept', delivery },
      { t: 'decline', delivery, reason: 'refused' },
      { t: 'progress', delivery, stage: 'downloading', done: 1, total: 2 },
      { t: 'outcome', delivery, result: 'installed', digests: [], health: { ok: true } },
      { t: 'renew', delivery },
    ] as const

  it('that is not its own is refused and changes nothing', async () => {
    const { order, offer } = await offered()
    const before = await readOrder(hub, order)
    const thief = await home()
    for (const delivery of [offer.delivery, 'dlv-none', 'x'])
      for (const message of says(delivery)) expect(await thief.phone.say(message)).toBe('unknown-delivery')
    expect(await readOrder(hub, order)).toEqual(before)
    expect(thief.phone.received).toEqual([])
  })

  it('is no proof when a digest differs: the delivery fails and names the files', async () => {
    const { phone, order, offer } = await offered()
    const { files } = await phone.manifest(offer)
    const digests = files.map(({ digest, path }) =>
      path === 'b' ? null : digestBytes(path === 'c' ? 'f'.repeat(64) : digest),
    )
    await phone.say({ t: 'outcome', delivery: offer.delivery, result: 'installed', digests, health: { ok: true } })
    const failed = await settledOrder(hub, order)
    expect(failed).toMatchObject({
      state: 'failed',
      deliveries: [{ state: 'failed', proof: { holds: false, wrong: ['b', 'c'] } }],
    })
    expect(failed.deliveries[0]!.detail).toBe('2 of 3 files are not as ordered: b, c')
    // It cannot be mended by saying something better afterwards.
    expect(await phone.prove(offer)).toBeNull()
    expect(await readOrder(hub, order)).toMatchObject({ state: 'failed', deliveries: [{ proof: { holds: false } }] })
  })

  it.each<[string, (offer: Offer) => Uint8Array[]]>([
    ['no digests', () => []],
    ['too many digests', () => Array.from({ length: 4000 }, () => randomBytes(32))],
  ])('is no proof with %s', async (_what, digests) => {
    const { phone, order, offer } = await offered()
    const outcome = { t: 'outcome', delivery: offer.delivery, result: 'installed', health: { ok: true } } as const
    await phone.say({ ...outcome, digests: digests(offer) })
    expect(await settledOrder(hub, order)).toMatchObject({ state: 'failed' })
  })

  it('cannot make it go backwards: progress and acceptance after the proof change nothing', async () => {
    const { phone, order, offer } = await offered()
    await phone.prove(offer)
    const done = await settledOrder(hub, order)
    for (const message of says(offer.delivery)) await phone.say(message)
    const after = await readOrder(hub, order)
    expect(after.state).toBe('completed')
    expect(after.deliveries[0]).toEqual(done.deliveries[0])
  })

  it('before it was offered, while quiet hours hold it, does not confirm it', async () => {
    const { id, phone } = await home()
    const minutes = (from: number) => new Date(Date.now() + from * 60_000).toISOString().slice(11, 16)
    const quietHours = { from: minutes(-60), to: minutes(120) }
    const params = { path: { kind: 'household' as const, id } }
    await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: { quietHours } })
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order, ({ state }) => state === 'held')
    for (const message of says(deliveries[0]!.id)) await phone.say(message)
    expect(await readOrder(hub, order)).toMatchObject({ state: 'held' })
  })
})

describe('a link to files', { timeout: patience }, () => {
  it('is good for its device, manifest and time only, and names nothing else of the hub', async () => {
    const { phone, offer } = await offered()
    const { query } = offer.link
    const base = hub.url + new URL(offer.link.base).pathname
    const manifest = Buffer.from(offer.manifest.digest).toString('hex')
    const get = async (url: string) => (await fetch(url)).status
    expect(await get(`${base}/${manifest}?${query}`)).toBe(200)
    const [file] = (await phone.manifest(offer)).files
    expect(await get(`${base}/${file!.digest}?${query}`)).toBe(200)
    expect(await get(`${base}/${file!.digest}`)).toBe(403)
    expect(await get(`${base}/${file!.digest}?${query.replace(/d=[^&]*/, 'd=dev-other')}`)).toBe(403)
    expect(await get(`${base}/${file!.digest}?${query.replace(/e=\d+/, 'e=9999999999')}`)).toBe(403)
    expect(await get(`${base.replace(manifest, file!.digest)}/${file!.digest}?${query}`)).toBe(403)
    expect(await get(`${base}/${'0'.repeat(64)}?${query}`)).toBe(404)
    expect(await get(`${base}/..%2f..%2fsetup-link?${query}`)).toBeGreaterThanOrEqual(400)
  })

  it('is of no use to the API, and a session none to it', async () => {
    const devices = answer(await hub.api.GET('/api/v1/devices')).items
    expect(devices.length).toBeGreaterThan(0)
    const { offer } = await offered()
    const answered = await fetch(`${hub.url}/api/v1/devices?${offer.link.query}`)
    expect(answered.status).toBe(401)
  })
})
