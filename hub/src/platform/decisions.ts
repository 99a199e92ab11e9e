import type { WallTime } from './clock.ts'

/**
 * Decisions on their way into the audit. Registration makes them and writes them; everybody else only hands them on: a request
 * collects its own (`acting.ts`), a transaction takes along those that it acts on (`Tx.audit`).
 */

/** Who a decision is about. `nobody` has shown no valid credentials; `hub` is the hub by itself. */
export interface Actor {
  readonly id: string
  readonly kind: 'person' | 'system' | 'device' | 'hub' | 'nobody'
  readonly name?: string
}

/** `forbidden` and `hidden` are refusals of principals, `refused` of devices and of credentials. */
export type Verdict = 'allowed' | 'forbidden' | 'hidden' | 'refused'

/** A decision that was made, before it has an id. */
export interface NewDecision {
  /** Null: that of the device that it is about, which is looked up when it is written. */
  readonly tenant: string | null
  readonly actor: Actor
  /** `<noun>.<verb>` */
  readonly action: string
  /** Ids of what it is about, by what they are: household, owner, device, delivery, … Never a credential. */
  readonly object: Readonly<Record<string, string>>
  readonly verdict: Verdict
  /** Which rule and relation allowed it, or why it was refused: for people. */
  readonly reason: string
}

/** A decision with its id, not yet in the audit until `recorded`. */
export class Decided implements NewDecision {
  readonly id: string
  readonly at: WallTime
  readonly request: string | null
  readonly tenant: string | null
  readonly actor: Actor
  readonly action: string
  readonly object: Readonly<Record<string, string>>
  readonly verdict: Verdict
  readonly reason: string
  /** In the audit, or about to be. */
  recorded = false

  constructor(id: string, at: WallTime, request: string | null, made: NewDecision) {
    this.id = id
    this.at = at
    this.request = request
    this.tenant = made.tenant
    this.actor = made.actor
    this.action = made.action
    this.object = made.object
    this.verdict = made.verdict
    this.reason = made.reason
  }
}
