import type { Access } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { EntityManagement } from '../../entity-management/index.ts'

export interface PolicyDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly access: Access
  readonly entities: EntityManagement
}
