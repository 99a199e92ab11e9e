import type { Action, Role } from '../../../platform/access.ts'

/** How a principal must stand to an object to be granted an action on it. */
export type Relation =
  /** Any object, or none. */
  | 'any'
  /** Objects of the principal's own households. */
  | 'household'
  /** Objects that the principal owns. */
  | 'owner'

type Grants = Readonly<Record<Action, readonly Relation[]>>

/** What everybody with an account may do: see the catalogue, keep an eye on what is theirs, hold keys for their systems. */
export const everybody: Grants = {
  'service.read': ['any'],
  'name.read': ['any'],
  'trust.read': ['any'],
  'event.read': ['household', 'owner'],
  'user.read': ['owner'],
  'user.export': ['owner'],
  'webhook.read': ['owner'],
  'webhook.write': ['owner'],
  'notification.read': ['owner'],
  'notification.write': ['owner'],
  'session.read': ['owner'],
  'session.write': ['owner'],
  'password.write': ['owner'],
  'api-key.read': ['owner'],
  'api-key.write': ['owner'],
}

/** What concerns the installation and not one tenant: only people of its own tenant, `main`, may do it. */
const installation: ReadonlySet<string> = new Set(['tenant', 'authority', 'signing'])

export function ofInstallation(action: Action): boolean {
  return (
    action === 'model.write' ||
    action === 'trust.write' ||
    action === 'metrics.read' ||
    action === 'blob.read' ||
    installation.has(action.slice(0, action.indexOf('.')))
  )
}

/**
 * Who may do what in their own tenant. Operators may do everything and auditors read everything, so they have no table; an action that is not in a role's table is refused.
 * An action on no particular object (making a household, say) is granted by `any` only.
 */
export const grants: Readonly<Record<Exclude<Role, 'operator' | 'auditor'>, Grants>> = {
  developer: {
    ...everybody,
    'service.publish': ['owner'],
    'adoption.read': ['owner'],
    'version-log.read': ['owner'],
    'version-log.write': ['owner'],
    'trial.read': ['owner'],
    'trial.write': ['owner'],
    'test-device.read': ['any'],
    'fleet-fit.read': ['any'],
    'release-rule.read': ['any'],
    'release-request.read': ['owner'],
    'release-request.write': ['owner'],
    'delivery.read': ['owner'],
    'model.read': ['any'],
  },
  sponsor: {
    ...everybody,
    'order.read': ['owner'],
    'order.write': ['owner'],
    'delivery.read': ['owner'],
    'import.read': ['owner'],
  },
  subscriber: {
    ...everybody,
    'household.read': ['household'],
    'household.write': ['household'],
    'user.read': ['household', 'owner'],
    'device.read': ['household'],
    'device.write': ['household'],
    'claim.read': ['household'],
    'claim.write': ['household'],
    'enrolment.read': ['household'],
    'enrolment.write': ['household'],
    'order.read': ['household', 'owner'],
    'order.write': ['household'],
    'delivery.read': ['household', 'owner'],
    'preference.read': ['household', 'owner'],
    'firing.read': ['household'],
    'approval.read': ['household'],
    'approval.write': ['household'],
    'preference.write': ['household', 'owner'],
    'consent.read': ['household'],
    'consent.write': ['household'],
  },
}
