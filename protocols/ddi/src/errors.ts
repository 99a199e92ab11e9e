/** Every way a request can be refused: its status, what it means, and what whoever runs the device does about it. */
export const ddiErrors = {
  'bad-json': { status: 400, title: 'The body is not JSON', remedy: 'Send one JSON document in UTF-8.' },
  'bad-field': {
    status: 400,
    title: 'A field is missing, or has a value that DDI does not know',
    remedy: 'Look at the field that the message names.',
  },
  'no-credentials': {
    status: 401,
    title: 'The request proves no identity',
    remedy: 'Send Authorization: TargetToken or GatewayToken, or connect with the device’s certificate.',
  },
  refused: {
    status: 401,
    title: 'The proof is not good for this controller',
    remedy: 'Look at the tenant, the controller id and the token; a new device may still wait for an operator.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address for this controller',
    remedy: 'Follow the links of the controller’s base resource; do not keep addresses.',
  },
  'wrong-method': { status: 405, title: 'This address does not take the method', remedy: 'See the Allow header.' },
  gone: {
    status: 410,
    title: 'The action is no longer active',
    remedy: 'Poll the base resource for what is wanted now.',
  },
  'too-large': { status: 413, title: 'The body is too large', remedy: 'Send fewer or shorter details.' },
  'not-json': { status: 415, title: 'The body is of another type', remedy: 'Send Content-Type: application/json.' },
  'bad-range': { status: 416, title: 'The range starts past the end', remedy: 'The file is complete already.' },
  'too-many-attempts': {
    status: 429,
    title: 'Somebody guesses at the controller’s credential',
    remedy: 'Wait as long as Retry-After says.',
  },
  busy: { status: 503, title: 'The hub cannot take this at the moment', remedy: 'Try again; nothing is lost.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>

export type DdiErrorCode = keyof typeof ddiErrors

/** Where in a request something is wrong. */
export interface Place {
  /** Resource or document of DDI that sets the rule, for example `feedback`. */
  readonly clause: string
  /** JSON Pointer (RFC 6901) of the field; '' for the whole. */
  readonly pointer?: string
  /** Of the byte at which it went wrong, where that is known. */
  readonly offset?: number
}

/** A request breaks DDI, or asks for what is not there. */
export class DdiError extends Error {
  readonly code: DdiErrorCode
  readonly clause: string
  readonly pointer: string
  readonly offset: number | null
  /** Seconds until another attempt is worth it; null where nothing is known. */
  readonly retryAfter: number | null

  constructor(
    code: DdiErrorCode,
    place: string | Place,
    detail: string,
    options: { readonly cause?: unknown; readonly retryAfter?: number } = {},
  ) {
    const { clause, pointer = '', offset = null } = typeof place === 'string' ? { clause: place } : place
    const at = (pointer === '' ? '' : ` ${pointer}`) + (offset === null ? '' : ` at byte ${offset}`)
    super(`${clause}${at}: ${detail}`, 'cause' in options ? { cause: options.cause } : {})
    this.name = 'DdiError'
    this.code = code
    this.clause = clause
    this.pointer = pointer
    this.offset = offset
    this.retryAfter = options.retryAfter ?? null
  }

  get status(): number {
    return ddiErrors[this.code].status
  }
}
