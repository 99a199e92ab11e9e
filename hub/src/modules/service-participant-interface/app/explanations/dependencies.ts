import type { Engine } from '../../../../engine/index.ts'
import type { Access } from '../../../../platform/access.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { EntityManagement } from '../../../entity-management/index.ts'
import type { OrderProcessing } from '../../../order-processing/index.ts'
import type { PolicyAndPreferences } from '../../../policy-and-preferences/index.ts'
import type { ServiceDefinitions } from '../../../service-definitions/index.ts'
import type { QueuedOffer } from '../../domain/explanations/facts.ts'

/** What explanations are made of: the faces of the modules that know. */
export interface ExplainDependencies {
  readonly access: Access
  readonly clock: Clock
  readonly entities: Pick<EntityManagement, 'device' | 'devices' | 'households' | 'users'>
  readonly definitions: Pick<ServiceDefinitions, 'version' | 'fit' | 'catalogue' | 'resolve'>
  readonly orders: Pick<OrderProcessing, 'past'>
  readonly policy: Pick<PolicyAndPreferences, 'answersOf' | 'firing' | 'channelsOf'>
  readonly engine: Pick<Engine, 'history'>
  /** The newest offer that was queued for each delivery. */
  readonly offersOf: (
    deliveries: readonly { readonly device: string; readonly delivery: string }[],
  ) => Promise<ReadonlyMap<string, QueuedOffer>>
}
