import { randomBytes } from 'node:crypto'
import type { Decision } from '../../../../platform/access.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import { restOn } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { repeat } from '../../../../platform/repeat.ts'
import type { DeviceOperation, OperationException, Progress } from '../../domain/operations/operation.ts'
import { batchOf, mostOf, mostTries, pauseAfter, pauseAfterFailure } from '../../domain/operations/pace.ts'
import type { OperationDependencies } from './dependencies.ts'
import { kindOf, type Refusal } from './kinds.ts'
import { endOperation } from './operations.ts'

const pollEvery: Milliseconds = 500
/** Longer than a batch takes: a hub that has gone leaves its operation to another after so long. */
const leaseFor: Milliseconds = 30_000
const pruneEvery: Milliseconds = 60_000

/**
 * Carries out device operations, a batch at a time, each operation at one hub at a time. A batch is done, then noted: what a hub
 * has done and not noted when it is killed is done again by the next, which changes nothing more.
 */
export class OperationWorker {
  readonly #deps: OperationDependencies
  readonly #hub = randomBytes(9).toString('base64url')
  #leases = 0
  #stopping = false
  #working: Promise<void> | null = null
  #stops: (() => void)[] = []

  constructor(deps: OperationDependencies) {
    this.#deps = deps
  }

  start(): void {
    const { clock, log, operations, database, operationRetention } = this.#deps
    const prune = () => operations.prune(database.sql, clock.now() - operationRetention)
    this.#stops = [
      repeat({ clock, log, every: pollEvery, what: 'carry out device operations', work: () => this.#turn() }),
      repeat({ clock, log, every: pruneEvery, what: 'forget old device operations', work: prune }),
    ]
  }

  /** Ends after the batch under way; another hub goes on. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const stop of this.#stops) stop()
    // What went wrong is told by whoever repeats it.
    await this.#working?.catch(() => {})
  }

  #turn(): Promise<void> {
    this.#working = this.#carryOutDue().finally(() => (this.#working = null))
    return this.#working
  }

  async #carryOutDue(): Promise<void> {
    const { clock, database, operations } = this.#deps
    while (!this.#stopping) {
      const now = clock.now()
      const lease = `${this.#hub}#${++this.#leases}`
      const leased = await operations.lease(database.sql, { lease, now, until: now + leaseFor })
      if (leased === null) return
      await this.#advance(leased, lease).catch((error: unknown) => this.#putOff(leased, lease, error))
    }
  }

  async #advance(operation: DeviceOperation, lease: string): Promise<void> {
    const { clock, entities } = this.#deps
    const { tenant, selection, cursor, perMinute, until, planned, done, skipped, failed } = operation
    const began = clock.now()
    if (began > until)
      return await this.#end(operation, lease, 'failed', 'It did not end in time; preview the rest again.')
    const size = batchOf(perMinute)
    const ids = await entities.pageSelected(tenant, selection, cursor === '' ? undefined : cursor, size)
    if (done + skipped + failed + ids.length > mostOf(planned))
      return await this.#end(
        operation,
        lease,
        'failed',
        'Far more devices are selected than at its start; preview it again.',
      )
    if (ids.length > 0) {
      const progress = await this.#doTo(operation, ids)
      if (!(await this.#note(operation, lease, progress, began + pauseAfter(ids.length, perMinute)))) return
    }
    if (ids.length < size) await this.#end(operation, lease, 'done', '')
  }

  async #doTo(operation: DeviceOperation, ids: readonly string[]): Promise<Progress> {
    const { entities } = this.#deps
    const { operation: wish } = operation
    const kind = kindOf(this.#deps, wish)
    const devices = await entities.devices(ids)
    const refusals = new Map(devices.map((device) => [device.id, kind.refusal(device)]))
    const willing = devices.filter(({ id }) => refusals.get(id) === null)
    const failures =
      willing.length === 0
        ? new Map<string, Refusal>()
        : await kind.carryOut(willing, wish, this.#decided(operation, kind.action))
    const exceptions = devices.flatMap(({ id }): OperationException[] => {
      const [refused, failed] = [refusals.get(id), failures.get(id)]
      if (refused) return [{ device: id, outcome: 'skipped', ...refused }]
      return failed ? [{ device: id, outcome: 'failed', ...failed }] : []
    })
    return { cursor: ids.at(-1)!, done: devices.length - exceptions.length, exceptions }
  }

  async #note({ id }: DeviceOperation, lease: string, progress: Progress, nextAt: number): Promise<boolean> {
    const { clock, database, operations, log } = this.#deps
    const noted = await database.transaction((tx) =>
      operations.note(tx, id, lease, progress, { now: clock.now(), nextAt }),
    )
    if (noted === null) log.warn({ operation: id }, 'another hub has taken over a device operation')
    return noted?.state === 'running'
  }

  async #end(operation: DeviceOperation, lease: string, state: 'done' | 'failed', why: string): Promise<void> {
    const decision = this.#decided(operation, 'device-operation.write')
    await this.#deps.database.transaction(async (tx) => {
      restOn(tx, decision)
      await endOperation(this.#deps, tx, operation.id, { state, why, lease })
    })
  }

  /** A selection that cannot be is given up; everything else is tried again, and given up after some tries. */
  async #putOff(operation: DeviceOperation, lease: string, error: unknown): Promise<void> {
    const { clock, database, operations, log } = this.#deps
    const { id, tries } = operation
    if (error instanceof CallerError) return await this.#end(operation, lease, 'failed', error.message)
    log.warn({ err: error, operation: id, tries }, 'a batch of a device operation could not be done')
    if (tries + 1 >= mostTries)
      return await this.#end(
        operation,
        lease,
        'failed',
        `The same devices could not be done ${mostTries} times in a row.`,
      )
    await operations.putOff(database.sql, id, lease, clock.now() + pauseAfterFailure(tries + 1))
  }

  /** It acts by itself, on what the person decided who started it. */
  #decided({ id, tenant, operation, startedBy, decision }: DeviceOperation, action: `${string}.${string}`): Decision {
    return this.#deps.access.judged({
      tenant,
      actor: { kind: 'system', id: `device-operation:${id}`, name: operation.kind },
      action,
      object: { operation: id },
      verdict: 'allowed',
      reason: `${operation.kind} over many devices, started by ${startedBy} (decision ${decision})`,
    })
  }
}
