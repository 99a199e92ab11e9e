import type { Expr } from '../tree.ts'

export type FilterFault =
  /** It is no CEL. */
  | 'syntax-error'
  /** A name that there is not. */
  | 'unknown-name'
  /** Values of kinds that do not go together. */
  | 'type-error'
  /** CEL that cannot be asked of a database here. */
  | 'not-offered'
  /** More than a filter may cost. */
  | 'too-expensive'

/** What is wrong with a filter, and where. */
export class FilterError extends Error {
  readonly fault: FilterFault
  /** UTF-16 offset into the source; null where it is about all of it. */
  readonly position: number | null

  constructor(fault: FilterFault, reason: string, position: number | null, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause })
    this.name = 'FilterError'
    this.fault = fault
    this.position = position
  }
}

/** A fault at a place of the tree, before anybody knows where in the source that is. */
export class FaultAt extends Error {
  readonly fault: FilterFault
  readonly at: Expr

  constructor(fault: FilterFault, at: Expr, reason: string) {
    super(reason)
    this.fault = fault
    this.at = at
  }
}
