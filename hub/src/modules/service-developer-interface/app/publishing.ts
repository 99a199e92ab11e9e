import type { Access, Principal } from '../../../platform/access.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type {
  Channel,
  Composition,
  Service,
  ServiceDefinitions,
  VersionDefinition,
} from '../../service-definitions/index.ts'

export interface PublishingDeps {
  readonly database: Database
  readonly access: Access
  readonly definitions: ServiceDefinitions
}

/** Runs last in a change's transaction: remembers the answer for a repeated request. */
export type Remember<T> = (tx: Tx, changed: T) => Promise<void>

/** Makes a service that the principal owns. @throws CallerError `forbidden`, `service-exists` */
export async function createOwnService(
  { database, access, definitions }: PublishingDeps,
  principal: Principal,
  wanted: Pick<Service, 'id' | 'title' | 'categories' | 'parental'>,
  remember: Remember<Service>,
): Promise<Service> {
  access.authorise(principal, 'service.publish', { owner: principal.id })
  return database.transaction(async (tx) => {
    const service = await definitions.createService(tx, {
      ...wanted,
      tenant: principal.tenant,
      developer: principal.id,
    })
    await remember(tx, service)
    return service
  })
}

export interface Published {
  readonly version: VersionDefinition
  /** False when the same content was there already. */
  readonly created: boolean
}

/**
 * Publishes a version, whole or not at all.
 * @throws CallerError `not-found`, `forbidden`, `invalid-composition`, `blobs-missing`, `version-exists`, `too-many-versions`
 */
export async function publishVersion(
  { database, definitions }: PublishingDeps,
  principal: Principal,
  id: string,
  { state, ...composition }: Composition & { readonly state: 'draft' | 'candidate' },
  remember: Remember<Published>,
): Promise<Published> {
  const service = await definitions.publishableService(principal, id)
  const prepared = await definitions.prepareVersion(service, composition)
  return database.transaction(async (tx) => {
    const published = await definitions.addVersion(tx, prepared, state, principal.id)
    await remember(tx, published)
    return published
  })
}

/** Changes what is said of a service as a whole. @throws CallerError `not-found`, `forbidden` */
export async function describeOwnService(
  { database, definitions }: PublishingDeps,
  principal: Principal,
  id: string,
  details: Partial<Pick<Service, 'title' | 'categories' | 'parental'>>,
  remember: Remember<Service>,
): Promise<Service> {
  const { tenant } = await definitions.publishableService(principal, id)
  return database.transaction(async (tx) => {
    const service = await definitions.describeService(tx, tenant, id, details)
    await remember(tx, service)
    return service
  })
}

/**
 * Offers a candidate to orders, on a channel if one is given.
 * @throws CallerError `not-found`, `forbidden`, `not-signed`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed`
 */
export async function releaseVersion(
  { database, definitions }: PublishingDeps,
  principal: Principal,
  id: string,
  version: string,
  channel: Channel | undefined,
  remember: Remember<VersionDefinition>,
): Promise<VersionDefinition> {
  const { tenant } = await definitions.publishableService(principal, id)
  await definitions.checkSigned(tenant, id, version)
  return database.transaction(async (tx) => {
    const released = await definitions.setState(tx, tenant, id, version, {
      state: 'released',
      by: principal.id,
      ...(channel !== undefined && { channel }),
    })
    await remember(tx, released)
    return released
  })
}

/** Offers a released version to a steadier channel. @throws CallerError `not-found`, `forbidden`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed` */
export async function promoteOwnVersion(
  { database, definitions }: PublishingDeps,
  principal: Principal,
  id: string,
  version: string,
  channel: Channel,
  remember: Remember<VersionDefinition>,
): Promise<VersionDefinition> {
  const { tenant } = await definitions.publishableService(principal, id)
  return database.transaction(async (tx) => {
    const promoted = await definitions.promote(tx, tenant, id, version, channel, principal.id)
    await remember(tx, promoted)
    return promoted
  })
}
