import { limits } from '../limits.ts'
import { noBytes } from './coap-message.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { CoapOption } from './coap-message.ts'

const clause = 'RFC 7252, 3.1'

/** Options and payload, to the end of the reader. */
export function readOptionsAndPayload(reader: ByteReader): { options: CoapOption[]; payload: Uint8Array } {
  const options: CoapOption[] = []
  let number = 0
  while (reader.left > 0) {
    const head = reader.byte('an option')
    if (head === 0xff) {
      // "The presence of a marker followed by a zero-length payload MUST be processed as a message format error."
      if (reader.left === 0) reader.fail('malformed', 'a payload marker without payload', 'RFC 7252, 3')
      return { options, payload: reader.take(reader.left, 'the payload') }
    }
    number += extended(reader, head >> 4, 'an option delta')
    if (number > 0xffff) reader.fail('malformed', `option number ${number}`, clause)
    if (options.length === limits.options) reader.fail('too-large', `more than ${limits.options} options`, clause)
    options.push({ number, value: reader.take(extended(reader, head & 15, 'an option length'), 'an option') })
  }
  return { options, payload: noBytes }
}

/** RFC 7252, 3.1: 13 adds a byte, 14 two, 15 is reserved. */
function extended(reader: ByteReader, nibble: number, what: string): number {
  if (nibble < 13) return nibble
  if (nibble === 13) return 13 + reader.uint(1, what)
  if (nibble === 14) return 269 + reader.uint(2, what)
  return reader.fail('malformed', `${what} of 15`, clause)
}

/** @param options ascending by number */
export function writeOptionsAndPayload(writer: ByteWriter, options: readonly CoapOption[], payload: Uint8Array): void {
  let before = 0
  for (const { number, value } of options) {
    const delta = number - before
    before = number
    writer.byte((nibbleOf(delta) << 4) | nibbleOf(value.length))
    writeExtended(writer, delta)
    writeExtended(writer, value.length)
    writer.bytes(value)
  }
  if (payload.length === 0) return
  writer.byte(0xff)
  writer.bytes(payload)
}

function nibbleOf(value: number): number {
  return value < 13 ? value : value < 269 ? 13 : 14
}

function writeExtended(writer: ByteWriter, value: number): void {
  if (value >= 269) writer.uint(value - 269, 2)
  else if (value >= 13) writer.byte(value - 13)
}
