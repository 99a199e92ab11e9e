import type { Principal } from '../../../platform/access.ts'
import type { LoggedEvent } from './logged-event.ts'

/** Whether what this principal may hear of can be another after the event: it is then asked anew, before anything more is told. */
export function changesRightsOf({ type, subject, data, tenant: of }: LoggedEvent, { id, tenant }: Principal): boolean {
  if (type.startsWith('account.') || type.startsWith('user.')) return subject === id
  if (type === 'api-key.revoked') return (data as { account?: unknown }).account === id
  // A group can give roles, and it may have lost or got anybody; so may a household that another was merged into.
  if (type.startsWith('user-group.') || type === 'household.merged') return of === tenant
  return type === 'tenant.changed' && subject === tenant
}

/** Whether it is one of those. Most are not. */
export function changesRights({ type }: LoggedEvent): boolean {
  return /^(account|user|user-group)\.|^api-key\.revoked$|^(tenant\.changed|household\.merged)$/.test(type)
}
