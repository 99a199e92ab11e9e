import { CallerError } from '../../../platform/errors.ts'
import { notFound } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import { appendEvents, type LifecycleEvent } from '../../../platform/events.ts'
import { sameContent, type Service, type VersionDefinition } from '../domain/definition.ts'
import { serviceState, transitionRefusal, type LifecycleState } from '../domain/lifecycle.ts'
import { blobsMissing, serviceExists, stateNotAllowed, tooManyVersions, versionExists } from './errors.ts'
import type { BlobStorage } from './blobs/storage.ts'
import type { PreparedVersion } from './publication.ts'
import type { DefinitionStorage } from './storage.ts'

/** Bounds what is read to choose a version. */
const versionsPerService = 1_000

/** What a version's arrival in a state is called in the event log. */
const eventOf: Readonly<Record<LifecycleState, string>> = {
  draft: 'version.drafted',
  candidate: 'version.published',
  released: 'version.released',
  deprecated: 'version.deprecated',
  retired: 'version.retired',
}

export interface ChangeDeps {
  readonly rows: DefinitionStorage
  readonly blobs: Pick<BlobStorage, 'areKept'>
  readonly doorbells: Doorbells
  readonly clock: Clock
}

/** @throws CallerError `service-exists` */
export async function createService(
  { rows, doorbells, clock }: ChangeDeps,
  tx: Tx,
  wanted: Pick<Service, 'tenant' | 'id' | 'title' | 'developer'>,
): Promise<Service> {
  const service: Service = { ...wanted, state: 'draft', createdAt: clock.now() }
  if (!(await rows.insertService(tx, service))) {
    throw new CallerError(serviceExists, `There is already a service ${service.id}.`)
  }
  const { tenant, id, title, developer } = service
  await appendEvents(tx, doorbells, [
    { type: 'service.created', subject: id, tenant, household: null, data: { service: id, title, developer } },
  ])
  return service
}

/**
 * Adds a prepared version in state `candidate`, or `draft` when its developer wants to wait. Adding the same content again
 * changes nothing.
 * @throws CallerError `not-found`, `version-exists`, `too-many-versions`, `blobs-missing`
 */
export async function addVersion(
  deps: ChangeDeps,
  tx: Tx,
  prepared: PreparedVersion,
  state: 'draft' | 'candidate',
): Promise<{ readonly version: VersionDefinition; readonly created: boolean }> {
  const { rows, doorbells, clock } = deps
  const { tenant, service } = prepared
  await lockedService(rows, tx, tenant, service)
  const existing = await rows.version(tx, tenant, service, prepared.version)
  if (existing !== null) {
    if (sameContent(existing, prepared)) return { version: existing, created: false }
    throw new CallerError(versionExists, `${service} ${prepared.version} is already published with other content.`)
  }
  const others = await rows.summaries(tx, tenant, service)
  if (others.length >= versionsPerService) {
    throw new CallerError(tooManyVersions, `${service} has ${others.length} versions.`)
  }
  const version: VersionDefinition = { ...prepared, state, createdAt: clock.now(), releasedAt: null }
  await rows.insertVersion(tx, version)
  await requireKept(deps, tx, prepared)
  await rows.setServiceState(tx, tenant, service, serviceState([...others.map((other) => other.state), state]))
  await appendEvents(tx, doorbells, [event(version, state)])
  return { version, created: true }
}

/** The lists were stored before this transaction: one that took longer to get here than unneeded files are kept may come too late. */
async function requireKept({ blobs }: ChangeDeps, tx: Tx, prepared: PreparedVersion): Promise<void> {
  const { service, version, components } = prepared
  if (
    await blobs.areKept(
      tx,
      components.map(({ manifest }) => manifest.digest),
    )
  )
    return
  throw new CallerError(blobsMissing, `Files of ${service} ${version} were removed while it was being published.`)
}

/**
 * Moves a version on in its lifecycle. Moving it where it is changes nothing. `check` sees the version as it is, locked, and
 * may refuse by throwing.
 * @throws CallerError `not-found`, `state-not-allowed`
 */
export async function setState(
  deps: ChangeDeps,
  tx: Tx,
  tenant: string,
  service: string,
  version: string,
  state: LifecycleState,
  check: (before: VersionDefinition) => void = () => {},
): Promise<VersionDefinition> {
  const { rows, doorbells, clock } = deps
  await lockedService(rows, tx, tenant, service)
  const current = await rows.version(tx, tenant, service, version)
  if (current === null) throw noSuchVersion(service, version)
  check(current)
  if (current.state === state) return current
  const refusal = transitionRefusal(current.state, state)
  if (refusal !== null) {
    throw new CallerError(stateNotAllowed, `${service} ${version} cannot become ${state}: ${refusal}.`)
  }
  const releasedAt = current.releasedAt ?? (state === 'released' ? clock.now() : null)
  // Only once: a retired version stays retired.
  const retiredAt = state === 'retired' ? clock.now() : null
  await rows.setVersionState(tx, current, state, { releasedAt, retiredAt })
  const states = (await rows.summaries(tx, tenant, service)).map((summary) => summary.state)
  await rows.setServiceState(tx, tenant, service, serviceState(states))
  const changed = { ...current, state, releasedAt }
  await appendEvents(tx, doorbells, [event(changed, state)])
  return changed
}

async function lockedService(rows: DefinitionStorage, tx: Tx, tenant: string, id: string): Promise<Service> {
  const service = await rows.lockService(tx, tenant, id)
  if (service === null) throw noSuchService(id)
  return service
}

function event({ tenant, service, version }: VersionDefinition, state: LifecycleState): LifecycleEvent {
  const data = { service, version, state }
  return { type: eventOf[state], subject: `${service}@${version}`, tenant, household: null, data }
}

export function noSuchService(id: string): CallerError {
  return new CallerError(notFound, `There is no service ${id}.`)
}

export function noSuchVersion(service: string, version: string): CallerError {
  return new CallerError(notFound, `There is no version ${version} of ${service}.`)
}
