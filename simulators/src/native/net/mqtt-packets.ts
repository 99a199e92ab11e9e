/**
 * The few packets of MQTT 3.1.1 that a device needs, without an object per connection: a device that waits costs no
 * parser. Written apart from the codec of @sutler/wire, so that the hub also meets an encoder that is not its own.
 */
import { FleetError } from '../errors.ts'

/** Packet types (MQTT 3.1.1 §2.2.1): the upper half of a packet's first byte. */
export const packetType = { connack: 2, publish: 3, puback: 4, suback: 9, pingresp: 13 } as const

export const pingRequest: Buffer = Buffer.from([0xc0, 0])
export const disconnectPacket: Buffer = Buffer.from([0xe0, 0])

/** A hub's message of 256 KiB with topic and header still fits. */
const mostPacketBytes = 270_000

/** Takes packets one by one. `bytes` is shared and will be overwritten: what is to stay must be copied. */
export interface PacketSink {
  /**
   * @param header the packet's first byte: type and flags
   * @param start of the variable header in `bytes`
   * @param end after the payload
   * @returns false to take no more: the connection is gone
   */
  packet(header: number, bytes: Buffer, start: number, end: number): boolean
}

/**
 * Hands every whole packet to the sink.
 * @returns how many bytes were used; the rest is the beginning of a packet
 * @throws FleetError `malformed-mqtt`
 */
export function readPackets(bytes: Buffer, length: number, sink: PacketSink): number {
  let used = 0
  while (length - used >= 2) {
    let remaining = 0
    let at = used + 1
    let shift = 0
    // [MQTT 3.1.1 §2.2.3] remaining length: up to four bytes, seven bits each, lowest first.
    for (;;) {
      if (at >= length) return used
      const byte = bytes[at++]!
      remaining |= (byte & 0x7f) << shift
      if (byte < 0x80) break
      shift += 7
      if (shift > 21) throw new FleetError('malformed-mqtt', 'the hub sent a remaining length of more than four bytes')
    }
    if (remaining > mostPacketBytes) {
      throw new FleetError('malformed-mqtt', `the hub sent a packet of ${remaining} bytes`)
    }
    if (length - at < remaining) return used
    const goOn = sink.packet(bytes[used]!, bytes, at, at + remaining)
    used = at + remaining
    if (!goOn) return length
  }
  return used
}

/** Writes the fixed header into a new buffer of the whole packet's size. Returns it and where the content begins. */
function begin(header: number, remaining: number): { packet: Buffer; at: number } {
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4
  const packet = Buffer.allocUnsafe(1 + lengthBytes + remaining)
  packet[0] = header
  let rest = remaining
  for (let at = 1; at <= lengthBytes; at++) {
    packet[at] = (rest & 0x7f) | (at < lengthBytes ? 0x80 : 0)
    rest >>>= 7
  }
  return { packet, at: 1 + lengthBytes }
}

/** UTF-8 text with its length in two bytes before it [§1.5.3]. Returns where the next field begins. */
function writeText(packet: Buffer, at: number, text: string): number {
  const bytes = packet.write(text, at + 2)
  packet.writeUInt16BE(bytes, at)
  return at + 2 + bytes
}

const size = (text: string): number => 2 + Buffer.byteLength(text)

/** CONNECT [§3.1] with clean session, user name and password, no will; the client id is the user name. */
export function connectPacket(device: string, password: string, keepAliveSeconds: number): Buffer {
  const { packet, at } = begin(0x10, 10 + size(device) * 2 + size(password))
  let next = writeText(packet, at, 'MQTT')
  packet[next++] = 4
  packet[next++] = 0b1100_0010
  next = packet.writeUInt16BE(keepAliveSeconds, next)
  next = writeText(packet, next, device)
  next = writeText(packet, next, device)
  writeText(packet, next, password)
  return packet
}

/** SUBSCRIBE [§3.8] to one topic at QoS 1. */
export function subscribePacket(id: number, topic: string): Buffer {
  const { packet, at } = begin(0x82, 2 + size(topic) + 1)
  const next = writeText(packet, packet.writeUInt16BE(id, at), topic)
  packet[next] = 1
  return packet
}

/** PUBLISH [§3.3] at QoS 1, not retained. */
export function publishPacket(id: number, topic: string, payload: Uint8Array): Buffer {
  const { packet, at } = begin(0x32, size(topic) + 2 + payload.length)
  packet.set(payload, packet.writeUInt16BE(id, writeText(packet, at, topic)))
  return packet
}

/** PUBACK [§3.4]. */
export function pubackPacket(id: number): Buffer {
  return Buffer.from([0x40, 2, id >> 8, id & 0xff])
}

/** Where a received PUBLISH has its packet id (0 at QoS 0) and payload. Throws FleetError `malformed-mqtt`. */
export function readPublish(
  header: number,
  bytes: Buffer,
  start: number,
  end: number,
): { id: number; payload: number } {
  const afterTopic = start + 2 + (end - start >= 2 ? bytes.readUInt16BE(start) : end)
  const payload = (header & 0x06) === 0 ? afterTopic : afterTopic + 2
  if (payload > end) throw new FleetError('malformed-mqtt', 'the hub sent a PUBLISH that ends within its header')
  return { id: payload === afterTopic ? 0 : bytes.readUInt16BE(afterTopic), payload }
}
