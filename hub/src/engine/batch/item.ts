import type { End, Instant, JsonObject, Outcome, Signal } from '@sutler/engine'
import type { Address } from '../address.ts'

/** How a task ended. */
export type TaskEnd = { done: JsonObject } | { failed: string }

/** One thing that an instance is to take, in the order of its mailbox. */
export type Item =
  /**
   * `outside`: the id was chosen by somebody outside the engine, so it may come twice. `optional`: nothing happens when the
   * model does not know the signal.
   */
  | { readonly kind: 'signal'; readonly signal: Signal; readonly outside?: boolean; readonly optional?: boolean }
  | { readonly kind: 'child'; readonly as: string; readonly end: End }
  | { readonly kind: 'task'; readonly key: string; readonly end: TaskEnd; readonly attempts: number }

/** The returned signal (engine.md section 2, clause 12). */
export interface Returned {
  readonly outcome: Outcome
  readonly reason?: string
  readonly detail?: string
  readonly fired: readonly string[]
  readonly states: readonly string[]
  /** The signal's arguments as changed. */
  readonly args: JsonObject
  /** Present when the id had been taken before: the rest is the first outcome. */
  readonly duplicate?: true
}

/** Told when the item has been taken and the transaction that took it is committed, or cannot be. */
export interface Waiter {
  returned(answer: Returned): void
  refused(error: unknown): void
}

/** A signal whose sender waits in this process. */
export interface Direct {
  readonly address: Address
  /** Start the instance when it does not exist. */
  readonly create: { readonly version?: string; readonly call?: JsonObject; readonly tenant?: string } | undefined
  /** Only to an instance of this tenant; undefined = of any. */
  readonly tenant: string | undefined
  readonly item: Extract<Item, { kind: 'signal' }>
  readonly at: Instant
  readonly waiter: Waiter
}

/** An item in an instance's queue. */
export interface Entry {
  readonly item: Item
  /** When it was sent: due signals of before then go first. */
  readonly at: Instant
  /** Its place in the mailbox table, when it has one. */
  readonly seq: number | null
  /** Who waits for it: it goes back there, not to the mailbox. */
  readonly direct?: Direct
}
