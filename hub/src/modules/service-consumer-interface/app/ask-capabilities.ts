import type { Decision } from '../../../platform/access.ts'
import { restOn } from '../../../platform/database.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import { audited, type Queued } from './device-tasks.ts'
import type { NewOutput } from './storage.ts'

export interface AskedDevice {
  readonly id: string
  readonly tenant: string
}

/** Queues the question for each device; one that is asked twice answers twice, and the second answer says nothing new. */
export async function askCapabilities(
  { database, storage, clock }: Pick<ConsumerDependencies, 'database' | 'storage' | 'clock'>,
  queued: Queued,
  devices: readonly AskedDevice[],
  decision: Decision,
): Promise<void> {
  const outputs = devices.map(({ id, tenant }): NewOutput => {
    return { device: id, tenant, output: { kind: 'query-capabilities' } }
  })
  await database.transaction(async (tx) => {
    restOn(tx, decision)
    await storage.add(tx, outputs, new Date(clock.now()))
    tx.audit.events.push(...outputs.map(audited))
    tx.afterCommit(() => queued(devices.map(({ id }) => id)))
  })
}
