import type { Access } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { Log } from '../../../platform/log.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import type { FeedMeter } from './feed-meter.ts'
import type { ParticipantStorage } from './storage.ts'
import type { WebhookMeter } from './webhooks/meter.ts'

export interface ParticipantDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly sealing: Sealing
  readonly access: Access
  /** The hub's own URL: `source` of the events. */
  readonly publicUrl: () => string
  /** Whether webhooks may go to addresses inside the hub's network. */
  readonly allowInside: boolean
  readonly storage: ParticipantStorage
  readonly meter: WebhookMeter
  readonly feedMeter: FeedMeter
}
