import { malformed } from './frames.ts'
import type { Frame } from './frames.ts'

export interface MqttOptions {
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** 0 = no keepalive. */
  readonly keepAliveSeconds: number
}

export type MqttEvent =
  | { readonly kind: 'connected' }
  /** CONNACK with return code 1 to 5; 5 = not authorised, for a device also: its clock is wrong. */
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'subscribed'; readonly granted: boolean }
  /** `id` is the packet id for `puback`, 0 with QoS 0. `payload` is valid until the next `receive`: decode it at once. */
  | { readonly kind: 'message'; readonly topic: string; readonly payload: Uint8Array; readonly id: number }
  /** The broker has taken the publish with this packet id. */
  | { readonly kind: 'published'; readonly id: number }
  | { readonly kind: 'pong' }

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Clean session, user name and password; no will ([MQTT-3.1.2], connect flags). */
const connectFlags = 0b1100_0010

export function connectPacket(options: MqttOptions): Uint8Array {
  const { clientId, username, password, keepAliveSeconds } = options
  const fields = [clientId, username, password].map((text) => utf8.encode(text))
  const size = fields.reduce((sum, field) => sum + 2 + field.length, 10)
  const packet = new PacketWriter(0x10, size)
  packet.bytes(utf8.encode('MQTT'))
  packet.byte(4).byte(connectFlags).number(keepAliveSeconds)
  for (const field of fields) packet.bytes(field)
  return packet.done()
}

/** SUBSCRIBE to one topic with QoS 1. */
export function subscribePacket(id: number, topic: string): Uint8Array {
  const filter = utf8.encode(topic)
  return new PacketWriter(0x82, 5 + filter.length).number(id).bytes(filter).byte(1).done()
}

/** PUBLISH with QoS 1, not retained. */
export function publishPacket(id: number, topic: string, payload: Uint8Array): Uint8Array {
  const name = utf8.encode(topic)
  return new PacketWriter(0x32, 4 + name.length + payload.length).bytes(name).number(id).raw(payload).done()
}

export function pubackPacket(id: number): Uint8Array {
  return new PacketWriter(0x40, 2).number(id).done()
}

export function pingPacket(): Uint8Array {
  return Uint8Array.of(0xc0, 0)
}

export function disconnectPacket(): Uint8Array {
  return Uint8Array.of(0xe0, 0)
}

class PacketWriter {
  readonly #packet: Uint8Array
  #at: number

  constructor(head: number, bodyLength: number) {
    const digits: number[] = []
    for (let left = bodyLength; digits.length === 0 || left > 0; left = Math.floor(left / 128)) {
      digits.push((left % 128) | (left >= 128 ? 0x80 : 0))
    }
    this.#packet = new Uint8Array(1 + digits.length + bodyLength)
    this.#packet[0] = head
    this.#packet.set(digits, 1)
    this.#at = 1 + digits.length
  }

  byte(value: number): this {
    this.#packet[this.#at++] = value
    return this
  }

  /** Two bytes, big-endian. */
  number(value: number): this {
    return this.byte(value >> 8).byte(value & 0xff)
  }

  /** With its length before it. */
  bytes(value: Uint8Array): this {
    return this.number(value.length).raw(value)
  }

  raw(value: Uint8Array): this {
    this.#packet.set(value, this.#at)
    this.#at += value.length
    return this
  }

  done(): Uint8Array {
    return this.#packet
  }
}

/** Return codes of CONNACK end at 5 (MQTT 3.1.1, table 3.1). */
const firstUnknownCode = 6

/** What a packet of the broker says. Throws WireError `malformed` for packets that a device never gets. */
export function readPacket({ head, body }: Frame): MqttEvent {
  switch (head) {
    case 0x20:
      return readConnack(body)
    case 0x40:
      return { kind: 'published', id: packetId(body, 2) }
    case 0x90:
      // [MQTT-3.9.3]: one return code per filter, 0x80 = refused. This client subscribes to one filter at a time.
      packetId(body, 3)
      return { kind: 'subscribed', granted: body[2]! <= 2 }
    case 0xd0:
      if (body.length > 0) throw malformed('a PINGRESP with content')
      return { kind: 'pong' }
    default:
      if (head >> 4 === 3) return readPublish(head, body)
      throw malformed(`a packet that no device gets: head 0x${head.toString(16)}`)
  }
}

function readConnack(body: Uint8Array): MqttEvent {
  const code = body[1]
  if (body.length !== 2 || code === undefined || code >= firstUnknownCode)
    throw malformed('not a CONNACK of MQTT 3.1.1')
  return code === 0 ? { kind: 'connected' } : { kind: 'refused', code }
}

function packetId(body: Uint8Array, length: number): number {
  if (body.length !== length) throw malformed(`${body.length} bytes where ${length} belong`)
  return (body[0]! << 8) | body[1]!
}

function readPublish(head: number, body: Uint8Array): MqttEvent {
  const qos = (head >> 1) & 3
  if (qos > 1) throw malformed('a PUBLISH with a QoS that was not subscribed to')
  const topicEnd = 2 + (((body[0] ?? 0) << 8) | (body[1] ?? 0))
  const payloadAt = topicEnd + 2 * qos
  if (payloadAt > body.length) throw malformed('a PUBLISH that ends inside its topic or packet id')
  const id = qos === 0 ? 0 : (body[topicEnd]! << 8) | body[topicEnd + 1]!
  // [MQTT-2.3.1-1]: a packet id is not 0.
  if (qos === 1 && id === 0) throw malformed('a PUBLISH with packet id 0')
  return { kind: 'message', topic: topicText(body.subarray(2, topicEnd)), payload: body.subarray(payloadAt), id }
}

function topicText(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    throw malformed('a topic that is not UTF-8')
  }
}
