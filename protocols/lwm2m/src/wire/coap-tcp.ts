import { limits } from '../limits.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter, joined } from './byte-writer.ts'
import { noBytes } from './coap-message.ts'
import { readOptionsAndPayload, writeOptionsAndPayload } from './coap-options.ts'
import type { CoapMessage } from './coap-message.ts'

const clause = 'RFC 8323, 3.2'

/** Length of options and payload: 13, 14 and 15 add 1, 2 and 4 bytes. */
const more = [
  { nibble: 13, bytes: 1, base: 13 },
  { nibble: 14, bytes: 2, base: 269 },
  { nibble: 15, bytes: 4, base: 65_805 },
] as const

/** Cuts a stream into messages (RFC 8323, 3.2). Holds at most one message and what came after it. */
export class TcpFrames {
  #kept: Uint8Array = noBytes

  /** Bytes of a message that has not come whole yet. */
  get waiting(): number {
    return this.#kept.length
  }

  /** @returns the messages that are whole now. Throws Lwm2mWireError: the stream cannot be read any further. */
  put(bytes: Uint8Array): CoapMessage[] {
    let rest = this.#kept.length === 0 ? bytes : joined([this.#kept, bytes], this.#kept.length + bytes.length)
    const messages: CoapMessage[] = []
    for (;;) {
      const length = frameLength(rest)
      if (length === null || length > rest.length) break
      messages.push(decodeTcp(rest.subarray(0, length)))
      rest = rest.subarray(length)
    }
    this.#kept = rest.slice()
    return messages
  }
}

/** Bytes of the whole first message; null as long as its head has not come. Throws when it is longer than allowed. */
function frameLength(bytes: Uint8Array): number | null {
  const head = bytes[0]
  if (head === undefined) return null
  const extension = more.find(({ nibble }) => nibble === head >> 4)
  const extra = extension?.bytes ?? 0
  if (bytes.length < 1 + extra) return null
  const reader = new ByteReader(bytes, clause)
  const tokenLength = reader.byte('the head') & 15
  if (tokenLength > 8) reader.fail('malformed', `a token of ${tokenLength} bytes`)
  const length = extension ? reader.uint(extra, 'the length') + extension.base : head >> 4
  const whole = 1 + extra + 1 + tokenLength + length
  if (whole > limits.messageBytes) reader.fail('too-large', `a message of ${whole} bytes`)
  return whole
}

/** Exactly one message of a stream. */
export function decodeTcp(bytes: Uint8Array): CoapMessage {
  const whole = frameLength(bytes)
  const reader = new ByteReader(bytes, clause)
  if (whole !== bytes.length) reader.fail('truncated', `${bytes.length} bytes of a message of ${whole ?? 'unknown'}`)
  const head = reader.byte('the head')
  reader.take(more.find(({ nibble }) => nibble === head >> 4)?.bytes ?? 0, 'the length')
  const code = reader.byte('the code')
  const token = reader.take(head & 15, 'the token')
  return { code, token, ...readOptionsAndPayload(reader) }
}

/** @param message its options ascending by number */
export function encodeTcp({ code, token, options, payload }: CoapMessage): Uint8Array {
  const body = new ByteWriter(64 + payload.length)
  writeOptionsAndPayload(body, options, payload)
  const writer = new ByteWriter(16 + body.length)
  const extension = more.findLast(({ base }) => body.length >= base)
  writer.byte(((extension?.nibble ?? body.length) << 4) | token.length)
  if (extension) writer.uint(body.length - extension.base, extension.bytes)
  writer.byte(code)
  writer.bytes(token)
  writer.bytes(body.taken())
  return writer.taken()
}
