import type { Output } from '@sutler/device-model'
import { CallerError, errorCode } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Device } from '../../entity-management/index.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import { audited, type Queued } from './device-tasks.ts'
import type { OutputRow } from './storage.ts'

export const deviceCannot = errorCode(
  'device-cannot',
  422,
  'The device cannot be asked for that',
  'The detail says why its protocol, or the device, has no way to do it. Another kind of request may serve.',
)

export const deviceOutOfService = errorCode(
  'device-out-of-service',
  409,
  'The device is out of service',
  'A quarantined device is asked again after its release; a decommissioned one never is.',
)

/** What a person can ask of one device beside deliveries. */
export type Asking = Extract<Output, { kind: 'query-capabilities' | 'configure' | 'restart' | 'message' }> | LogAsking
export interface LogAsking {
  readonly kind: 'collect-log'
  readonly bytes: number
  /** ISO 8601: no older lines. */
  readonly since?: string | undefined
  /** By which the log is known when it comes; one is made where there is none. */
  readonly request?: string
}

/**
 * Queues a request for one device: at once if it can be reached, else when it is back. In the transaction that holds the
 * caller's decision.
 * @returns the output, as the queue has it
 * @throws CallerError `device-cannot`, `device-out-of-service`
 */
export async function askDevice(
  deps: Pick<ConsumerDependencies, 'database' | 'storage' | 'clock' | 'protocols'>,
  queued: Queued,
  device: Device,
  asking: Asking,
): Promise<OutputRow> {
  if (device.state !== 'active') throw new CallerError(deviceOutOfService, `${device.id} is ${device.state}.`)
  const output = outputOf(asking, deps.clock.now())
  const protocol = deps.protocols.find(({ name }) => name === device.protocol)
  const reason =
    protocol === undefined
      ? `this hub does not speak ${device.protocol}: SUTLER_PROTOCOLS does not name it`
      : protocol.limits(output, device.capabilities)
  if (reason !== null) throw new CallerError(deviceCannot, `${device.id}: ${reason.replace(/\.$/, '')}.`)
  const now = new Date(deps.clock.now())
  const row = { tenant: device.tenant, device: device.id, output }
  return deps.database.transaction(async (tx) => {
    await deps.storage.add(tx, [row], now)
    tx.audit.events.push(audited(row))
    tx.afterCommit(() => queued([device.id]))
    return (await deps.storage.newest(tx.sql, device.id))!
  })
}

function outputOf(asking: Asking, now: number): Output {
  if (asking.kind !== 'collect-log') return asking
  const { kind, bytes, since, request = newId('log', now) } = asking
  return { kind, request, bytes, ...(since !== undefined && { since: Date.parse(since) }) }
}
