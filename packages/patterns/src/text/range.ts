/** Line and column count from 1, offset from 0; all in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** `end` is behind the last character. */
export interface Range {
  readonly start: Position
  readonly end: Position
}
