import type { Access } from '../../../../platform/access.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { Database } from '../../../../platform/database.ts'
import type { Doorbells } from '../../../../platform/doorbells.ts'
import type { Log } from '../../../../platform/log.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import type { OrderProcessing } from '../../../order-processing/index.ts'
import type { ServiceDefinitions } from '../../../service-definitions/index.ts'
import type { PolicyStorage } from './storage.ts'

/** What policies' use cases work with. */
export interface PoliciesDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly entities: EntityManagement
  readonly orders: Pick<
    OrderProcessing,
    'place' | 'subscriptions' | 'pageSubscriptions' | 'originsOf' | 'deliveryFacts' | 'reconsider'
  >
  readonly definitions: Pick<ServiceDefinitions, 'service'>
  readonly storage: PolicyStorage
}
