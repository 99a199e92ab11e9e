import { limits } from '../limits.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { noBytes } from './coap-message.ts'
import { readOptionsAndPayload, writeOptionsAndPayload } from './coap-options.ts'
import type { CoapMessage } from './coap-message.ts'

/** RFC 7252, 3: confirmable, non-confirmable, acknowledgement, reset. */
export const messageType = { con: 0, non: 1, ack: 2, rst: 3 } as const
export type MessageType = (typeof messageType)[keyof typeof messageType]

export interface UdpMessage extends CoapMessage {
  readonly type: MessageType
  /** 16 bits; pairs a message with its acknowledgement, and marks repeats. */
  readonly id: number
}

/** One datagram (RFC 7252, 3). Throws Lwm2mWireError. Options and payload are views into `bytes`. */
export function decodeUdp(bytes: Uint8Array): UdpMessage {
  const reader = new ByteReader(bytes, 'RFC 7252, 3')
  if (bytes.length > limits.datagramBytes) reader.fail('too-large', `a datagram of ${bytes.length} bytes`)
  const head = reader.byte('the header')
  if (head >> 6 !== 1) reader.fail('malformed', `CoAP version ${head >> 6}`)
  const tokenLength = head & 15
  const code = reader.byte('the code')
  const id = reader.uint(2, 'the message id')
  if (tokenLength > 8) reader.fail('malformed', `a token of ${tokenLength} bytes`)
  const type = ((head >> 4) & 3) as MessageType
  if (code === 0) {
    // RFC 7252, 4.1: "An Empty message has the Code field set to 0.00 … bytes of data MUST NOT be present after the Message ID".
    if (bytes.length > 4) reader.fail('malformed', 'an empty message with content', 'RFC 7252, 4.1')
    return { type, code, id, token: noBytes, options: [], payload: noBytes }
  }
  const token = reader.take(tokenLength, 'the token')
  return { type, code, id, token, ...readOptionsAndPayload(reader) }
}

/** @param message its options ascending by number */
export function encodeUdp(message: UdpMessage): Uint8Array {
  const writer = new ByteWriter(64 + message.payload.length)
  writer.byte((1 << 6) | (message.type << 4) | message.token.length)
  writer.byte(message.code)
  writer.uint(message.id, 2)
  writer.bytes(message.token)
  writeOptionsAndPayload(writer, message.options, message.payload)
  return writer.taken()
}

/** RFC 7252, 4.1 and 4.2: an acknowledgement or a reset that carries nothing. */
export function emptyMessage(type: MessageType, id: number): UdpMessage {
  return { type, code: 0, id, token: noBytes, options: [], payload: noBytes }
}
