import type { Device } from '../../../entity-management/index.ts'
import type {
  CampaignPart,
  Delivery,
  KnownDrift,
  OrderWithItems,
  Subscription,
} from '../../../order-processing/index.ts'
import type { Answer, Firing } from '../../../policy-and-preferences/index.ts'

/** What is known of an order, a delivery or a device, as an explanation is made of it. */

export type PastOrder = OrderWithItems & { readonly deliveries: readonly Delivery[] }

export type KnownDevice = Pick<
  Device,
  'id' | 'household' | 'class' | 'state' | 'reachable' | 'reachableChangedAt' | 'capabilities'
> & {
  /** Null where the reader may not see it. */
  readonly name: string | null
}

/** A step that the delivery's instance took, as the engine's history has it. */
export interface CourseStep {
  readonly at: Date
  readonly type: string
  readonly outcome: string
  readonly args: Readonly<Record<string, unknown>>
}

/** What was put into the queue of its device for a delivery. */
export interface QueuedOffer {
  readonly queuedAt: Date
  readonly sentAt: Date | null
}

export interface Facts {
  readonly now: Date
  /** Time zone of the household, in which times are told. */
  readonly zone: string
  readonly devices: ReadonlyMap<string, KnownDevice>
  /** Names of households that the reader may see, by id. */
  readonly households: ReadonlyMap<string, string>
  readonly orders: ReadonlyMap<string, PastOrder>
  /** Who asked for an order, as far as the reader may know, by order. */
  readonly askers: ReadonlyMap<string, string>
  /** By id; null: the reader may not know of it. */
  readonly firings: ReadonlyMap<string, Firing | null>
  /** By the order that a campaign placed. */
  readonly campaigns: ReadonlyMap<string, readonly CampaignPart[]>
  /** Whether the reader may know names of campaigns and how they go. */
  readonly seesCampaigns: boolean
  /** By delivery, oldest first. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>
  /** By delivery, oldest first: the steps that its instance took, as far as they are kept. */
  readonly courses: ReadonlyMap<string, readonly CourseStep[]>
  readonly offers: ReadonlyMap<string, QueuedOffer>
}

/** What is looked at to say why a device has, or has not, a version. */
export interface DeviceFacts extends Facts {
  readonly device: KnownDevice
  /** Newest first, of the service that is asked about, or the newest of each service. */
  readonly deliveries: readonly Delivery[]
  readonly subscriptions: readonly Subscription[]
  readonly drift: readonly KnownDrift[]
  readonly parts: readonly CampaignPart[]
}

/** The version that is asked about, and whether the device could have it. */
export interface VersionFacts {
  readonly service: string
  readonly version: string
  /** Null when there is none that the reader may know of. */
  readonly known: { readonly state: string; readonly channel: string | null } | null
  /** The channel that the household takes the service from. */
  readonly channel: string
  /** Why no component fits the device; null when one does. */
  readonly unfit: string | null
  /** Why the household could not have it beside what it has; empty when it could. */
  readonly against: readonly string[]
}
