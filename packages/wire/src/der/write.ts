/** Distinguished Encoding Rules (X.690), as much of them as certificates and requests for them need. Pure. */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const

/** One value: its tag, the length of its content, its content. */
export function derValue(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = [tag, ...lengthBytes(length)]
  const bytes = new Uint8Array(head.length + length)
  bytes.set(head)
  let at = head.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array => derValue(tags.sequence, ...parts)

export const derSet = (...parts: readonly Uint8Array[]): Uint8Array => derValue(tags.set, ...parts)

export const derOctets = (bytes: Uint8Array): Uint8Array => derValue(tags.octetString, bytes)

/** A bit string; @param unused bits at the end of the last byte that are not part of it */
export const derBits = (bytes: Uint8Array, unused = 0): Uint8Array =>
  derValue(tags.bitString, new Uint8Array([unused]), bytes)

export const derText = (text: string): Uint8Array => derValue(tags.utf8, new TextEncoder().encode(text))

export const derTrue = derValue(tags.boolean, new Uint8Array([0xff]))

/** A whole number of at least 0, from its bytes, most significant first. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const short = bytes.subarray(start)
  // A first bit of 1 would make it negative (X.690, 8.3.2).
  return derValue(tags.integer, ...((short[0] ?? 0) >= 0x80 ? [new Uint8Array([0])] : []), short)
}

/** `1.2.840.10045.4.3.2` (X.690, 8.19). */
export function derOid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  return derValue(tags.oid, new Uint8Array([first * 40n + second, ...rest].flatMap(base128)))
}

/** UTCTime until 2049, GeneralizedTime afterwards (RFC 5280, 4.1.2.5). @param time milliseconds since the Unix epoch */
export function derTime(time: number): Uint8Array {
  const digits = new Date(time)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '')
  const short = Number(digits.slice(0, 4)) < 2050
  const text = short ? digits.slice(2) : digits
  return derValue(short ? tags.utcTime : tags.generalizedTime, new TextEncoder().encode(text))
}

/** Wrapped in a context tag of its own: `[number] EXPLICIT`. */
export const derExplicit = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  derValue(0xa0 + number, ...parts)

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}

function base128(value: bigint): number[] {
  const bytes = [Number(value % 128n)]
  for (let rest = value / 128n; rest > 0n; rest /= 128n) bytes.unshift(Number(rest % 128n) + 128)
  return bytes
}
