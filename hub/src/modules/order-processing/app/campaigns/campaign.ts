import type { CampaignDocument } from '../../domain/campaigns/document.ts'
import type { SkipKind } from '../../domain/campaigns/eligible.ts'
import type { End, Phase } from '../../domain/campaigns/next.ts'
import type { PlannedWave } from '../../domain/campaigns/waves.ts'
import type { OrderState } from '../../domain/order-states.ts'
import type { DeliveryState } from '../../domain/states.ts'

/** Campaigns, their waves and their targets, as the use cases see them. */

export const campaignStates = [
  'planning',
  'planned',
  'running',
  'waiting',
  'paused',
  'aborting',
  'rolling-back',
  'completed',
  'aborted',
  'rolled-back',
  'failed',
] as const satisfies readonly ('planning' | 'planned' | Phase | End)[]
export type CampaignState = (typeof campaignStates)[number]

export interface Campaign {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly document: CampaignDocument
  readonly createdBy: string
  readonly decision: string
  readonly state: CampaignState
  /** Why it is in this state, for people. */
  readonly why: string
  readonly since: Date
  /** That the targets get; null for orders that install nothing. */
  readonly version: string | null
  readonly planNumber: number
  /** The last device that planning has looked at; null before the first. */
  readonly planCursor: string | null
  readonly plannedAt: Date | null
  readonly startedBy: string | null
  readonly startedDecision: string | null
  readonly startedAt: Date | null
  readonly countedFrom: Date | null
  readonly resumedAt: Date | null
  readonly currentWave: number
  /** What made it pause: `budget`, `deadline`, `gate:<wave>`, `approval:<wave>`. */
  readonly tripped: string | null
  readonly waived: readonly string[]
  /** Milliseconds in which it was placing orders. */
  readonly ran: number
  readonly tokens: number
  readonly lookedAt: Date | null
  /** Looks in a row that found nothing to do. */
  readonly quiet: number
  /** The last device that was looked at for joining ones. */
  readonly joinedTo: string | null
  /** The last order that was asked to be cancelled. */
  readonly cancelledTo: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Devices by what came of them. */
export interface Counts {
  readonly open: number
  readonly done: number
  readonly failed: number
  readonly cancelled: number
  /** In a roll back: on their way back, back, left as they are, not back. */
  readonly returningOpen: number
  readonly returned: number
  readonly kept: number
  readonly notReturned: number
}

export interface Wave extends Counts, PlannedWave {
  /** Targets with lots up to this one belong to it; null = all. */
  readonly toLot: number | null
  /** Devices when it was planned. */
  readonly size: number
  readonly beganAt: Date | null
  readonly placedAt: Date | null
  readonly passedAt: Date | null
}

export const targetStates = [
  'planned',
  'skipped',
  'ordered',
  'done',
  'failed',
  'refused',
  'cancelled',
  'returning',
  'returned',
  'kept',
  'not-returned',
] as const
export type TargetState = (typeof targetStates)[number]

export interface Target {
  readonly campaign: string
  readonly device: string
  readonly household: string
  readonly state: TargetState
  /** For one that was left out. */
  readonly kind: SkipKind | ''
  readonly reason: string
  /** 0 = it was not ordered for yet. */
  readonly wave: number
  readonly order: string | null
  /** The household's version before, '' for none. */
  readonly before: string | null
  readonly backOrder: string | null
}

/** A device as planning writes it down. */
export interface PlannedTarget extends Pick<Target, 'device' | 'household' | 'kind' | 'reason'> {
  readonly state: 'planned' | 'skipped'
  readonly zone: string
  readonly band: number
  readonly lot: number
}

/** What the households and devices of a part of a plan have of the service. */
export interface Present {
  readonly subscriptions: ReadonlyMap<string, { readonly version: string; readonly state: string }>
  /** By device: the version and the file list that it last proved to have. */
  readonly installed: ReadonlyMap<string, { readonly version: string; readonly manifest: string | null }>
}

/** Devices by what they are counted by. */
export interface PlanCount {
  readonly what: 'band' | 'class' | 'zone' | 'skip' | 'transfer'
  readonly key: string
  readonly devices: number
}

/** The devices of one household that are next. */
export interface NextHousehold {
  readonly household: string
  readonly devices: readonly string[]
}

export interface Act {
  readonly id: string
  readonly campaign: string
  readonly act: 'start' | 'pause' | 'resume' | 'approve' | 'abort' | 'roll-back' | 'preview'
  readonly wave: number | null
  readonly principal: string
  readonly name: string
  readonly decision: string
  readonly reason: string
  readonly at: Date
}

/** A device of an ended order of a campaign. */
export interface SettledTarget {
  readonly order: string
  readonly orderState: OrderState
  readonly orderDetail: string
  readonly device: string
  /** The order was to bring it back. */
  readonly back: boolean
  /** What came of its delivery; null when it had none. */
  readonly delivery: { readonly state: DeliveryState; readonly detail: string } | null
}

/** What came of it. */
export interface Outcome {
  readonly order: string
  readonly device: string
  readonly back: boolean
  readonly state: TargetState
  readonly reason: string
}

/** Devices of one household that the campaign ordered for, to be as before. */
export interface ToReturn {
  readonly household: string
  readonly order: string
  /** The household's version before; '' for none. */
  readonly before: string
  readonly devices: readonly string[]
}

/** A household's living subscription to a service, and the last order that named it. */
export interface Standing {
  readonly version: string
  readonly state: string
  readonly lastOrder: string | null
}
