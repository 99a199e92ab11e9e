import { once } from 'node:events'
import type { Socket } from 'node:net'
import * as fc from 'fast-check'
import type { IClientOptions, MqttClient } from 'mqtt'
import mqttPacket from 'mqtt-packet'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { mqttBroker } from '../../../../test/support/mqtt-broker.ts'
import { event, mqttClients } from '../../../../test/support/mqtt-clients.ts'
import { until } from '../../../../test/support/until.ts'
import type { MqttBroker } from './mqtt-broker.ts'

const clock = manualClock()
let broker: MqttBroker
let port: number
const received: { device: string; payload: string }[] = []
const events: string[] = []
const clients = mqttClients(() => port, 4)
const { start, refusal, raw, end } = clients
let hold: Promise<void> | undefined

beforeAll(async () => {
  broker = mqttBroker({
    clock,
    perAddress: 10,
    perLoopback: 100,
    total: 200,
    pending: 20,
    connectDeadline: 300,
    authenticateDeadline: 10_000,
    drainDeadline: 30_000,
    messageLimit: 300 * 1024,
    queueLimit: 2 * 1024 * 1024,
    async authenticate(_device, password) {
      if (password === 'hang') await new Promise(() => {})
      if (password === 'down') throw new Error('the database is down')
      return password.startsWith('good')
    },
  })
  broker.onMessage((device, payload) => {
    received.push({ device, payload: Buffer.from(payload).toString() })
    if (Buffer.from(payload).toString() === 'bug') throw new TypeError('a bug of the hub')
    return hold
  })
  broker.onConnected((device) => events.push(`+${device}`))
  broker.onDisconnected((device) => events.push(`-${device}`))
  port = await broker.listenPlain(0)
})
afterEach(async () => {
  await end()
  received.length = 0
})
afterAll(() => broker.close())

async function device(id: string, options?: IClientOptions): Promise<MqttClient> {
  const { client } = await clients.device(id, options)
  await until(() => broker.connected(id))
  return client
}

const packet = (value: object) => mqttPacket.generate(value as never)
const connectPacket = (id: string, more: object = {}) =>
  packet({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: id,
    keepalive: 60,
    username: id,
    password: Buffer.from('good'),
    ...more,
  })

const closed = (socket: Socket) =>
  until(() => socket.destroyed || socket.closed, { what: 'the broker closes the connection' })

describe('a device', () => {
  test('talks with the hub on its own two topics', async () => {
    const client = await device('dev-talking')
    const down: string[] = []
    client.on('message', (topic, payload) => down.push(`${topic} ${payload.toString()}`))
    await client.publishAsync('sutler/1/dev-talking/up', 'hello', { qos: 1 })
    await until(() => received.length === 1)
    expect(received).toEqual([{ device: 'dev-talking', payload: 'hello' }])
    await Promise.all(Array.from({ length: 50 }, (_, i) => broker.publish('dev-talking', Buffer.from(String(i)))))
    await until(() => down.length === 50)
    expect(down).toEqual(Array.from({ length: 50 }, (_, i) => `sutler/1/dev-talking/down ${i}`))
  })

  test('counts as connected while it listens', async () => {
    const client = await device('dev-coming')
    await client.endAsync()
    await until(() => !broker.connected('dev-coming'))
    expect(events.filter((each) => each.endsWith('dev-coming'))).toEqual(['+dev-coming', '-dev-coming'])
    await expect(broker.publish('dev-coming', Buffer.from('x'))).rejects.toMatchObject({ code: 'device-not-connected' })
  })

  test('that connects again takes over, and its old connection ends', async () => {
    const first = await device('dev-twice')
    const gone = event(first, 'close')
    const second = await device('dev-twice')
    await gone
    const got = event(second, 'message')
    await until(() => broker.connected('dev-twice'))
    await broker.publish('dev-twice', Buffer.from('to the second'))
    expect(String((await got)[1])).toBe('to the second')
    expect(events.filter((each) => each.endsWith('dev-twice'))).toEqual(['+dev-twice', '-dev-twice', '+dev-twice'])
  })

  test('goes on when the hub fails at one of its messages', async () => {
    const client = await device('dev-unlucky-one')
    await client.publishAsync('sutler/1/dev-unlucky-one/up', 'bug', { qos: 1 })
    await client.publishAsync('sutler/1/dev-unlucky-one/up', 'after', { qos: 1 })
    await until(() => received.some((each) => each.payload === 'after'))
    expect(client.connected).toBe(true)
  })

  test('that is revoked is cut', async () => {
    const client = await device('dev-revoked')
    const gone = event(client, 'close')
    broker.disconnect('dev-revoked')
    await gone
    expect(broker.connected('dev-revoked')).toBe(false)
  })

  test('is read no further while the hub is busy with what it sent', async () => {
    let open = (): void => {}
    hold = new Promise((resolve) => (open = resolve))
    const client = await device('dev-eager')
    const big = 'x'.repeat(200_000)
    for (let i = 0; i < 100; i++) client.publish('sutler/1/dev-eager/up', big, { qos: 0 })
    await until(() => received.length > 0)
    await once(client.stream, 'drain').catch(() => {})
    expect(received.length).toBeLessThan(100)
    hold = undefined
    open()
    await until(() => received.length === 100)
  })
})

describe('a CONNECT', () => {
  test.each([
    ['with a wrong password', 'dev-wrong-password', { password: 'bad' }, 5],
    ['without a password', 'dev-no-password', { password: '' }, 4],
    ['with another’s user name', 'dev-other-name', { username: 'dev-somebody' }, 5],
    [
      'with a will',
      'dev-with-will',
      { will: { topic: 'sutler/1/dev-other/down', payload: Buffer.from('x'), qos: 1, retain: false } },
      5,
    ],
    ['while the hub cannot tell', 'dev-unlucky', { password: 'down' }, 3],
    ['with id #', '#', {}, 2],
    ['with id +', '+', {}, 2],
    ['with id a/b', 'a/b', {}, 2],
    ['with id __proto__', '__proto__', {}, 2],
    ['with an upper-case id', 'DEV-UPPER-CASE', {}, 2],
    ['with a long id', 'd'.repeat(65), {}, 2],
  ] as const)('%s is refused', async (_what, id, options, code) => {
    expect(await refusal(id, options as IClientOptions)).toBe(code)
  })

  test('with another’s id does no harm to the rightful one', async () => {
    const rightful = await device('dev-rightful')
    expect(await refusal('dev-rightful', { password: 'bad' })).toBe(5)
    await rightful.publishAsync('sutler/1/dev-rightful/up', 'still here', { qos: 1 })
    await until(() => received.some((each) => each.payload === 'still here'))
  })

  test('without an id is refused', async () => {
    const socket = raw()
    socket.write(connectPacket('', { username: 'dev-nameless' }))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer).toEqual(Buffer.from([0x20, 2, 0, 2]))
    await closed(socket)
  })

  test('gets a clean session even if it asks for another', async () => {
    const id = 'dev-kept-session'
    const first = await device(id, { clean: false })
    await first.subscribeAsync([`sutler/1/${id}/down`, '#']).catch(() => {})
    await first.endAsync()
    const second = start(id, { clean: false })
    const [connack] = (await event(second, 'connect')) as [{ sessionPresent: boolean }]
    expect(connack.sessionPresent).toBe(false)
    expect(broker.connected(id)).toBe(false)
  })

  test('that dribbles or never comes ends the connection', async () => {
    const dribbling = raw()
    dribbling.write(connectPacket('dev-dribble').subarray(0, 10))
    await Promise.all([closed(raw()), closed(dribbling)])
    expect(broker.connected('dev-dribble')).toBe(false)
  })

  test('whose authentication hangs is given up', async () => {
    const answer = refusal('dev-hanging', { password: 'hang' })
    await until(() => clock.waiting > 0)
    clock.advance(10_001)
    expect(await answer).toBe(3)
  })
})

describe('a subscription', () => {
  test.each([
    '#',
    '+/+/+/+',
    '$SYS/#',
    '$share/g/sutler/1/dev-nosy/down',
    'sutler/1/dev-other/down',
    'sutler/1/dev-nosy/up',
    'sutler/1/+/down',
    'a/'.repeat(80),
  ])('to %s is refused and nothing is kept', async (filter) => {
    const client = await device('dev-nosy')
    const heard: string[] = []
    client.on('message', (topic) => heard.push(topic))
    await client.subscribeAsync(filter, { qos: 1 }).then(
      (granted) => expect(granted.map((each) => each.qos)).toEqual([128]),
      (error: { message: string }) => expect(error.message).toMatch(/Unspecified|closed/),
    )
    const other = await device('dev-other')
    await other.publishAsync('sutler/1/dev-other/up', 'secret', { qos: 1 })
    await broker.publish('dev-other', Buffer.from('secret'))
    await broker.publish('dev-nosy', Buffer.from('mine')).catch(() => {})
    await until(() => heard.length > 0 || !client.connected)
    expect(heard.filter((topic) => topic !== 'sutler/1/dev-nosy/down')).toEqual([])
  })

  test('with 50,000 filters ends the connection', async () => {
    const socket = raw()
    socket.write(connectPacket('dev-filters'))
    await once(socket, 'data')
    socket.write(
      packet({
        cmd: 'subscribe',
        messageId: 1,
        subscriptions: Array.from({ length: 50_000 }, (_, i) => ({ topic: `t/${i}`, qos: 0 })),
      }),
    )
    await closed(socket)
    expect(broker.connected('dev-filters')).toBe(false)
  })

  test('that is repeated with another QoS is taken', async () => {
    const client = await device('dev-repeating')
    for (const qos of [0, 2, 1] as const) await client.subscribeAsync('sutler/1/dev-repeating/down', { qos })
    const got = event(client, 'message')
    await broker.publish('dev-repeating', Buffer.from('once'))
    expect(String((await got)[1])).toBe('once')
  })

  test('of 101 levels breaks nothing', async () => {
    const socket = raw()
    socket.write(connectPacket('dev-levels'))
    await once(socket, 'data')
    socket.write(packet({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/'.repeat(101), qos: 0 }] }))
    await closed(socket)
    await device('dev-after-levels')
    expect(broker.connected('dev-after-levels')).toBe(true)
  })
})

describe('a publish', () => {
  test.each([
    ['to another device', { topic: 'sutler/1/dev-other-1/down', qos: 1 }],
    ['to another device’s up topic', { topic: 'sutler/1/dev-other-1/up', qos: 1 }],
    ['to $SYS', { topic: '$SYS/x', qos: 0 }],
    ['that is retained', { topic: 'sutler/1/dev-writing/up', qos: 1, retain: true }],
    ['at QoS 2', { topic: 'sutler/1/dev-writing/up', qos: 2, messageId: 9 }],
  ])('%s ends the connection and reaches nobody', async (_what, publish) => {
    const other = await device('dev-other-1')
    const heard: string[] = []
    other.on('message', (topic) => heard.push(topic))
    const socket = raw()
    socket.write(connectPacket('dev-writing'))
    await once(socket, 'data')
    socket.write(packet({ cmd: 'publish', messageId: 5, dup: false, retain: false, payload: 'x', ...publish }))
    await closed(socket)
    expect([received, heard]).toEqual([[], []])
  })

  test('of 256 MB is cut before it is buffered', async () => {
    const socket = raw()
    socket.write(connectPacket('dev-huge'))
    await once(socket, 'data')
    const before = process.memoryUsage().rss
    socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]))
    socket.write(Buffer.alloc(1_000_000))
    await closed(socket)
    expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000)
  })

  test('just within the limit is taken', async () => {
    const client = await device('dev-large')
    await client.publishAsync('sutler/1/dev-large/up', 'x'.repeat(262_144), { qos: 1 })
    await until(() => received.length === 1)
    expect(received[0]?.payload).toHaveLength(262_144)
  })
})

describe('hostile connections', () => {
  test('that only wait are capped, and end', async () => {
    const idle = Array.from({ length: 60 }, () => raw())
    await until(() => idle.filter((socket) => socket.destroyed || socket.closed).length >= 40)
    await Promise.all(idle.map(closed))
    await device('dev-after-idlers')
    expect(broker.connected('dev-after-idlers')).toBe(true)
  })

  test('that send garbage crash nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.boolean(), async (bytes, greeted) => {
        const socket = raw()
        await once(socket, 'connect')
        if (greeted) socket.write(connectPacket('dev-garbage'))
        socket.end(bytes)
        socket.resume()
        await closed(socket)
      }),
      { numRuns: 150 },
    )
    await device('dev-after-garbage')
    expect(broker.connected('dev-after-garbage')).toBe(true)
  })

  test('a device that reads nothing is cut and holds up nobody', async () => {
    const frozen = raw()
    frozen.write(connectPacket('dev-frozen'))
    frozen.write(
      packet({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'sutler/1/dev-frozen/down', qos: 1 }] }),
    )
    await until(() => broker.connected('dev-frozen'))
    frozen.pause()
    const lively = await device('dev-lively')
    let heard = 0
    lively.on('message', () => heard++)
    const payload = Buffer.alloc(200_000)
    const outcomes: Promise<unknown>[] = []
    for (let i = 0; i < 60; i++) {
      outcomes.push(broker.publish('dev-frozen', payload).catch((error: { code: string }) => error.code))
      await broker.publish('dev-lively', Buffer.from('x'))
    }
    await until(() => heard === 60)
    expect(await Promise.all(outcomes)).toContain('device-not-connected')
    await until(() => !broker.connected('dev-frozen'))
  })
})
