import type { Milliseconds } from '../../../../platform/clock.ts'

/** A campaign as it was written down, with its durations as milliseconds. Values only; what they lead to is decided beside. */

export type CampaignAction = 'add' | 'modify' | 'suspend' | 'resume' | 'remove'

/** What to do when something went wrong. */
export type Remedy = 'pause' | 'abort' | 'roll-back'

/** Exactly one of the three. */
export interface Selection {
  readonly devices?: string[] | undefined
  readonly group?: string | undefined
  /** CEL over device, report and household. */
  readonly filter?: string | undefined
}

/** What every household of the targets is ordered. */
export interface CampaignOrder {
  readonly action: CampaignAction
  readonly service: string
  /** Exact; without it the newest released one of the channel at the time of planning. */
  readonly version?: string | undefined
  readonly channel?: 'alpha' | 'beta' | 'stable' | undefined
  readonly priority?: number | undefined
  readonly allOrNothing?: boolean | undefined
}

/** One wave: so many devices, a share of all that were planned, or those of a group. */
export type WaveSize = { readonly count: number } | { readonly percent: number } | { readonly group: string }

/** Waves one by one, or each `factor` times as large as the one before until all have had their turn. */
export type WavePlan =
  | readonly WaveSize[]
  | { readonly first: { readonly count: number } | { readonly percent: number }; readonly factor: number }

export interface Rate {
  readonly perMinute: number
  /** Every so often the rate is multiplied, up to `upTo`. */
  readonly grows?: { readonly factor: number; readonly every: Milliseconds; readonly upTo: number } | undefined
}

/** What must hold of a wave before the next one begins. */
export interface Gate {
  /** A wave's number, or each wave but the last. */
  readonly after: number | 'each'
  /** Share of devices that succeeded among those whose outcome is known, at least; 0 to 1. */
  readonly success?: number | undefined
  /** Share that failed, at most. */
  readonly errors?: number | undefined
  /** So many outcomes must be known before a share says anything. */
  readonly sample?: number | undefined
  /** So long must it be since the last order of the wave. */
  readonly soak?: Milliseconds | undefined
  /** Within this time after the last order of the wave; otherwise `else`. */
  readonly within: Milliseconds
  readonly else: Remedy
}

/** A person other than the one who made the campaign lets a wave begin. */
export interface Approval {
  /** Number of the wave that waits for it. */
  readonly before: number
  readonly role: string
  readonly within: Milliseconds
  readonly else: Remedy
}

/** Over the whole campaign: more failures than this end it, whatever the wave. */
export interface ErrorBudget {
  readonly share: number
  readonly sample: number
  readonly else: Remedy
}

/** A window in device-local time, an iCalendar rule; what it means is told by whoever judges it. */
export interface CampaignWindow {
  readonly kind: 'allow' | 'deny'
  readonly name?: string | undefined
  readonly dtstart: string
  readonly rrule?: string | undefined
  readonly duration: string
  readonly exdate?: string[] | undefined
}

export interface CampaignDocument {
  readonly name: string
  readonly selection: Selection
  /** Devices that come to match while it runs are taken in. */
  readonly joining: boolean
  readonly order: CampaignOrder
  readonly waves: WavePlan
  readonly rate: Rate
  readonly gates: readonly Gate[]
  readonly approvals: readonly Approval[]
  /** None = always. */
  readonly windows: readonly CampaignWindow[]
  readonly errorBudget: ErrorBudget | null
  /** Of all of it, from its start. */
  readonly within: Milliseconds
  /** When that is over. */
  readonly onDeadline: Remedy
  /** A pause that lasts longer aborts the campaign. */
  readonly pauseAtMost: Milliseconds
}

export const maximumWaves = 100
const hour: Milliseconds = 3_600_000
export const day: Milliseconds = 24 * hour

/** Times that hold where the document says nothing: nothing waits for ever. */
export const defaults = {
  gateWithin: 7 * day,
  approvalWithin: 7 * day,
  within: 60 * day,
  pauseAtMost: 30 * day,
  perMinute: 6_000,
} as const

/** The gate after this wave. */
export function gateAfter(gates: readonly Gate[], wave: number): Gate | null {
  return gates.find((gate) => gate.after === wave) ?? gates.find((gate) => gate.after === 'each') ?? null
}
