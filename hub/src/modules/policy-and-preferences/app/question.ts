import type { Facts } from '../domain/situation.ts'

/** A delivery that is about to be offered, or what somebody wonders about. */
export interface DeliveryQuestion {
  /** Null when there is none yet. */
  readonly delivery: string | null
  readonly tenant: string
  readonly device: string
  readonly household: string
  readonly service: string | null
  /** Where they are known already; otherwise order-processing is asked, if anything depends on it. */
  readonly facts?: Facts
}
