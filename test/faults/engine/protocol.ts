import type { JsonObject } from '@sutler/engine'
import type { Create, Returned } from '../../../hub/src/engine/index.ts'

/** What a hub's engine in a process of its own is told, and what it says. */

export interface Sent {
  readonly to: string
  readonly id: string
  readonly type: string
  readonly args: JsonObject
  readonly create?: Create
}

/** A client's own transaction: the signals, and a row in `sent` for each. */
export interface SentBatch {
  readonly signals: readonly Sent[]
  /** The transaction is rolled back at its end. */
  readonly undo: boolean
}

/** A migration of the accounts. */
export interface Move {
  readonly from: string
  readonly to: string
  readonly states: Readonly<Record<string, string>>
}

/** Where a hub can be made to stop and wait, to be frozen or killed just there. */
export type Gate =
  /** In a transactional task. */
  | 'in-task'
  /** In an external task. */
  | 'in-call'
  /** When all of a transaction is done but its commit. */
  | 'before-commit'

export type Told =
  | { readonly start: { readonly url: string } }
  | { readonly signal: Sent; readonly call: number }
  | { readonly send: SentBatch; readonly call: number }
  | { readonly migrate: Move; readonly call: number }
  /** The next time it comes to the gate it stops there. */
  | { readonly arm: Gate }
  /** It goes on, or does not stop there after all. */
  | { readonly open: Gate }

/** Why a call was refused: `again` when the same may be sent again with the same ids. */
export interface Refused {
  readonly code: string
  readonly message: string
  readonly again: boolean
}

export type Said =
  | { readonly loaded: true }
  | { readonly working: true }
  | { readonly call: number; readonly returned: Returned | null }
  | { readonly call: number; readonly refused: Refused }
  | { readonly at: Gate }
