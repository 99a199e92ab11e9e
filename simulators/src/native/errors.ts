export type FleetErrorCode =
  /** An option is missing or out of range. */
  | 'bad-option'
  /** A host that is not this machine, without --allow-remote. */
  | 'not-loopback'
  | 'unsupported-url'
  /** The hub answered with a problem; `problem` has its code. */
  | 'hub-refused'
  /** Connection refused, reset, or silent for too long. */
  | 'network'
  | 'malformed-http'
  | 'malformed-mqtt'
  /** The link of an offer is no longer valid. */
  | 'link-expired'
  | 'not-available'
  | 'too-large'
  | 'digest-mismatch'
  | 'invalid-manifest'
  | 'bad-state'
  /** The fleet is being stopped; nothing failed. */
  | 'stopped'

/** Something the fleet could not do. The message names the thing and, where there is one, the remedy. */
export class FleetError extends Error {
  readonly code: FleetErrorCode
  /** The hub's problem code, '' when it is not an answer of the hub. */
  readonly problem: string

  constructor(code: FleetErrorCode, message: string, options: { cause?: unknown; problem?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'FleetError'
    this.code = code
    this.problem = options.problem ?? ''
  }
}

/** The code of anything thrown, for `outcome.error` and statistics. */
export function codeOf(error: unknown): string {
  return error instanceof FleetError ? error.code : 'internal'
}

/** The message of anything thrown, bounded to fit a protocol text. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
