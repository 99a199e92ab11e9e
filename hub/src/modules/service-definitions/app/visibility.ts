import type { Access, Action, Decision, Principal } from '../../../platform/access.ts'
import type { Service } from '../domain/definition.ts'
import { isPublic } from '../domain/lifecycle.ts'
import { noSuchService } from './changes.ts'
import { findService } from './reading.ts'
import type { DefinitionStorage, Visibility } from './storage.ts'

/**
 * What a principal may see: everything public, and before it is public what it may itself publish.
 * @throws CallerError `forbidden` when it may not even read what is public
 */
export function visibilityOf(access: Access, principal: Principal): Visibility {
  access.authorise(principal, 'service.read')
  const { tenant, all, owner } = access.visible(principal, 'service.publish')
  return { tenant, all, owner }
}

/** Whether the service is seen also where it is not public. */
export function seesAll(visible: Visibility, service: Service): boolean {
  if (visible.tenant !== service.tenant) return false
  return visible.all || (visible.owner !== '' && visible.owner === service.developer)
}

/** @throws CallerError `not-found`, also for services that exist and may not be seen */
export async function visibleService(rows: DefinitionStorage, visible: Visibility, id: string): Promise<Service> {
  const service = await findService(rows, visible.tenant, id)
  if (service === null || !(seesAll(visible, service) || isPublic(service.state))) throw noSuchService(id)
  return service
}

/**
 * A service that this principal may change.
 * @throws CallerError `not-found` where it may not know of it, `forbidden` where it may only look
 */
export async function publishableService(
  rows: DefinitionStorage,
  access: Access,
  principal: Principal,
  id: string,
): Promise<Service> {
  const service = await visibleService(rows, visibilityOf(access, principal), id)
  access.authorise(principal, 'service.publish', { tenant: service.tenant, owner: service.developer })
  return service
}

/** What was found, and on which decision. */
export interface Owned<T> {
  readonly it: T
  readonly decision: Decision
}

/**
 * A service that is the principal's for this action: what concerns its developer is nobody else's business, so that others hear that there is
 * no such thing, however public it is. @throws CallerError `not-found`, `forbidden`
 */
export async function ownService(
  rows: DefinitionStorage,
  access: Access,
  principal: Principal,
  id: string,
  action: Action,
): Promise<Owned<Service>> {
  const service = await findService(rows, principal.tenant, id)
  // One that there is not is like one of nobody's.
  const object = service === null ? { owner: '-' } : { tenant: service.tenant, owner: service.developer }
  const decision = access.authorise(principal, action, object)
  if (service === null) throw noSuchService(id)
  return { it: service, decision }
}
