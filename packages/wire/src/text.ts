import { utf8Length } from './codec/cbor-encode.ts'
import { limits } from './limits.ts'

/** The text, or as much of its beginning as has at most `bytes` bytes in UTF-8: for details of any origin. */
export function clipText(text: string, bytes: number = limits.textBytes): string {
  if (utf8Length(text) <= bytes) return text
  // encodeInto stops before the character that no longer fits.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return text.slice(0, read)
}
