/** A mistake in how the command was called or in what it found on this machine. Exit status 2. */
export class CommandError extends Error {
  readonly code: string
  readonly remedy: string
  constructor(code: string, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CommandError'
    this.code = code
    this.remedy = remedy
  }
}
