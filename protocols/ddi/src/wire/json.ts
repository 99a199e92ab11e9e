import { DdiError } from '../errors.ts'
import { syntaxErrorAt } from './json-syntax.ts'

/** Bytes of a request's body. swupdate's longest feedback, 48 lines of details, is under 16 KiB. */
export const bodyLimit = 65_536
/** Levels of arrays and objects. The deepest document of DDI has 4. */
export const depthLimit = 16

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The JSON document in `bytes`. Size and depth are bounded before the decoder runs.
 * @param clause named in errors
 * @throws DdiError `too-large`, `bad-json` with the offset
 */
export function readJson(bytes: Uint8Array, clause: string): unknown {
  if (bytes.length > bodyLimit)
    throw new DdiError('too-large', { clause, offset: bodyLimit }, `over ${bodyLimit} bytes`)
  const deep = tooDeepAt(bytes)
  if (deep !== null) throw new DdiError('bad-json', { clause, offset: deep }, `more than ${depthLimit} levels`)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (cause) {
    throw new DdiError('bad-json', { clause, offset: notUtf8At(bytes) }, 'not UTF-8', { cause })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    const offset = byteLength(text.slice(0, syntaxErrorAt(text)))
    throw new DdiError('bad-json', { clause, offset }, 'not JSON', { cause })
  }
}

/** Offset of the bracket that opens one level too many. Brackets in texts do not count. */
function tooDeepAt(bytes: Uint8Array): number | null {
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > depthLimit) return at
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return null
}

/** Offset of the first byte that is not UTF-8: the longest prefix that decodes, by halves. */
function notUtf8At(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodesAsPrefix(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return good
}

function decodesAsPrefix(bytes: Uint8Array): boolean {
  try {
    // A character that is cut at the end of the prefix is no error yet.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
