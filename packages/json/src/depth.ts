/**
 * Offset of the bracket that opens one level more than `most`, null where none does: asked before JSON.parse, which would go down
 * with it. Brackets in texts do not count.
 */
export function tooDeepAt(bytes: Uint8Array, most: number): number | null {
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > most) return at
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return null
}
