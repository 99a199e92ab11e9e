import { WireError } from './errors.ts'
import { limits } from './limits.ts'

/**
 * A piece of a file, as the hub answers a `fetch`: raw bytes behind a short head, in a payload of its own. Its first byte is that
 * of no CBOR map, so that one look tells it from a message.
 */
export interface Chunk {
  /** The id of the `fetch` that it answers. */
  readonly re: string
  /** As over HTTP: 200, or why there is nothing (403, 404, 416, 429, 503); then `bytes` may hold a problem document. */
  readonly status: number
  /** Where `bytes` begin in the whole. */
  readonly from: number
  /** Bytes of the whole. */
  readonly total: number
  readonly bytes: Uint8Array
}

/** 1 byte; length of the id, 1 byte; id; status, 2 bytes; from, 6 bytes; total, 6 bytes; all numbers big-endian. */
const mark = 0x01
const numbers = 14

/** Whether a payload of the hub is a chunk, or meant to be one; all others are messages. */
export function isChunk(payload: Uint8Array): boolean {
  return payload[0] === mark
}

/** Throws WireError `too-large` beyond `limits.chunkBytes`, `bad-field` for an id or numbers that do not fit. */
export function encodeChunk({ re, status, from, total, bytes }: Chunk): Uint8Array {
  if (bytes.length > limits.chunkBytes) throw new WireError('too-large', 'bytes', `${bytes.length} bytes in one chunk`)
  const id = new TextEncoder().encode(re)
  if (id.length === 0 || id.length > limits.idBytes)
    throw new WireError('bad-field', 're', `an id of ${id.length} bytes`)
  for (const [name, value, most] of [
    ['status', status, 999],
    ['from', from, 2 ** 48 - 1],
    ['total', total, 2 ** 48 - 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0 || value > most) throw new WireError('bad-field', name, `${value}`)
  const payload = new Uint8Array(2 + id.length + numbers + bytes.length)
  const view = new DataView(payload.buffer)
  payload[0] = mark
  payload[1] = id.length
  payload.set(id, 2)
  const at = 2 + id.length
  view.setUint16(at, status)
  setUint48(view, at + 2, from)
  setUint48(view, at + 8, total)
  payload.set(bytes, at + numbers)
  return payload
}

/**
 * `bytes` is a view into the payload.
 * Throws WireError `malformed` or `too-large`, naming the offset.
 */
export function decodeChunk(payload: Uint8Array): Chunk {
  if (!isChunk(payload)) throw new WireError('malformed', '0', 'no chunk: its first byte is not 1')
  const length = payload[1] ?? 0
  const at = 2 + length
  if (length === 0 || length > limits.idBytes) throw new WireError('malformed', '1', `an id of ${length} bytes`)
  if (payload.length < at + numbers) throw new WireError('malformed', String(payload.length), 'the head is cut short')
  const bytes = payload.subarray(at + numbers)
  if (bytes.length > limits.chunkBytes)
    throw new WireError(
      'too-large',
      String(at + numbers),
      `${bytes.length} bytes, at most ${limits.chunkBytes} are taken`,
    )
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const [status, from, total] = [view.getUint16(at), uint48(view, at + 2), uint48(view, at + 8)]
  if (status === 200 && from + bytes.length > total)
    throw new WireError('malformed', String(at + 8), `${from} + ${bytes.length} bytes of ${total}`)
  return { re: idOf(payload.subarray(2, at)), status, from, total, bytes }
}

function idOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new WireError('malformed', '2', 'the id is no UTF-8')
  }
}

function setUint48(view: DataView, at: number, value: number): void {
  view.setUint16(at, Math.floor(value / 2 ** 32))
  view.setUint32(at + 2, value % 2 ** 32)
}

function uint48(view: DataView, at: number): number {
  return view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2)
}
