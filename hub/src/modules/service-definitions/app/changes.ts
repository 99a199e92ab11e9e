import { CallerError } from '../../../platform/errors.ts'
import { notFound } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import { appendEvents, type LifecycleEvent } from '../../../platform/events.ts'
import { promotionRefusal, type Channel } from '../domain/channels.ts'
import { sameContent, type Service, type VersionDefinition } from '../domain/definition.ts'
import { serviceState, transitionRefusal, type LifecycleState } from '../domain/lifecycle.ts'
import {
  blobsMissing,
  serviceExists,
  stateNotAllowed,
  tooManyVersions,
  versionExists,
  channelNotAllowed,
  secondPersonNeeded,
} from './errors.ts'
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

export type ServiceDetails = Pick<Service, 'title' | 'categories' | 'parental'>
export type NewService = Pick<Service, 'tenant' | 'id' | 'developer'> & ServiceDetails

/** @throws CallerError `service-exists` */
export async function createService(
  { rows, doorbells, clock }: ChangeDeps,
  tx: Tx,
  wanted: NewService,
): Promise<Service> {
  const categories = sortedCategories(wanted.categories)
  const service: Service = { ...wanted, categories, state: 'draft', createdAt: clock.now() }
  if (!(await rows.insertService(tx, service))) {
    throw new CallerError(serviceExists, `There is already a service ${service.id}.`)
  }
  await appendEvents(tx, doorbells, [serviceEvent('service.created', service)])
  return service
}

/** Changes what is said of a service as a whole. Saying what it says already changes nothing. @throws CallerError `not-found` */
export async function describeService(
  { rows, doorbells }: ChangeDeps,
  tx: Tx,
  tenant: string,
  id: string,
  details: Partial<ServiceDetails>,
): Promise<Service> {
  const before = await lockedService(rows, tx, tenant, id)
  const after: Service = {
    ...before,
    title: details.title ?? before.title,
    categories: sortedCategories(details.categories ?? before.categories),
    parental: details.parental ?? before.parental,
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return before
  await rows.setServiceDetails(tx, after)
  await appendEvents(tx, doorbells, [serviceEvent('service.changed', after)])
  return after
}

function sortedCategories(categories: readonly string[]): string[] {
  return [...new Set(categories)].sort()
}

function serviceEvent(type: string, { tenant, id, title, developer, categories, parental }: Service): LifecycleEvent {
  const data = { service: id, title, developer, categories, parental }
  return { type, subject: id, tenant, household: null, owners: [developer], data }
}

/**
 * Adds a prepared version in state `candidate`, or `draft` when its developer wants to wait. Adding the same content again
 * changes nothing.
 * @param by principal id of who publishes it
 * @throws CallerError `not-found`, `version-exists`, `too-many-versions`, `blobs-missing`
 */
export async function addVersion(
  deps: ChangeDeps,
  tx: Tx,
  prepared: PreparedVersion,
  state: 'draft' | 'candidate',
  by: string,
): Promise<{ readonly version: VersionDefinition; readonly created: boolean }> {
  const { rows, doorbells, clock } = deps
  const { tenant, service } = prepared
  const { developer } = await lockedService(rows, tx, tenant, service)
  const existing = await rows.version(tx, tenant, service, prepared.version)
  if (existing !== null) {
    if (sameContent(existing, prepared)) return { version: existing, created: false }
    throw new CallerError(versionExists, `${service} ${prepared.version} is already published with other content.`)
  }
  const others = await rows.summaries(tx, tenant, service)
  if (others.length >= versionsPerService) {
    throw new CallerError(tooManyVersions, `${service} has ${others.length} versions.`)
  }
  const times = { createdAt: clock.now(), releasedAt: null }
  const version: VersionDefinition = { ...prepared, state, channel: null, publishedBy: by, ...times }
  await rows.insertVersion(tx, version)
  await requireKept(deps, tx, prepared)
  await rows.setServiceState(tx, tenant, service, serviceState([...others.map((other) => other.state), state]))
  await appendEvents(tx, doorbells, [event(version, state, developer)])
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

/** How a version's state is changed. */
export interface StateChange {
  readonly state: LifecycleState
  /** Principal id of who does it. */
  readonly by: string
  /** To which channel it is released, where it never was; `stable` when absent. */
  readonly channel?: Channel
  /** Sees the version as it is, locked, and may refuse by throwing. */
  readonly check?: (before: VersionDefinition) => void
}

/**
 * Moves a version on in its lifecycle. Moving it where it is changes nothing.
 * @throws CallerError `not-found`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed`
 */
export async function setState(
  deps: ChangeDeps,
  tx: Tx,
  tenant: string,
  service: string,
  version: string,
  { state, by, channel: wanted, check }: StateChange,
): Promise<VersionDefinition> {
  const { rows, doorbells, clock } = deps
  const { current, developer } = await lockedVersion(rows, tx, tenant, service, version)
  check?.(current)
  const channel = current.channel ?? (state === 'released' ? (wanted ?? 'stable') : null)
  if (state === 'released' && wanted !== undefined && channel !== wanted)
    throw new CallerError(
      channelNotAllowed,
      `${service} ${version} cannot be released to ${wanted}: it was released to ${channel}.`,
    )
  if (current.state === state) return current
  const refusal = transitionRefusal(current.state, state)
  if (refusal !== null) {
    throw new CallerError(stateNotAllowed, `${service} ${version} cannot become ${state}: ${refusal}.`)
  }
  if (state === 'released') await requireSecondPerson(rows, tx, current, by)
  const releasedAt = current.releasedAt ?? (state === 'released' ? clock.now() : null)
  // Only once: a retired version stays retired.
  const retiredAt = state === 'retired' ? clock.now() : null
  await rows.setVersionState(tx, current, state, { releasedAt, retiredAt }, channel)
  await settleService(rows, tx, current)
  const changed = { ...current, state, channel, releasedAt }
  await appendEvents(tx, doorbells, [event(changed, state, developer)])
  return changed
}

/**
 * Offers a released version to a steadier channel as well. Promoting it to where it is changes nothing.
 * @throws CallerError `not-found`, `state-not-allowed`, `channel-not-allowed`, `second-person-needed`
 */
export async function promoteVersion(
  { rows, doorbells }: ChangeDeps,
  tx: Tx,
  tenant: string,
  service: string,
  version: string,
  channel: Channel,
  by: string,
): Promise<VersionDefinition> {
  const { current, developer } = await lockedVersion(rows, tx, tenant, service, version)
  const { state, channel: from, releasedAt } = current
  if (state !== 'released' || from === null)
    throw new CallerError(stateNotAllowed, `${service} ${version} cannot be promoted: it is ${state}.`)
  if (from === channel) return current
  const refusal = promotionRefusal(from, channel)
  if (refusal !== null)
    throw new CallerError(channelNotAllowed, `${service} ${version} cannot be promoted to ${channel}: ${refusal}.`)
  await requireSecondPerson(rows, tx, current, by)
  await rows.setVersionState(tx, current, state, { releasedAt, retiredAt: null }, channel)
  await settleService(rows, tx, current)
  const data = { service, version, state, channel, from }
  await appendEvents(tx, doorbells, [
    {
      type: 'version.promoted',
      subject: `${service}@${version}`,
      tenant,
      household: null,
      owners: [developer],
      data,
    },
  ])
  return { ...current, channel }
}

/** Where the tenant wants that: what reaches more people is let go by somebody else than who made it. */
async function requireSecondPerson(
  rows: Pick<DefinitionStorage, 'releaseRule'>,
  tx: Tx,
  { tenant, service, version, publishedBy }: VersionDefinition,
  by: string,
): Promise<void> {
  if (publishedBy !== by || !(await rows.releaseRule(tx, tenant)).secondPerson) return
  const detail = `${service} ${version} was published by the same person; a version is released by another one here.`
  throw new CallerError(secondPersonNeeded, detail)
}

/** A service's own state follows from its versions'. */
async function settleService(rows: DefinitionStorage, tx: Tx, { tenant, service }: VersionDefinition): Promise<void> {
  const states = (await rows.summaries(tx, tenant, service)).map((summary) => summary.state)
  await rows.setServiceState(tx, tenant, service, serviceState(states))
}

async function lockedVersion(
  rows: DefinitionStorage,
  tx: Tx,
  tenant: string,
  service: string,
  version: string,
): Promise<{ readonly current: VersionDefinition; readonly developer: string }> {
  const { developer } = await lockedService(rows, tx, tenant, service)
  const current = await rows.version(tx, tenant, service, version)
  if (current === null) throw noSuchVersion(service, version)
  return { current, developer }
}

async function lockedService(rows: DefinitionStorage, tx: Tx, tenant: string, id: string): Promise<Service> {
  const service = await rows.lockService(tx, tenant, id)
  if (service === null) throw noSuchService(id)
  return service
}

function event(
  { tenant, service, version, channel }: VersionDefinition,
  state: LifecycleState,
  developer: string,
): LifecycleEvent {
  const data = { service, version, state, channel }
  const subject = `${service}@${version}`
  return { type: eventOf[state], subject, tenant, household: null, owners: [developer], data }
}

export function noSuchService(id: string): CallerError {
  return new CallerError(notFound, `There is no service ${id}.`)
}

export function noSuchVersion(service: string, version: string): CallerError {
  return new CallerError(notFound, `There is no version ${version} of ${service}.`)
}
