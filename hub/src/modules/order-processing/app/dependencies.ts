import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import type { Access } from '../../../platform/access.ts'
import type { Engine } from '../../../engine/index.ts'
import type { EntityManagement } from '../../entity-management/index.ts'
import type { Channel, ServiceDefinitions } from '../../service-definitions/index.ts'
import type { OrderStorage } from './storage.ts'

/** What order-processing's use cases work with. */
export interface OrderDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly engine: Pick<Engine, 'send'>
  readonly entities: Pick<
    EntityManagement,
    'household' | 'households' | 'devicesOfHousehold' | 'devicesOfHouseholds' | 'imports'
  >
  readonly definitions: Pick<
    ServiceDefinitions,
    'service' | 'version' | 'fit' | 'manifest' | 'requireSigned' | 'catalogue' | 'resolve'
  >
  /** The channel that a household prefers for each of these services, where an order names none. */
  readonly channelsOf: (
    tenant: string,
    household: string,
    services: readonly string[],
  ) => Promise<ReadonlyMap<string, Channel>>
  readonly storage: OrderStorage
}
