/** Why a request to a device has no answer. */
export type Lwm2mExchangeErrorCode =
  | 'no-answer'
  | 'reset'
  | 'closed'
  | 'aborted'
  /** A body in blocks that the device did not carry through (RFC 7959). */
  | 'blocks'

/** A request to a device that was not answered: an outside failure, the device is tried again later. */
export class Lwm2mExchangeError extends Error {
  readonly code: Lwm2mExchangeErrorCode

  constructor(code: Lwm2mExchangeErrorCode, detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'Lwm2mExchangeError'
    this.code = code
  }
}
