import { redact } from '@sutler/device-model'
import type { Principal } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Adoption } from '../../order-processing/index.ts'
import type { ServiceDefinitions } from '../../service-definitions/index.ts'
import { noFailingDevice } from '../errors.ts'
import type { DeviceLogs, LogRequest, LogRequests } from './log-storage.ts'

export interface LogDeps {
  readonly database: Database
  readonly clock: Clock
  readonly definitions: Pick<ServiceDefinitions, 'ownVersion'>
  readonly adoption: Adoption
  readonly requests: LogRequests
  readonly logs: DeviceLogs
}

export interface VersionLog extends LogRequest {
  readonly state: 'asked' | 'received' | 'refused'
  readonly receivedAt: Date | null
  /** Without secrets and personal data; null before it came. */
  readonly text: string | null
  /** Places that were taken out. */
  readonly redacted: number
}

export interface Wanted {
  /** Absent: those on which the version failed last. */
  readonly devices?: readonly string[] | undefined
  /** Of each log, the newest. */
  readonly bytes: number
}

/** Devices that are asked at once. */
export const askedAtOnce = 20

/**
 * Asks devices on which a version failed for their logs. A device that cannot be asked is written down with the reason.
 * @throws CallerError `not-found`, `forbidden`, `no-failing-device`
 */
export async function askVersionLogs(
  deps: LogDeps,
  principal: Principal,
  service: string,
  version: string,
  { devices, bytes }: Wanted,
): Promise<VersionLog[]> {
  const { it: found } = await deps.definitions.ownVersion(principal, service, version, 'version-log.write')
  const { tenant } = found
  const failed = await deps.adoption.failedDevices(tenant, service, version, devices ?? null, askedAtOnce)
  if (failed.length === 0) {
    const which = devices === undefined ? 'any device' : 'any of these devices'
    throw new CallerError(noFailingDevice, `${service} ${version} is not what failed last on ${which}.`)
  }
  const requests: LogRequest[] = []
  for (const { device, component, detail } of failed) {
    const now = deps.clock.now()
    const about = { tenant, service, version, device, component, why: redact(detail).text }
    requests.push({
      id: newId('vlg', now),
      ...about,
      ...(await ask(deps, device, bytes)),
      askedBy: { id: principal.id, name: principal.name },
      askedAt: new Date(now),
    })
  }
  await deps.database.transaction((tx) => deps.requests.insert(tx, requests))
  return requests.toReversed().map((request) => logOf(request, undefined))
}

async function ask({ logs }: LogDeps, device: string, bytes: number): Promise<Pick<LogRequest, 'request' | 'refused'>> {
  try {
    return { request: await logs.ask(device, bytes), refused: '' }
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    return { request: null, refused: error.message }
  }
}

/** Newest first. @throws CallerError `not-found`, `forbidden` */
export async function versionLogs(
  { definitions, requests, logs }: LogDeps,
  principal: Principal,
  service: string,
  version: string,
  after: string | undefined,
  limit: number,
): Promise<VersionLog[]> {
  const { tenant } = (await definitions.ownVersion(principal, service, version, 'version-log.read')).it
  const page = await requests.page(tenant, service, version, after, limit)
  const asked = page.flatMap(({ device, request }) => (request === null ? [] : [{ device, request }]))
  const received = await logs.received(asked)
  return page.map((request) => logOf(request, received.get(request.request ?? '')))
}

function logOf(
  request: LogRequest,
  came: { readonly receivedAt: Date; readonly text: string } | undefined,
): VersionLog {
  if (request.refused !== '') return { ...request, state: 'refused', receivedAt: null, text: null, redacted: 0 }
  if (came === undefined) return { ...request, state: 'asked', receivedAt: null, text: null, redacted: 0 }
  return { ...request, state: 'received', receivedAt: came.receivedAt, ...redact(came.text) }
}
