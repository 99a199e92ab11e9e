import * as fc from 'fast-check'
import mqttPacket from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { limits } from '../index.ts'
import { wireErrorOf } from '../test/outcome.ts'
import { createMqttClient } from './index.ts'
import type { Packet } from 'mqtt-packet'

const options = { clientId: 'dev-00000001', username: 'dev-00000001', password: 'sécret', keepAliveSeconds: 60 }
const accepted = mqttPacket.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false })

/** What another implementation reads. */
function read(bytes: Uint8Array): Packet {
  const packets: Packet[] = []
  const parser = mqttPacket.parser({ protocolVersion: 4 })
  parser.on('packet', (packet) => packets.push(packet))
  parser.on('error', (error: Error) => {
    throw error
  })
  parser.parse(Buffer.from(bytes))
  expect(packets).toHaveLength(1)
  return packets[0]!
}

function connected(): ReturnType<typeof createMqttClient> {
  const client = createMqttClient(options)
  client.connect()
  expect(client.receive(accepted)).toEqual([{ kind: 'connected' }])
  return client
}

function publish(payload: Uint8Array, qos: 0 | 1 | 2 = 1): Buffer {
  const messageId = qos > 0 ? { messageId: 513 } : {}
  const topic = 'sutler/1/dev-00000001/down'
  return mqttPacket.generate({
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos,
    dup: false,
    retain: false,
    ...messageId,
  })
}

describe('packets of a device', () => {
  test('CONNECT is MQTT 3.1.1 with a clean session and no will', () => {
    expect(read(createMqttClient(options).connect())).toMatchObject({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      clientId: 'dev-00000001',
      username: 'dev-00000001',
      password: Buffer.from('sécret'),
    })
  })

  test('SUBSCRIBE, PUBACK, PINGREQ and DISCONNECT are what another implementation expects', () => {
    const client = connected()
    expect(read(client.subscribe('a/b'))).toMatchObject({ cmd: 'subscribe', subscriptions: [{ topic: 'a/b', qos: 1 }] })
    expect(read(client.puback(513))).toMatchObject({ cmd: 'puback', messageId: 513 })
    expect(read(client.ping())).toMatchObject({ cmd: 'pingreq' })
    expect(read(client.disconnect())).toMatchObject({ cmd: 'disconnect' })
  })

  test.each([0, 1, 100, 127, 128, 16_383, 16_384, 200_000])('PUBLISH carries %i bytes', (size) => {
    const payload = new Uint8Array(size).fill(7)
    const { id, bytes } = connected().publish('a/b', payload)
    const packet = read(bytes)
    expect(packet).toMatchObject({ cmd: 'publish', topic: 'a/b', qos: 1, retain: false, dup: false, messageId: id })
    expect(packet.cmd === 'publish' && Buffer.compare(Buffer.from(packet.payload), payload)).toBe(0)
  })

  test('packet ids in flight are not given out again', () => {
    const client = connected()
    const first = client.publish('a', new Uint8Array(1)).id
    const second = client.publish('a', new Uint8Array(1)).id
    expect(client.receive(mqttPacket.generate({ cmd: 'puback', messageId: second }))).toEqual([
      { kind: 'published', id: second },
    ])
    expect(client.inFlight).toBe(1)
    for (let round = 0; round < 70_000; round++) {
      const { id } = client.publish('a', new Uint8Array(0))
      expect(id === first || id < 1 || id > 0xffff).toBe(false)
      client.receive(Uint8Array.of(0x40, 2, id >> 8, id & 0xff))
    }
  })

  test('more publishes than the bound are refused', () => {
    const client = connected()
    for (let count = 0; count < limits.packetsInFlight; count++) client.publish('a', new Uint8Array(0))
    expect(() => client.publish('a', new Uint8Array(0))).toThrow(/too-many-unacknowledged/)
  })
})

describe('packets of the broker', () => {
  const granted = mqttPacket.generate({ cmd: 'suback', messageId: 1, granted: [1] })
  const stream = Buffer.concat([
    accepted,
    granted,
    publish(Uint8Array.of(1, 2, 3)),
    publish(new Uint8Array(0), 0),
    mqttPacket.generate({ cmd: 'pingresp' }),
    publish(new Uint8Array(70_000).fill(9)),
  ])

  test('are read the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        const client = createMqttClient(options)
        const edges = [0, ...cuts, stream.length].sort((one, other) => one - other)
        const events = edges.slice(1).flatMap((end, index) => client.receive(stream.subarray(edges[index], end)))
        expect(events.map((event) => event.kind)).toEqual([
          'connected',
          'subscribed',
          'message',
          'message',
          'pong',
          'message',
        ])
        expect(events[2]).toMatchObject({ topic: 'sutler/1/dev-00000001/down', id: 513 })
        expect(events[3]).toMatchObject({ id: 0 })
        expect(events[5]?.kind === 'message' && events[5].payload.every((byte) => byte === 9)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('a refusal has its code, a refused subscription says so', () => {
    expect(createMqttClient(options).receive(Uint8Array.of(0x20, 2, 0, 5))).toEqual([{ kind: 'refused', code: 5 }])
    const refused = mqttPacket.generate({ cmd: 'suback', messageId: 1, granted: [128] })
    expect(connected().receive(refused)).toEqual([{ kind: 'subscribed', granted: false }])
  })

  test.each([
    ['256 MB announced', [0x30, 0xff, 0xff, 0xff, 0x7f], 'too-large'],
    ['a length of five bytes', [0x30, 0x80, 0x80, 0x80, 0x80, 0x01], 'malformed'],
    ['QoS 2', [...publish(Uint8Array.of(1), 2)], 'malformed'],
    ['packet id 0', [0x32, 5, 0, 1, 97, 0, 0], 'malformed'],
    ['a topic past the end', [0x32, 3, 0, 9, 97], 'malformed'],
    ['a topic that is not UTF-8', [0x30, 3, 0, 1, 0xff], 'malformed'],
    ['a packet that no device gets', [0x82, 2, 0, 1], 'malformed'],
    ['a second CONNACK', [...accepted], 'malformed'],
    ['a CONNACK of another version', [0x20, 3, 0, 0, 0], 'malformed'],
    ['a PINGRESP with content', [0xd0, 1, 0], 'malformed'],
  ])('%s ends the connection', (_, bytes, code) => {
    expect(() => connected().receive(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }) as Error)
  })

  test('anything before CONNACK ends the connection', () => {
    expect(() => createMqttClient(options).receive(Uint8Array.of(0xd0, 0))).toThrow(/before CONNACK/)
  })

  test('random bytes are events or a WireError', () => {
    const run = () =>
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          const client = connected()
          wireErrorOf(() => client.receive(bytes))
        }),
        { numRuns: 3000 },
      )
    expect(run).not.toThrow()
  })
})

describe('keepalive', () => {
  test('a quiet connection is tried with a ping, and dead without an answer', () => {
    const client = connected()
    expect(client.tick(0)).toBeNull()
    expect(client.tick(44_999)).toBeNull()
    expect(client.tick(45_000)).toEqual(Uint8Array.of(0xc0, 0))
    expect(client.tick(74_999)).toBeNull()
    expect(client.tick(75_000)).toBe('dead')
  })

  test('an answered ping starts the time anew', () => {
    const client = connected()
    client.tick(0)
    client.tick(45_000)
    client.receive(Uint8Array.of(0xd0, 0))
    expect(client.tick(46_000)).toBeNull()
    expect(client.tick(90_999)).toBeNull()
    expect(client.tick(91_000)).toEqual(Uint8Array.of(0xc0, 0))
  })

  test('sending alone does not hide a broker that has gone silent', () => {
    const client = connected()
    client.tick(0)
    let answer: Uint8Array | 'dead' | null = null
    for (let now = 1000; now <= 80_000 && answer !== 'dead'; now += 1000) {
      client.publish('a', new Uint8Array(1))
      answer = client.tick(now)
    }
    expect(answer).toBe('dead')
  })

  test('a broker that never answers CONNECT is dead after the handshake time', () => {
    const client = createMqttClient(options)
    client.connect()
    expect(client.tick(1000)).toBeNull()
    expect(client.tick(30_999)).toBeNull()
    expect(client.tick(31_000)).toBe('dead')
  })
})
