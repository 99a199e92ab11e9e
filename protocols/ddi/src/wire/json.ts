import { JsonError, readJsonText, tooDeepAt } from '@sutler/json'
import { DdiError } from '../errors.ts'

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
  const deep = tooDeepAt(bytes, depthLimit)
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

/** Character of `given` at which it stops being JSON (RFC 8259). For errors: JSON.parse tells where only of long texts. */
export function syntaxErrorAt(given: string): number {
  try {
    readJsonText(given, { depth: depthLimit, values: bodyLimit })
    return given.length
  } catch (error) {
    return error instanceof JsonError ? (error.at ?? 0) : 0
  }
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
