/** A caller breaks the contract of the protocol package. */
export class NativeProtocolError extends Error {
  readonly code: 'no-link' | 'not-started'

  constructor(code: 'no-link' | 'not-started', detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'NativeProtocolError'
    this.code = code
  }
}
