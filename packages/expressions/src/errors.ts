export type ExpressionErrorCode =
  /** The source is no CEL. */
  | 'syntax-error'
  /** Source, syntax tree or nesting above the limit. */
  | 'expression-too-large'
  /** A `{` of a template that is not closed. */
  | 'bad-template'
  /** A name that no variable has. */
  | 'unknown-name'
  /** A field, key or index that is not there. */
  | 'missing-key'
  /** An operator or function that does not take values of these types. */
  | 'type-error'
  /** Division by zero, a number out of range, text that cannot be read as what was asked. */
  | 'bad-value'
  | 'over-budget'
  /** The result has no JSON form: a type, NaN, an infinity, a number beyond ±2^53−1, text with a NUL character. */
  | 'not-json'

export interface ExpressionErrorOptions {
  readonly code: ExpressionErrorCode
  readonly expression: string
  readonly reason: string
  /** UTF-16 offset into the expression. */
  readonly position?: number
}

/** Thrown by `compile` and `evaluate`: what was wrong, with which expression. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode
  readonly expression: string
  readonly reason: string
  readonly position: number | undefined

  constructor(options: ExpressionErrorOptions, cause?: unknown) {
    super(`${options.expression}: ${options.reason}`, cause === undefined ? undefined : { cause })
    this.name = 'ExpressionError'
    this.code = options.code
    this.expression = options.expression
    this.reason = options.reason
    this.position = options.position
  }
}
