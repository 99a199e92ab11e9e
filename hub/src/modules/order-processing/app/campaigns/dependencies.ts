import type { Access } from '../../../../platform/access.ts'
import type { Clock, Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import type { Engine } from '../../../../engine/index.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import type { ServiceDefinitions } from '../../../service-definitions/index.ts'
import type { CampaignWindow } from '../../domain/campaigns/document.ts'
import type { CancelledBy } from '../cancel-order.ts'
import type { PlaceOrder } from '../create-order.ts'
import type { Fittings } from './fittings.ts'
import type { CampaignStorage } from './storage.ts'

/** Windows in device-local time, as policy-and-preferences judges them. */
export interface CampaignWindows {
  /** @throws CallerError for rules that are wrong, or never open, with places under `/windows` */
  check(windows: readonly CampaignWindow[], now: WallTime): void
  /** Whether they are open in this zone, and if not, until when; null = for ever. */
  at(
    windows: readonly CampaignWindow[],
    zone: string,
    now: WallTime,
  ): { readonly open: true } | { readonly open: false; readonly until: WallTime | null }
}

/** What the use cases of campaigns work with. */
export interface CampaignDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly engine: Pick<Engine, 'send'>
  readonly entities: Pick<EntityManagement, 'targets' | 'device' | 'groups' | 'selectedAmong'>
  readonly definitions: Pick<
    ServiceDefinitions,
    'service' | 'version' | 'catalogue' | 'fit' | 'transfer' | 'requireSigned'
  >
  readonly campaigns: CampaignStorage
  readonly fittings: Fittings
  readonly windows: CampaignWindows
  readonly place: PlaceOrder
  readonly cancel: (by: CancelledBy, order: string, reason: string) => Promise<void>
}

/** How many milliseconds a task works before it says how far it came: well below its lease's and its time-out's ends. */
export const sliceTime = 8_000

/** Whether a task has worked long enough. */
export function timeUp(clock: Clock, begun: Milliseconds): boolean {
  return clock.monotonic() - begun >= sliceTime
}
