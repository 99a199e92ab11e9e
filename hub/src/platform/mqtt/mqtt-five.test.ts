import type { IClientOptions, IConnackPacket, MqttClient } from 'mqtt'
import mqttPacket from 'mqtt-packet'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mutated, random, seed } from '../../../../test/attacks/mutations.ts'
import { mqttBroker } from '../../../../test/support/mqtt-broker.ts'
import { event, mqttClients } from '../../../../test/support/mqtt-clients.ts'
import { until } from '../../../../test/support/until.ts'
import type { BrokerFace, FaceBroker, MessageProperties } from './face.ts'
import type { MqttBroker } from './mqtt-broker.ts'

/** The broker with a real client that speaks MQTT 5. What holds for both versions is in mqtt-broker.test.ts. */

let broker: MqttBroker
let faceBroker: FaceBroker
let port: number
const received: string[] = []
const properties: (MessageProperties | undefined)[] = []
const clients = mqttClients(() => port, 5)
const { start, refusal, raw, end } = clients

const face: BrokerFace = {
  name: 'agents',
  clientOf: (username) => (username.startsWith('agent:') ? username : null),
  authenticate: async (_client, password) => password === 'good',
  maySubscribe: (client, filter) => filter === `face/${client}/in`,
  mayPublish: (client, topic) => topic === `face/${client}/out`,
  mayHear: (client, topic) => topic === `face/${client}/in`,
  received: (_client, _topic, _payload, given) => void properties.push(given),
  listening: () => {},
  silent: () => {},
  responseInformation: (client) => `face/${client}/in`,
}

beforeAll(async () => {
  broker = mqttBroker()
  broker.onMessage((device, payload) => void received.push(`${device} ${Buffer.from(payload).toString()}`))
  faceBroker = broker.add(face)
  port = await broker.listenPlain(0)
})
afterEach(async () => {
  await end()
  received.length = 0
})
afterAll(() => broker.close())

async function device(id: string, options?: IClientOptions): Promise<{ client: MqttClient; connack: IConnackPacket }> {
  const connected = await clients.device(id, options)
  await until(() => broker.connected(id))
  return connected
}

describe('a device with MQTT 5', () => {
  test('talks with the hub on its own two topics, in order', async () => {
    const { client } = await device('dev-five-talks')
    const down: string[] = []
    client.on('message', (topic, payload) => down.push(`${topic} ${payload.toString()}`))
    await client.publishAsync('sutler/1/dev-five-talks/up', 'hello', { qos: 1 })
    expect(received).toEqual(['dev-five-talks hello'])
    await Promise.all(Array.from({ length: 50 }, (_, i) => broker.publish('dev-five-talks', Buffer.from(String(i)))))
    await until(() => down.length === 50)
    expect(down).toEqual(Array.from({ length: 50 }, (_, i) => `sutler/1/dev-five-talks/down ${i}`))
  })

  test('takes over from one with MQTT 3.1.1 and the other way round; the old one is told why it ends', async () => {
    const old = await device('dev-five-twice', { protocolVersion: 4 })
    const gone = event(old.client, 'close')
    const { client } = await device('dev-five-twice')
    await gone
    const told = event(client, 'disconnect')
    const newest = await device('dev-five-twice', { protocolVersion: 4 })
    // 3.14.2.1: session taken over.
    expect(await told).toMatchObject([{ reasonCode: 0x8e }])
    const got = event(newest.client, 'message')
    await broker.publish('dev-five-twice', Buffer.from('to the newest'))
    expect(String((await got)[1])).toBe('to the newest')
  })

  test('is told what it gets: no lasting session, a keep-alive that ends, the largest packet, no shared subscriptions', async () => {
    const asks = { clean: false, keepalive: 0, properties: { sessionExpiryInterval: 86_400 } }
    for (let turn = 0; turn < 2; turn++) {
      const { client, connack } = await device('dev-five-asks', asks)
      expect(connack).toMatchObject({
        sessionPresent: false,
        properties: {
          sessionExpiryInterval: 0,
          serverKeepAlive: 1_200,
          maximumPacketSize: 64 * 1024 + 5,
          sharedSubscriptionAvailable: false,
        },
      })
      await client.endAsync()
      await until(() => !broker.connected('dev-five-asks'))
    }
    const again = start('dev-five-asks', asks)
    await event(again, 'connect')
    expect(broker.connected('dev-five-asks')).toBe(false)
  })

  test('has no more publishes in flight than it takes', async () => {
    const { client } = await device('dev-five-slow', { properties: { receiveMaximum: 2 } })
    const waiting: (() => void)[] = []
    const heard: string[] = []
    // Its acknowledgement goes out when the handler is done.
    client.handleMessage = (packet, done) => {
      heard.push(String((packet as { payload: Buffer }).payload))
      waiting.push(() => done())
    }
    const all = Array.from({ length: 5 }, (_, i) => broker.publish('dev-five-slow', Buffer.from(String(i))))
    await Promise.all(all.slice(0, 2))
    await until(() => heard.length > 0)
    let sent = false
    void all[2]!.then(() => (sent = true))
    // What the broker hears only after it was given all of them: it would have sent the third by then.
    const talked = client.publishAsync('sutler/1/dev-five-slow/up', 'busy', { qos: 1 })
    await until(() => received.length > 0)
    expect(sent).toBe(false)
    await until(() => {
      waiting.shift()?.()
      return heard.length === 5
    })
    expect(heard).toEqual(['0', '1', '2', '3', '4'])
    await Promise.all([...all, talked])
  })

  test('that leaves with publishes in flight holds nobody up', async () => {
    const { client } = await device('dev-five-gone', { properties: { receiveMaximum: 1 } })
    client.handleMessage = () => {}
    const all = Array.from({ length: 3 }, (_, i) => broker.publish('dev-five-gone', Buffer.from(String(i))))
    await all[0]
    await client.endAsync(true)
    expect(await Promise.allSettled(all)).toHaveLength(3)
  })

  test('is sent nothing larger than it takes', async () => {
    const { client } = await device('dev-five-small', { properties: { maximumPacketSize: 1_000 } })
    const got = event(client, 'message')
    await expect(broker.publish('dev-five-small', Buffer.alloc(1_000))).rejects.toThrow(/takes packets of 1000 bytes/)
    await broker.publish('dev-five-small', Buffer.from('small'))
    expect(String((await got)[1])).toBe('small')
  })

  test.each([
    ['a wrong password', 'dev-five-refused', { password: 'bad' }, 0x87],
    ['no password', 'dev-five-refused', { password: '' }, 0x86],
    ['another’s client id', 'dev-five-refused', { username: 'dev-five-other' }, 0x87],
    ['a client id that is none', 'a/b', {}, 0x85],
    ['a will', 'dev-five-refused', { will: { topic: 'x', payload: Buffer.from('x'), qos: 1, retain: false } }, 0x87],
    [
      'enhanced authentication',
      'dev-five-refused',
      { properties: { authenticationMethod: 'SCRAM-SHA-1', authenticationData: Buffer.from('x') } },
      0x8c,
    ],
  ] as const)('and %s is refused with a reason code', async (_what, id, options, code) => {
    expect(await refusal(id, options as unknown as IClientOptions)).toBe(code)
  })

  test.each([
    '#',
    'sutler/1/+/down',
    '$share/g/sutler/1/dev-five-nosy/down',
    'sutler/1/dev-five-other/down',
    '__proto__',
  ])('may not subscribe to %s', async (filter) => {
    const { client } = await device('dev-five-nosy')
    const heard: string[] = []
    client.on('message', (topic) => heard.push(topic))
    await expect(client.subscribeAsync(filter, { qos: 1 })).rejects.toThrow(/./)
    const other = await device('dev-five-other')
    await broker.publish('dev-five-other', Buffer.from('secret'))
    await broker.publish('dev-five-nosy', Buffer.from('mine')).catch(() => {})
    await until(() => heard.length > 0 || !client.connected)
    expect(heard.filter((topic) => topic !== 'sutler/1/dev-five-nosy/down')).toEqual([])
    await other.client.endAsync()
  })

  test.each([
    ['of another device', 'sutler/1/dev-five-else/up', { qos: 1 }],
    ['of another device, without acknowledgement', 'sutler/1/dev-five-else/up', { qos: 0 }],
    ['that is to be retained', 'sutler/1/dev-five-writes/up', { qos: 1, retain: true }],
    ['at QoS 2', 'sutler/1/dev-five-writes/up', { qos: 2 }],
  ] as const)('may not publish to a topic %s, and goes on', async (_what, topic, options) => {
    const { client } = await device('dev-five-writes')
    const answer = await client.publishAsync(topic, 'x', options).then(
      () => null,
      (error: { code?: number }) => error.code,
    )
    // Where nothing is acknowledged there is no reason code either.
    expect(answer).toBe(options.qos === 0 ? null : 0x87)
    await client.publishAsync('sutler/1/dev-five-writes/up', 'own', { qos: 1 })
    expect(received).toEqual(['dev-five-writes own'])
  })

  test('that names a topic by an alias is cut: none was offered', async () => {
    const { client } = await device('dev-five-alias')
    const told = event(client, 'disconnect')
    const [topic, properties] = ['sutler/1/dev-five-alias/up', { topicAlias: 1 }]
    const aliased = { cmd: 'publish', topic, qos: 0, dup: false, retain: false, payload: 'x', properties }
    // A client of good faith does not send that.
    client.stream.write(mqttPacket.generate(aliased as never, { protocolVersion: 5 } as never))
    // 3.14.2.1: topic alias invalid.
    expect(await told).toMatchObject([{ reasonCode: 0x94 }])
    await until(() => !broker.connected('dev-five-alias'))
    expect(received).toEqual([])
  })
})

describe('a face’s client with MQTT 5', () => {
  test('gets and gives content type, response topic, correlation data and user properties', async () => {
    const client = start('agent:five', { properties: { requestResponseInformation: true } })
    const [connack] = (await event(client, 'connect')) as [IConnackPacket]
    expect(connack.properties?.responseInformation).toBe('face/agent:five/in')
    await client.subscribeAsync('face/agent:five/in')
    await until(() => faceBroker.connected('agent:five'))
    const given = {
      contentType: 'usp.msg',
      responseTopic: 'face/agent:five/out',
      correlationData: Buffer.from('7'),
      userProperties: { 'usp-endpoint-id': 'os::1' },
    }
    const got = event(client, 'message')
    await faceBroker.publish('agent:five', 'face/agent:five/in', Buffer.from('x'), given)
    expect((await got)[2]).toMatchObject({ properties: given })
    await client.publishAsync('face/agent:five/out', 'y', { qos: 1, properties: given })
    expect(properties.at(-1)).toMatchObject(given)
  })

  test('with MQTT 3.1.1 gets the payload alone', async () => {
    const client = start('agent:four', { protocolVersion: 4 })
    await event(client, 'connect')
    await client.subscribeAsync('face/agent:four/in')
    await until(() => faceBroker.connected('agent:four'))
    const got = event(client, 'message')
    await faceBroker.publish('agent:four', 'face/agent:four/in', Buffer.from('x'), { contentType: 'usp.msg' })
    expect(String((await got)[1])).toBe('x')
    await client.publishAsync('face/agent:four/out', 'y', { qos: 1 })
    expect(properties.at(-1)).toBeUndefined()
  })
})

test('a client that listens at QoS 0 acknowledges nothing, and gets more than its receive maximum', async () => {
  const client = start('agent:zero', { properties: { receiveMaximum: 2 } })
  await event(client, 'connect')
  await client.subscribeAsync('face/agent:zero/in', { qos: 0 })
  await until(() => faceBroker.connected('agent:zero'))
  const heard: string[] = []
  client.on('message', (_topic, payload) => heard.push(payload.toString()))
  for (let turn = 0; turn < 10; turn++)
    void faceBroker.publish('agent:zero', 'face/agent:zero/in', Buffer.from(String(turn)))
  await until(() => heard.length === 10)
  expect(heard).toEqual(Array.from({ length: 10 }, (_, turn) => String(turn)))
})

test('random mutations of MQTT 5 packets, before and after the log-in, harm nobody', async () => {
  const { client: lively } = await device('dev-five-lively')
  const packet = (value: object): Buffer => mqttPacket.generate(value as never, { protocolVersion: 5 } as never)
  const login = packet({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 5,
    clean: true,
    clientId: 'dev-five-mutant',
    keepalive: 60,
    username: 'dev-five-mutant',
    password: Buffer.from('good'),
    properties: { receiveMaximum: 5, maximumPacketSize: 5_000, userProperties: { a: 'b' }, sessionExpiryInterval: 5 },
  })
  const rest = Buffer.concat([
    packet({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 'sutler/1/dev-five-mutant/down', qos: 1, nl: false, rap: false, rh: 0 }],
      properties: { subscriptionIdentifier: 3 },
    }),
    packet({
      cmd: 'publish',
      topic: 'sutler/1/dev-five-mutant/up',
      qos: 1,
      messageId: 2,
      dup: false,
      retain: false,
      payload: 'x',
      properties: { contentType: 'a', topicAlias: 1, responseTopic: 'b', userProperties: { c: 'd' } },
    }),
    packet({ cmd: 'puback', messageId: 9, reasonCode: 0, properties: { reasonString: 'e' } }),
    packet({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['__proto__'] }),
    packet({ cmd: 'disconnect', reasonCode: 4, properties: { sessionExpiryInterval: 9 } }),
  ])
  const below = random(seed)
  for (let turn = 0; turn < 6; turn++) {
    const sockets = Array.from({ length: 50 }, raw)
    for (const [at, socket] of sockets.entries()) {
      socket.end(at % 2 === 0 ? mutated(login, below) : Buffer.concat([login, mutated(rest, below)]))
      socket.resume()
    }
    await until(() => sockets.every((socket) => socket.destroyed))
  }
  await lively.publishAsync('sutler/1/dev-five-lively/up', 'still here', { qos: 1 })
  expect(received).toContain('dev-five-lively still here')
})
