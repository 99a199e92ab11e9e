import type { Access } from '../../../../platform/access.ts'
import type { Clock, Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import type { Engine } from '../../../../engine/index.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import type { ServiceDefinitions } from '../../../service-definitions/index.ts'
import type { CancelledBy } from '../cancel-order.ts'
import type { PlaceOrder } from '../create-order.ts'
import type { Fittings } from './fittings.ts'
import type { CampaignStorage } from './storage.ts'

/** Windows in device-local time, as policy-and-preferences judges them. */
export interface CampaignWindows {
  /** @throws CallerError for rules that are wrong, or never open */
  check(rules: readonly never[], now: WallTime): void
  /** Whether any of the rules is open in this zone, and when that changes; null = never. */
  at(rules: readonly never[], zone: string, now: WallTime): { readonly open: boolean; readonly until: WallTime | null }
}

/** What the use cases of campaigns work with. */
export interface CampaignDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly engine: Pick<Engine, 'send'>
  readonly entities: Pick<EntityManagement, 'targets' | 'device' | 'groups' | 'selectedAmong'>
  readonly definitions: Pick<ServiceDefinitions, 'service' | 'version' | 'fit' | 'manifest' | 'requireSigned'>
  readonly campaigns: CampaignStorage
  readonly fittings: Fittings
  /** Null where nobody judges windows: campaigns have none then. */
  readonly windows: CampaignWindows | null
  /** Bytes of the patch from one content to another; null = there is none. */
  readonly patchBytes: (pairs: readonly { from: string; to: string }[]) => Promise<ReadonlyMap<string, number>>
  readonly place: PlaceOrder
  readonly cancel: (by: CancelledBy, order: string, reason: string) => Promise<void>
}

/** How many milliseconds a task works before it says how far it came: well below its lease's and its time-out's ends. */
export const sliceTime = 8_000

/** Whether a task has worked long enough. */
export function timeUp(clock: Clock, begun: Milliseconds): boolean {
  return clock.monotonic() - begun >= sliceTime
}
