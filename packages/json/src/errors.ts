/** Why a text was not read. `duplicate` only where reading is strict. */
export type JsonFault = 'too-large' | 'not-utf8' | 'malformed' | 'too-deep' | 'too-many' | 'duplicate'

/** A text was not read; whoever asked says whose text it is, and what to do. */
export class JsonError extends Error {
  readonly fault: JsonFault
  /** Character at which reading stopped; null where it did not begin. */
  readonly at: number | null

  constructor(fault: JsonFault, detail: string, at: number | null, cause?: unknown) {
    super(detail, cause === undefined ? {} : { cause })
    this.name = 'JsonError'
    this.fault = fault
    this.at = at
  }
}
