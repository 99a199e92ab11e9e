import { WireError } from './errors.ts'

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A SHA-256 digest as 64 lower-case hexadecimal digits. Throws WireError `bad-field` when it has not 32 bytes. */
export function digestHex(bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new WireError('bad-field', '', `a digest has 32 bytes, not ${bytes.length}`)
  let hex = ''
  for (const byte of bytes) hex += hexOfByte[byte]
  return hex
}

/** The 32 bytes of a digest. Throws WireError `bad-field` unless it is 64 lower-case hexadecimal digits. */
export function digestBytes(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new WireError('bad-field', '', 'a digest is 64 lower-case hexadecimal digits')
  }
  const bytes = new Uint8Array(32)
  for (let at = 0; at < 32; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  return bytes
}
