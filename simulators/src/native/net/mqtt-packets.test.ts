import mqttPacket from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import * as mqtt from './mqtt-packets.ts'

/** What an independent codec reads. */
function parsed(bytes: Buffer): Packet {
  const parser = mqttPacket.parser({ protocolVersion: 4 })
  const packets: Packet[] = []
  parser.on('packet', (packet) => packets.push(packet))
  parser.parse(bytes)
  expect(packets).toHaveLength(1)
  return packets[0]!
}

interface Taken {
  type: number
  id: number
  content: string
}

function collect(bytes: Buffer, length = bytes.length): { used: number; taken: Taken[] } {
  const taken: Taken[] = []
  const used = mqtt.readPackets(bytes, length, {
    packet(header, all, start, end) {
      const { id, payload } = header >> 4 === 3 ? mqtt.readPublish(header, all, start, end) : { id: 0, payload: start }
      taken.push({ type: header >> 4, id, content: all.toString('utf8', payload, end) })
      return true
    },
  })
  return { used, taken }
}

describe('packets of MQTT 3.1.1', () => {
  test('CONNECT, SUBSCRIBE, PUBLISH and PUBACK are what another codec reads', () => {
    expect(parsed(mqtt.connectPacket('dev-1', '1.nonce.sig', 120))).toMatchObject({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'dev-1',
      username: 'dev-1',
      password: Buffer.from('1.nonce.sig'),
      keepalive: 120,
    })
    expect(parsed(mqtt.subscribePacket(7, 'a/b'))).toMatchObject({
      messageId: 7,
      subscriptions: [{ topic: 'a/b', qos: 1 }],
    })
    const payload = Buffer.alloc(20_000, 'x')
    expect(parsed(mqtt.publishPacket(65_535, 'a/é', payload))).toMatchObject({
      cmd: 'publish',
      messageId: 65_535,
      topic: 'a/é',
      qos: 1,
      retain: false,
      payload,
    })
    expect(parsed(mqtt.pubackPacket(513))).toMatchObject({ cmd: 'puback', messageId: 513 })
    expect(parsed(mqtt.pingRequest)).toMatchObject({ cmd: 'pingreq' })
    expect(parsed(mqtt.disconnectPacket)).toMatchObject({ cmd: 'disconnect' })
  })

  test('packets are read whole, wherever the stream was cut', () => {
    const stream = Buffer.concat([
      mqtt.publishPacket(1, 'down', Buffer.from('first')),
      mqtt.pingRequest,
      mqtt.publishPacket(2, 'down', Buffer.alloc(200, 'y')),
    ])
    for (let cut = 0; cut <= stream.length; cut++) {
      const head = collect(stream, cut)
      const tail = collect(stream.subarray(head.used))
      expect([...head.taken, ...tail.taken].map(({ id }) => id)).toEqual([1, 0, 2])
      expect(head.used + tail.used).toBe(stream.length)
    }
  })

  test('a remaining length of five bytes, a huge packet and a truncated PUBLISH are refused', () => {
    expect(() => collect(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 1]))).toThrow(/four bytes/)
    expect(() => collect(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]))).toThrow(/268435455 bytes/)
    expect(() => collect(Buffer.from([0x32, 3, 0, 9, 0]))).toThrow(/ends within its header/)
  })
})
