/**
 * CoAP as the simulated device writes and reads it: an encoder of its own, so that a mistake of the hub's cannot hide behind
 * the same mistake here. It trusts the hub: what it cannot read throws.
 */

export interface Coap {
  /** Datagrams only: 0 confirmable, 1 not, 2 acknowledgement, 3 reset. */
  type: number
  /** Datagrams only. */
  id: number
  code: number
  token: Buffer
  /** Number and value, ascending. */
  options: [number, Buffer][]
  payload: Buffer
}

export const none = Buffer.alloc(0)

export function message(code: number, given: Partial<Coap> = {}): Coap {
  return { type: 0, id: 0, code, token: none, options: [], payload: none, ...given }
}

/** As few bytes as it needs. */
export function whole(value: number): Buffer {
  const hex = value.toString(16)
  return value === 0 ? none : Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

export function numberOption(coap: Coap, number: number): number | undefined {
  const found = coap.options.find(([each]) => each === number)?.[1]
  return found && (found.length === 0 ? 0 : found.readUIntBE(0, found.length))
}

export function textsOf(coap: Coap, number: number): string[] {
  return coap.options.filter(([each]) => each === number).map(([, value]) => value.toString())
}

export function toDatagram(coap: Coap): Buffer {
  const head = Buffer.from([0x40 | (coap.type << 4) | coap.token.length, coap.code, coap.id >> 8, coap.id & 255])
  return Buffer.concat([head, coap.token, body(coap)])
}

export function fromDatagram(bytes: Buffer): Coap {
  const token = bytes.subarray(4, 4 + (bytes[0]! & 15))
  const rest = read(bytes.subarray(4 + token.length))
  return { type: (bytes[0]! >> 4) & 3, code: bytes[1]!, id: bytes.readUInt16BE(2), token, ...rest }
}

/** RFC 8323, 3.2. */
export function toFrame(coap: Coap): Buffer {
  const inner = body(coap)
  const [nibble, extra] =
    inner.length < 13
      ? [inner.length, none]
      : inner.length < 269
        ? [13, Buffer.from([inner.length - 13])]
        : [14, Buffer.from([(inner.length - 269) >> 8, (inner.length - 269) & 255])]
  return Buffer.concat([
    Buffer.from([(nibble << 4) | coap.token.length]),
    extra,
    Buffer.from([coap.code]),
    coap.token,
    inner,
  ])
}

/** @returns the first message and what follows it; null as long as it is not whole */
export function fromFrame(bytes: Buffer): { coap: Coap; rest: Buffer } | null {
  if (bytes.length < 2) return null
  const nibble = bytes[0]! >> 4
  const extra = nibble < 13 ? 0 : nibble === 13 ? 1 : nibble === 14 ? 2 : 4
  if (bytes.length < 2 + extra) return null
  const base = nibble < 13 ? nibble : nibble === 13 ? 13 : nibble === 14 ? 269 : 65_805
  const length = base + (extra > 0 ? bytes.readUIntBE(1, extra) : 0)
  const start = 2 + extra + (bytes[0]! & 15)
  if (bytes.length < start + length) return null
  const token = bytes.subarray(2 + extra, start)
  const coap = { type: 0, id: 0, code: bytes[1 + extra]!, token, ...read(bytes.subarray(start, start + length)) }
  return { coap, rest: bytes.subarray(start + length) }
}

function body({ options, payload }: Coap): Buffer {
  const parts: Buffer[] = []
  let before = 0
  for (const [number, value] of options) {
    const [delta, deltaMore] = nibble(number - before)
    const [length, lengthMore] = nibble(value.length)
    parts.push(Buffer.from([(delta << 4) | length, ...deltaMore, ...lengthMore]), value)
    before = number
  }
  if (payload.length > 0) parts.push(Buffer.from([255]), payload)
  return Buffer.concat(parts)
}

function nibble(value: number): [number, number[]] {
  if (value < 13) return [value, []]
  return value < 269 ? [13, [value - 13]] : [14, [(value - 269) >> 8, (value - 269) & 255]]
}

function read(bytes: Buffer): { options: [number, Buffer][]; payload: Buffer } {
  const options: [number, Buffer][] = []
  let at = 0
  let number = 0
  const extended = (value: number) => {
    if (value < 13) return value
    if (value === 13) return 13 + bytes[at++]!
    at += 2
    return 269 + bytes.readUInt16BE(at - 2)
  }
  while (at < bytes.length) {
    const head = bytes[at++]!
    if (head === 255) return { options, payload: bytes.subarray(at) }
    number += extended(head >> 4)
    const length = extended(head & 15)
    options.push([number, bytes.subarray(at, at + length)])
    at += length
  }
  return { options, payload: none }
}
