import type { Tx } from '../../../platform/database.ts'

/** A version that was withdrawn, and how far households have been ordered back. */
export interface Withdrawal {
  readonly tenant: string
  readonly service: string
  readonly version: string
  /** Null: devices keep it. */
  readonly backTo: string | null
  readonly reason: string
  readonly by: { readonly id: string; readonly name: string }
  /** On which it was done. */
  readonly decision: string
  readonly state: 'running' | 'done'
  /** The last subscription that was looked at; '' before the first. */
  readonly after: string
  readonly placed: number
  readonly refused: number
  /** The first of them, at most twenty. */
  readonly refusals: readonly { readonly household: string; readonly detail: string }[]
  readonly startedAt: Date
}

type Which = Pick<Withdrawal, 'tenant' | 'service' | 'version'>

export interface Withdrawals {
  find(which: Which): Promise<Withdrawal | null>
  /** Takes the place of an earlier one of the same version. */
  put(tx: Tx, withdrawal: Withdrawal): Promise<void>
  /** One that is running and that no other hub works on, until `until`. */
  lease(now: Date, until: Date): Promise<Withdrawal | null>
  /** Writes down that one more subscription is done. */
  advance(tx: Tx, which: Which, after: string, refusal: Withdrawal['refusals'][number] | null): Promise<void>
  /** Writes down that the subscriptions up to this one were looked at. */
  pass(tx: Tx, which: Which, after: string): Promise<void>
  end(which: Which, at: Date): Promise<void>
  release(which: Which): Promise<void>
}
