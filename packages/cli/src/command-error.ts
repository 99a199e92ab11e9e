/** A mistake in how the command was called or in what it found on this machine, or something that it waited for in vain. */
export class CommandError extends Error {
  /** Exit status. */
  readonly status: 1 | 2
  readonly code: string
  readonly remedy: string
  constructor(code: string, message: string, remedy: string, cause?: unknown, status: 1 | 2 = 2) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CommandError'
    this.status = status
    this.code = code
    this.remedy = remedy
  }
}
