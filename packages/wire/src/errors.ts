/** Every error code of the protocol: what it means, and whether it can be the `error` of an ack. */
export const errorCodes = {
  malformed: { sent: false, meaning: 'The bytes are not well-formed CBOR, or not a map.' },
  'too-large': { sent: false, meaning: 'The message, a text, or a map or array is larger than the limit.' },
  'too-deep': { sent: false, meaning: 'Maps and arrays are nested deeper than the limit.' },
  'not-allowed': {
    sent: false,
    meaning: 'Well-formed CBOR outside the subset: a tag, bignum, float, indefinite length, or simple value.',
  },
  'duplicate-key': { sent: false, meaning: 'A map has the same key twice.' },
  'unknown-type': {
    sent: true,
    meaning: 'No message of this direction has this `t`. Do not send it again to this hub or device.',
  },
  'bad-field': { sent: true, meaning: 'A field is missing, has the wrong type, or is outside its range.' },
  'unsupported-version': { sent: true, meaning: 'A hello that names no version of the protocol that the hub speaks.' },
  'invalid-manifest': { sent: false, meaning: 'A manifest is not canonical or breaks a path rule.' },
  'too-many-unacknowledged': {
    sent: false,
    meaning: 'More packets are in flight than MQTT packet ids can tell apart.',
  },
} as const satisfies Record<string, { sent: boolean; meaning: string }>

export type WireErrorCode = keyof typeof errorCodes

/** A message, manifest or packet breaks the protocol. `where` is a path such as `hardware.cpus`, '' for the whole. */
export class WireError extends Error {
  readonly code: WireErrorCode
  readonly where: string
  /** Set when the message's id could be read, so that it can be acknowledged with the code. */
  readonly messageId: string | undefined

  readonly #detail: string

  constructor(code: WireErrorCode, where: string, detail: string, messageId?: string) {
    super(where === '' ? `${code}: ${detail}` : `${code} at ${where}: ${detail}`)
    this.name = 'WireError'
    this.code = code
    this.where = where
    this.messageId = messageId
    this.#detail = detail
  }

  /** The same error as seen from the value that holds the failing one under `name`. */
  within(name: string): WireError {
    return new WireError(this.code, this.where === '' ? name : `${name}.${this.where}`, this.#detail, this.messageId)
  }

  /** The same error, of the message with this id. */
  ofMessage(id: string | undefined): WireError {
    return new WireError(this.code, this.where, this.#detail, id)
  }
}
