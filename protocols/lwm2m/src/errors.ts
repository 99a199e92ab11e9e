/** What is wrong with bytes of a device. */
export type Lwm2mWireErrorCode =
  /** The bytes end inside something. */
  | 'truncated'
  /** Against the format. */
  | 'malformed'
  /** Within the format, beyond a bound of this hub. */
  | 'too-large'
  | 'too-deep'
  /** Within the format, but never needed and dangerous or without meaning here. */
  | 'not-allowed'

/** Bytes of a device that are not what their format says: names the clause that they break and where. */
export class Lwm2mWireError extends Error {
  readonly code: Lwm2mWireErrorCode
  /** Of the standard, for example `RFC 7252, 3.1`. */
  readonly clause: string
  /** Of the first offending byte (in text formats: character). */
  readonly offset: number

  constructor(code: Lwm2mWireErrorCode, clause: string, offset: number, detail: string) {
    super(`${code}: ${detail} at ${offset} (${clause})`)
    this.name = 'Lwm2mWireError'
    this.code = code
    this.clause = clause
    this.offset = offset
  }
}
