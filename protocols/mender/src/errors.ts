/** Every refusal of the protocol: the status that the device gets, and what it means. docs/guide/devices/mender.md lists them. */
export const menderErrorCodes = {
  malformed: { status: 400, meaning: 'The body is not JSON, or not UTF-8.' },
  'too-deep': { status: 400, meaning: 'Objects and lists are nested deeper, or hold more values, than is read.' },
  'bad-field': { status: 400, meaning: 'A field is missing, has the wrong type, or is outside its range.' },
  'unsupported-key': {
    status: 400,
    meaning: 'The public key is none of RSA (2048 to 8192 bits), ECDSA P-256 and Ed25519.',
  },
  'bad-signature': { status: 401, meaning: 'X-MEN-Signature is not that of the body by the key in it.' },
  'not-accepted': { status: 401, meaning: 'The device waits until an operator accepts it.' },
  refused: { status: 401, meaning: 'The device, or its key, is not accepted here any more.' },
  'no-token': { status: 401, meaning: 'The request has no token, one that has expired, or one of another hub.' },
  'unknown-deployment': { status: 404, meaning: 'The device was never given a deployment of this id.' },
  'unknown-path': { status: 404, meaning: 'The device API has no such address.' },
  'wrong-method': { status: 405, meaning: 'The address does not take this method.' },
  aborted: {
    status: 409,
    meaning: 'The deployment was cancelled, or a newer one has taken its place: the device goes back.',
  },
  'too-large': { status: 413, meaning: 'The body is larger than this address takes.' },
  'too-many': { status: 429, meaning: 'Too many attempts to authenticate; Retry-After says when to try again.' },
  'not-taken': { status: 503, meaning: 'The hub could not store it. Nothing is lost: the device tries again.' },
} as const satisfies Record<string, { status: number; meaning: string }>

export type MenderErrorCode = keyof typeof menderErrorCodes

/** A request breaks the protocol, or cannot be taken. */
export class MenderError extends Error {
  readonly code: MenderErrorCode
  /** Operation of Mender's device API that it breaks, for example `deployments v1, status`. */
  readonly clause: string
  /** Character of the body at which it went wrong; null where that is not the matter. */
  readonly offset: number | null
  /** Seconds after which it makes sense to try again, where there were too many attempts. */
  readonly retryAfter: number | null = null

  constructor(code: MenderErrorCode, clause: string, detail: string, offset: number | null = null, cause?: unknown) {
    super(
      `${clause}: ${detail}${offset === null ? '' : ` (at character ${offset})`}`,
      cause === undefined ? {} : { cause },
    )
    this.name = 'MenderError'
    this.code = code
    this.clause = clause
    this.offset = offset
  }

  /** Too many attempts to authenticate. @param seconds after which the next one counts again */
  static tooMany(clause: string, seconds: number): MenderError {
    const error = new MenderError('too-many', clause, `too many attempts; the next one counts in ${seconds} s`)
    return Object.assign(error, { retryAfter: seconds })
  }

  get status(): number {
    return menderErrorCodes[this.code].status
  }
}
