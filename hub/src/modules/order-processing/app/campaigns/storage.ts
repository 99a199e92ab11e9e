import type { Scope } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import type { PlannedWave } from '../../domain/campaigns/waves.ts'
import type { HistoryRequest, PageRequest } from '../storage.ts'
import type {
  CampaignState,
  Campaign,
  Wave,
  TargetState,
  Target,
  PlannedTarget,
  Present,
  PlanCount,
  NextHousehold,
  Act,
  SettledTarget,
  Outcome,
  ToReturn,
  Standing,
} from './campaign.ts'

/** What is kept of campaigns. */

export type CampaignChanges = Partial<
  Pick<
    Campaign,
    | 'state'
    | 'why'
    | 'since'
    | 'version'
    | 'planNumber'
    | 'planCursor'
    | 'plannedAt'
    | 'startedBy'
    | 'startedDecision'
    | 'startedAt'
    | 'countedFrom'
    | 'resumedAt'
    | 'currentWave'
    | 'tripped'
    | 'waived'
    | 'ran'
    | 'tokens'
    | 'lookedAt'
    | 'quiet'
    | 'joinedTo'
    | 'cancelledTo'
  >
>

export interface CampaignPage extends Pick<HistoryRequest, 'limit' | 'after' | 'sort'> {
  readonly state?: CampaignState | undefined
}

export interface CampaignStorage {
  addCampaign(tx: Tx, campaign: Campaign): Promise<void>
  campaign(id: string): Promise<Campaign | null>
  /** Locked until the transaction ends. */
  campaignForUpdate(tx: Tx, id: string): Promise<Campaign | null>
  campaigns(page: CampaignPage, scope: Scope): Promise<Campaign[]>
  change(tx: Tx, id: string, changes: CampaignChanges, now: Date): Promise<void>
  /** Moves the plan's cursor on, if it is where the caller thinks. */
  advancePlan(tx: Tx, campaign: Pick<Campaign, 'id' | 'planNumber' | 'planCursor'>, to: string): Promise<boolean>

  present(tx: Tx, service: string, households: readonly string[], devices: readonly string[]): Promise<Present>
  /**
   * Writes targets of a plan, over those of an older one, never over one that was ordered for. @returns devices that are new or
   * no longer left out
   */
  writeTargets(tx: Tx, campaign: string, plan: number, targets: readonly PlannedTarget[]): Promise<string[]>
  addCounts(tx: Tx, campaign: string, plan: number, counts: readonly PlanCount[]): Promise<void>
  counts(campaign: string, plan: number): Promise<PlanCount[]>
  /** Removes targets and counts of older plans, some at a time. @returns whether any are left */
  forgetOlder(tx: Tx, campaign: string, plan: number, most: number): Promise<boolean>
  /** Writes the waves of a plan with the lots at which they end. */
  writeWaves(tx: Tx, campaign: string, waves: readonly PlannedWave[]): Promise<void>

  waves(campaign: string): Promise<Wave[]>
  changeWave(
    tx: Tx,
    campaign: string,
    number: number,
    changes: { beganAt?: Date; placedAt?: Date; passedAt?: Date },
  ): Promise<void>
  /** Zones in which targets of this wave are still to be ordered for. */
  zonesLeft(campaign: string, wave: Pick<Wave, 'band' | 'toLot'>): Promise<string[]>
  /**
   * The next devices of a wave in these zones, by lot, whole households together; about `most` devices. @param from only lots
   * beyond it: -1 unless given
   */
  nextHouseholds(
    campaign: string,
    wave: Pick<Wave, 'band' | 'toLot'>,
    zones: readonly string[],
    most: number,
    from?: number,
  ): Promise<NextHousehold[]>
  /** Marks devices as ordered. @returns how many were still to be */
  markOrdered(
    tx: Tx,
    which: { campaign: string; wave: number; household: string; devices: readonly string[] },
    order: { id: string; before: string; refused: string | null },
  ): Promise<number>
  /** Marks devices that could not be ordered for. */
  markRefused(
    tx: Tx,
    which: { campaign: string; wave: number; devices: readonly string[] },
    reason: string,
  ): Promise<void>

  /** Devices of orders whose end was noted and not taken yet: those of so many orders. */
  takeSettled(tx: Tx, campaign: string, most: number): Promise<SettledTarget[]>
  /** Records what came of devices, and notes what that changes in the counts. */
  recordOutcomes(tx: Tx, campaign: string, outcomes: readonly Outcome[]): Promise<void>
  /** Adds up what changed in the counts. @returns whether anything did */
  addUp(tx: Tx, campaign: string, most: number): Promise<boolean>

  /** Open orders, after the given one, by id. */
  openOrders(campaign: string, after: string, most: number): Promise<string[]>
  /** Devices that the campaign ordered for and has not begun to bring back, whole orders together: about `most` of them. */
  toReturn(campaign: string, most: number): Promise<ToReturn[]>
  /** How many devices that are, counted up to `most`. */
  countToReturn(campaign: string, most: number): Promise<number>
  /** By household. */
  standing(service: string, households: readonly string[]): Promise<Map<string, Standing>>
  /** @returns how many were still to be brought back */
  markReturning(tx: Tx, campaign: string, order: string, back: string): Promise<number>
  markReturned(
    tx: Tx,
    campaign: string,
    order: string,
    what: { state: 'returned' | 'kept' | 'not-returned'; reason: string },
  ): Promise<void>

  addAct(tx: Tx, act: Act): Promise<void>
  acts(campaign: string): Promise<Act[]>
  targets(
    campaign: string,
    page: PageRequest & { state?: TargetState | undefined; kind?: string | undefined },
  ): Promise<Target[]>
  /** What campaigns did about a device: the newest first, at most 50. */
  targetsOfDevice(tenant: string, device: string): Promise<(Target & { readonly name: string })[]>
  /** How long confirmed installs took, newest first, at most so many. `hour`: of the day (UTC) in which they were ordered. */
  recentDeliveries(tenant: string, since: Date, most: number): Promise<{ device: string; hour: number; took: number }[]>
}
