/**
 * Errors by blame. Nothing in the hub throws a plain Error:
 * the caller's mistake (4xx), the outside world's failure (503), or our own broken invariant (500).
 * Every code is declared once with `errorCode` and is listed in docs/reference/errors.md.
 */

/** How one code is presented; `remedy` tells the reader what to do. */
export interface ErrorCode {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly remedy: string
}

/** One wrong place in a request, as a JSON pointer (RFC 6901) into its body, or a `#query/name` reference. */
export interface ErrorPlace {
  readonly pointer: string
  readonly detail: string
  /** In a text that the request has in it, from 1. */
  readonly line?: number
  readonly column?: number
}

const register = new Map<string, ErrorCode>()

/**
 * Declares an error code. Codes are stable: clients test them.
 * @throws InvariantError when the code is declared twice with another meaning
 */
export function errorCode(code: string, status: number, title: string, remedy: string): ErrorCode {
  if (register.has(code)) throw new InvariantError(`error code ${code} is declared twice`)
  const entry = { code, status, title, remedy }
  register.set(code, entry)
  return entry
}

/** All declared codes, sorted: the source of docs/reference/errors.md. */
export function errorRegister(): ErrorCode[] {
  return [...register.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

abstract class SutlerError extends Error {
  readonly entry: ErrorCode
  readonly places: readonly ErrorPlace[]
  constructor(entry: ErrorCode, detail: string, options: { cause?: unknown; places?: readonly ErrorPlace[] } = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.entry = entry
    this.places = options.places ?? []
  }
  get code(): string {
    return this.entry.code
  }
}

/** The caller asked for something that cannot be done; the message names the thing. */
export class CallerError extends SutlerError {}

/** Something outside the hub failed: database, disk, network. Trying again later may help. */
export class OutsideError extends SutlerError {}

/** A promise of our own code is broken. Always a bug. */
export class InvariantError extends Error {
  readonly code = 'internal'
  constructor(detail: string, options?: { cause?: unknown }) {
    super(detail, options)
    this.name = 'InvariantError'
  }
}
