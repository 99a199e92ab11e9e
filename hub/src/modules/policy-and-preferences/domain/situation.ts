import type { WallTime } from '../../../platform/clock.ts'
import type { Sources } from './preferences/matters.ts'

/** Everything that rules judge a delivery by. */
export interface Situation {
  readonly now: WallTime
  /** Documents of all who may say something about this device. */
  readonly sources: Sources
  /** A zone that the runtime knows, and who says so. */
  readonly zone: Zone
  readonly delivery: Facts
  /** What the device last said of its link; null when it says nothing. */
  readonly network: { readonly metered: boolean; readonly type: string } | null
  /** Bytes that went to the device over metered links in its month, this delivery's left out. */
  readonly meteredThisMonth: number
  /** What is known of the service; null when nothing is. */
  readonly service: ServiceFacts | null
  /** What the household has been asked, by `consentKey`. */
  readonly consents: ReadonlyMap<string, ConsentState>
}

export interface Zone {
  readonly name: string
  readonly source: string
}

/** Of the delivery, as far as it is known. */
export interface Facts {
  readonly kind: string
  readonly service: string | null
  readonly version: string | null
  readonly bytes: number
  /** 0 (highest) to 4. */
  readonly priority: number
  /** Kind of who ordered it: person, system, policy, campaign, hub. */
  readonly origin: string
}

export interface ServiceFacts {
  readonly categories: readonly string[]
  /** 0 = for all … 18. */
  readonly rating: number
}

export const consentStates = ['asked', 'granted', 'denied', 'revoked'] as const
export type ConsentState = (typeof consentStates)[number]

/** What somebody can agree to. */
export interface ConsentSubject {
  /** `update`: that one version of a service comes by itself. */
  readonly kind: 'service' | 'category' | 'update'
  /** Id of the service, name of the category, or `<service>@<version>`. */
  readonly target: string
}

export function consentKey({ kind, target }: ConsentSubject): string {
  return `${kind}/${target}`
}

export function isInstall({ kind }: Facts): boolean {
  return kind === 'install'
}
