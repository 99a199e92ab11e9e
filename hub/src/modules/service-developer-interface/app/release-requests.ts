import type { Access, Decision, Principal } from '../../../platform/access.ts'
import { notFound } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import { appendEvents } from '../../../platform/events.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Channel, ReleaseRule, ServiceDefinitions } from '../../service-definitions/index.ts'
import { requestSettled, requestWaiting, secondDecider } from '../errors.ts'
import type { ReleaseRequest, ReleaseRequests, RequestPage } from './release-storage.ts'

export interface ReleaseDeps {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly definitions: ServiceDefinitions
  readonly requests: ReleaseRequests
}

type Done = (tx: Tx, request: ReleaseRequest) => Promise<void>
export type Answer = 'approved' | 'refused' | 'withdrawn'

/** The rule of the principal's tenant. @throws CallerError `forbidden` */
export async function readRule({ access, definitions }: ReleaseDeps, principal: Principal): Promise<ReleaseRule> {
  access.authorise(principal, 'release-rule.read')
  return definitions.releaseRule(principal.tenant)
}

/** @throws CallerError `forbidden` */
export async function setRule(deps: ReleaseDeps, principal: Principal, secondPerson: boolean): Promise<ReleaseRule> {
  const { access, database, doorbells, definitions } = deps
  access.authorise(principal, 'release-rule.write')
  const { tenant, id } = principal
  await database.transaction(async (tx) => {
    await definitions.setReleaseRule(tx, tenant, secondPerson, id)
    const data = { secondPerson, by: id }
    await appendEvents(tx, doorbells, [
      { type: 'release-rule.changed', subject: tenant, tenant, household: null, data },
    ])
  })
  return definitions.releaseRule(tenant)
}

/**
 * Asks for the release of a version to a channel, or for its promotion where it is released already.
 * @throws CallerError `not-found`, `forbidden`, `not-signed`, `release-request-waiting`
 */
export async function requestRelease(
  deps: ReleaseDeps,
  principal: Principal,
  wanted: { readonly service: string; readonly version: string; readonly channel: Channel; readonly note: string },
  done: Done,
): Promise<ReleaseRequest> {
  const { service, version } = wanted
  const { tenant, developer } = await deps.definitions.publishableService(principal, service)
  await deps.definitions.checkSigned(tenant, service, version)
  const now = deps.clock.now()
  const request: ReleaseRequest = {
    id: newId('rel', now),
    tenant,
    developer,
    ...wanted,
    state: 'waiting',
    askedBy: { id: principal.id, name: principal.name },
    askedAt: new Date(now),
    decidedBy: null,
    decidedAt: null,
    reason: '',
  }
  return deps.database.transaction(async (tx) => {
    if (!(await deps.requests.insert(tx, request)))
      throw new CallerError(requestWaiting, `The release of ${service} ${version} was asked for already.`)
    await appendEvents(tx, deps.doorbells, [eventOf('release-request.created', request)])
    await done(tx, request)
    return request
  })
}

/**
 * Answers a request. An approval releases or promotes the version in the same transaction.
 * @throws CallerError `not-found`, `forbidden`, `not-a-second-person`, `release-request-settled`, and what a release throws
 */
export async function answerRequest(
  deps: ReleaseDeps,
  principal: Principal,
  id: string,
  state: Answer,
  reason: string,
  done: Done,
): Promise<ReleaseRequest> {
  const { database, definitions, requests, doorbells, clock } = deps
  const known = await requestFor(deps, principal, id, 'release-request.write')
  const { tenant, service, version } = known.request
  if (state === 'approved') await definitions.checkSigned(tenant, service, version)
  const found = await definitions.version(tenant, service, version)
  return database.transaction(async (tx) => {
    const request = await requests.lock(tx, id)
    if (request === null || request.state !== 'waiting')
      throw new CallerError(requestSettled, `The request ${id} is ${request?.state ?? 'gone'}.`)
    requireDecider(principal, request, state, found?.publishedBy ?? '')
    if (state === 'approved') await carryOut(deps, tx, principal, request, found?.state === 'released')
    const decidedBy = { id: principal.id, name: principal.name }
    const answered = { ...request, state, reason, decidedBy, decidedAt: new Date(clock.now()) }
    await requests.settle(tx, answered)
    await appendEvents(tx, doorbells, [eventOf(`release-request.${state}`, answered)])
    await done(tx, answered)
    return answered
  })
}

/** @throws CallerError `forbidden` */
export function listRequests(deps: ReleaseDeps, principal: Principal, page: RequestPage): Promise<ReleaseRequest[]> {
  return deps.requests.page(deps.access.scope(principal, 'release-request.read'), page)
}

/** @throws CallerError `not-found`, `forbidden` */
export async function requestFor(
  { access, requests }: Pick<ReleaseDeps, 'access' | 'requests'>,
  principal: Principal,
  id: string,
  action: 'release-request.read' | 'release-request.write',
): Promise<{ request: ReleaseRequest; decision: Decision }> {
  const request = await requests.find(id)
  if (request === null) throw new CallerError(notFound, `There is no request ${id} for a release.`)
  const decision = access.authorise(principal, action, { tenant: request.tenant, owner: request.developer })
  return { request, decision }
}

/** Whether a waiting request could be approved by this principal. */
export function mayDecide(principal: Principal, request: ReleaseRequest, publishedBy: string): boolean {
  return request.state === 'waiting' && principal.id !== request.askedBy.id && principal.id !== publishedBy
}

function requireDecider(principal: Principal, request: ReleaseRequest, state: Answer, publishedBy: string): void {
  const own = principal.id === request.askedBy.id
  if (state === 'withdrawn' ? own : mayDecide(principal, request, publishedBy)) return
  const why =
    state === 'withdrawn'
      ? 'only who asked takes the question back; refuse it instead'
      : own
        ? 'who asks does not answer'
        : 'who published a version does not decide on its release'
  throw new CallerError(secondDecider, `${principal.name} cannot have ${request.id} ${state}: ${why}.`)
}

async function carryOut(
  { definitions }: ReleaseDeps,
  tx: Tx,
  { id: by }: Principal,
  { tenant, service, version, channel }: ReleaseRequest,
  released: boolean,
): Promise<void> {
  if (released) await definitions.promote(tx, tenant, service, version, channel, by)
  else await definitions.setState(tx, tenant, service, version, { state: 'released', channel, by })
}

function eventOf(
  type: string,
  { id, tenant, service, version, channel, state, askedBy, decidedBy, reason }: ReleaseRequest,
) {
  const data = { service, version, channel, state, askedBy: askedBy.id, decidedBy: decidedBy?.id ?? null, reason }
  return { type, subject: id, tenant, household: null, data }
}
