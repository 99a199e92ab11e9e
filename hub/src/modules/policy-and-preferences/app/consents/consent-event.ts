import type { LifecycleEvent } from '../../../../platform/events.ts'
import type { Consent } from '../storage.ts'

/** `consent.asked|granted|denied|revoked` */
export function consentEvent(
  { id, tenant, household, kind, target, state, askedFor }: Consent,
  by?: string,
): LifecycleEvent {
  const data = { kind, target, delivery: askedFor, ...(by === undefined ? {} : { by }) }
  return { type: `consent.${state}`, subject: id, tenant, household, data }
}
