import type { Access } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { EntityManagement } from '../../entity-management/index.ts'
import type { OrderProcessing } from '../../order-processing/index.ts'
import type { ServiceDefinitions } from '../../service-definitions/index.ts'
import type { PreferenceStorage } from './storage.ts'

export interface PolicyDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly entities: EntityManagement
  readonly orders: Pick<OrderProcessing, 'deliveryFacts' | 'reconsider' | 'delivery' | 'underWay'>
  readonly definitions: Pick<ServiceDefinitions, 'service'>
  readonly storage: PreferenceStorage
}

export type { Tx }
