/** What the operator, and the hub, say to the protocol. */
export interface CwmpOptions {
  /** Of all hubs the same, 32 bytes: nonces and addresses of files are sealed with it. */
  readonly key: Uint8Array
  /** Where devices reach this, `http://acs.example:7547`; null: as the device itself has called it. */
  readonly url: string | null
  /** Seconds between periodic Informs. */
  readonly informInterval: number
  /** Where Basic is taken in place of Digest. */
  readonly basic: 'never' | 'encrypted' | 'always'
  /** Networks that connection requests may go to, for example `10.0.0.0/8`; none = devices come by themselves. */
  readonly connectionRequests: readonly string[]
  /** Whether an address is that of a proxy of the operator's: from it alone `X-Forwarded-For` and `-Proto` are believed. */
  readonly front: (address: string) => boolean
  /** Sessions open at once on this hub. */
  readonly sessionLimit: number
  readonly clock: CwmpClock
  readonly onProblem?: (problem: CwmpProblem) => void
}

export interface CwmpClock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Milliseconds from some moment, never going back. */
  monotonic(): number
}

/** Something that went wrong with one device, for the log. Nothing is lost by any of them. */
export interface CwmpProblem {
  /**
   * unreadable: bytes that are no message · refused: a message without a place in the session · overtaken: another session of the
   * device went on · failed: the host failed, and the device will come again · not-woken: a connection request was not answered
   */
  readonly kind: 'unreadable' | 'refused' | 'overtaken' | 'failed' | 'not-woken'
  /** Empty where it is not known. */
  readonly device: string
  readonly detail: string
  readonly cause?: unknown
}
