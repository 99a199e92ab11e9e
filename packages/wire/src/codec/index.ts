import { WireError } from '../errors.ts'
import { decodeCbor, messageBounds } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import { identifier } from './fields.ts'
import { downReaders, upReaders } from './messages.ts'
import type { DownMessage, Message, UpMessage } from '../messages.ts'
import type { CborValue } from './cbor-decode.ts'
import type { FieldReader } from './fields.ts'

/**
 * One message as CBOR, with the shortest heads and the keys in the order of the object.
 * Throws WireError `too-large` or `too-deep` beyond the limits, `bad-field` for numbers that are not whole.
 */
export function encode(message: Message): Uint8Array {
  return encodeCbor(message, messageBounds)
}

/**
 * A message from a device: bounded decoding, then every field is checked; unknown keys are ignored. Throws WireError,
 * with `messageId` when the id could be read, so that the message can be acknowledged with the error's code.
 */
export function decodeUp(bytes: Uint8Array): UpMessage {
  return decodeMessage(bytes, upReaders, 'a device')
}

/** A message from the hub; otherwise like `decodeUp`. */
export function decodeDown(bytes: Uint8Array): DownMessage {
  return decodeMessage(bytes, downReaders, 'the hub')
}

function decodeMessage<T>(bytes: Uint8Array, readers: ReadonlyMap<string, FieldReader<T>>, sender: string): T {
  const value = decodeCbor(bytes, messageBounds)
  if (!(value instanceof Map)) throw new WireError('malformed', '', 'a message is a map')
  const id = readableId(value.get('id'))
  const type = value.get('t')
  if (typeof type !== 'string') throw new WireError('bad-field', 't', 'expected the type of message as a text', id)
  const reader = readers.get(type)
  if (!reader) throw new WireError('unknown-type', 't', `${sender} sends no ${JSON.stringify(type.slice(0, 64))}`, id)
  try {
    return reader(value)
  } catch (error) {
    if (error instanceof WireError) throw error.ofMessage(id)
    throw error
  }
}

function readableId(value: CborValue | undefined): string | undefined {
  // Acks have none: an error made and dropped for each would cost more than the decoding.
  if (value === undefined) return undefined
  try {
    return identifier(value)
  } catch {
    return undefined
  }
}
