import type { OrderProcessing } from '../../../order-processing/index.ts'
import type { ServiceDefinitions } from '../../../service-definitions/index.ts'
import { tmfLinks, type TmfLinks } from '../../domain/tmf/links.ts'
import type { ParticipantDependencies } from '../dependencies.ts'
import type { TmfStorage } from './storage.ts'

export interface TmfDependencies extends ParticipantDependencies {
  readonly orders: Pick<OrderProcessing, 'desk'>
  readonly definitions: Pick<ServiceDefinitions, 'shown' | 'service' | 'version'>
  readonly tmf: TmfStorage
}

/** The hub's own URL is known once it listens. */
export function linksOf({ publicUrl }: Pick<TmfDependencies, 'publicUrl'>): TmfLinks {
  return tmfLinks(publicUrl().replace(/\/$/, ''))
}
