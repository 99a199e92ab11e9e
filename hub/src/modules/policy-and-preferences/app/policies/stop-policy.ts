import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import type { PolicyVersion } from './storage.ts'

/** Takes a policy out of force: nothing sets it off any more, what is due and gone through ends, and its holds with it. */
export async function takeOutOfForce(
  deps: Pick<PoliciesDependencies, 'storage' | 'orders' | 'entities'>,
  tx: Tx,
  { policy, version, tenant }: Pick<PolicyVersion, 'policy' | 'version' | 'tenant'>,
  detail: string,
): Promise<void> {
  const { policies, work } = deps.storage
  await policies.setState(tx.sql, policy, version, 'off', detail)
  await work.setDue(tx.sql, policy, [])
  await work.endRuns(tx.sql, policy)
  await work.endHolds(tx.sql, policy)
  await deps.entities.groups.release(tx, { kind: 'policy', id: policy })
  // What it held back is asked about again.
  await deps.orders.reconsider(tx, { tenant })
}

/** Switches a policy off by itself, and says why. */
export async function stopPolicy(
  deps: PoliciesDependencies,
  tx: Tx,
  active: Pick<PolicyVersion, 'policy' | 'version' | 'tenant'>,
  cause: 'loop' | 'total',
  detail: string,
): Promise<void> {
  const policy = await deps.storage.policies.lock(tx.sql, active.policy)
  if (policy?.active !== active.version) return
  await takeOutOfForce(deps, tx, active, detail)
  await deps.storage.policies.update(tx.sql, { ...policy, active: null })
  const data = { name: policy.name, version: active.version, cause, detail }
  const event = { type: 'policy.stopped', subject: policy.id, tenant: active.tenant, household: null, data }
  await appendEvents(tx, deps.doorbells, [event])
}
