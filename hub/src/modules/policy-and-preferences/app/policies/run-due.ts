import type { Tx } from '../../../../platform/database.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { dueByZone, nextDue, writtenAs } from '../../domain/policies/schedule.ts'
import { triggerOf } from '../../domain/policies/trigger.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { recordFirings } from './record-firings.ts'
import type { ActivePolicy, Cause, Due, PolicyVersion } from './storage.ts'

/**
 * Does what is due: a firing, or a run through households, devices or subscriptions, and the next time, in one transaction. What
 * came due while no hub ran is done once, however often it would have been.
 * @returns whether there may be more at once
 */
export async function runDue(deps: PoliciesDependencies): Promise<boolean> {
  const { database, storage, clock, log } = deps
  let taken: Due | undefined
  const turn = database.transaction(async (tx) => {
    ;[taken] = await storage.work.takeDue(tx.sql, new Date(clock.now()), 1)
    if (taken === undefined) return false
    const policy = await goOn(deps, tx, taken)
    if (policy !== null) await begin(deps, tx, policy, taken)
    tx.afterCommit(() => deps.doorbells.ring('policies'))
    return true
  })
  return await turn.catch(async (error: unknown) => {
    const due = taken
    if (due === undefined || error instanceof OutsideError) throw error
    log.error(
      { err: error, policy: due.policy, due: due.dueAt },
      'what was due of a policy could not be begun and is left out',
    )
    await database.transaction((tx) => goOn(deps, tx, due))
    return true
  })
}

/** What was due is due no more, and the next time is. @returns the policy, when it is in force */
async function goOn({ storage, clock }: PoliciesDependencies, tx: Tx, due: Due): Promise<ActivePolicy | null> {
  await storage.work.removeDue(tx.sql, due.policy, due.dueAt)
  const policy = await storage.policies.activeVersion(tx.sql, due.policy, due.version)
  if (policy !== null) await storage.work.addDue(tx.sql, nextOf(policy, due.zones, clock.now()))
  return policy
}

async function begin(deps: PoliciesDependencies, tx: Tx, policy: ActivePolicy, { dueAt, zones }: Due): Promise<void> {
  const trigger = triggerOf(policy.document)
  const at = dueAt.toISOString()
  const schedule = { due: at }
  const what =
    trigger.kind === 'schedule' ? `${writtenAs(trigger.at)} ${trigger.timeZone}` : policy.document.when.localTime!
  const cause: Cause = { kind: trigger.kind === 'schedule' ? 'schedule' : 'localTime', id: at, what }
  if (policy.document.when.each === undefined && trigger.kind === 'schedule') {
    const variables = { schedule, now: new Date(deps.clock.now()) }
    await recordFirings(deps, tx, [{ policy, cause, subject: policy.policy, household: null, variables, depth: 0 }])
    return
  }
  await deps.storage.work.addRuns(tx.sql, [
    {
      id: newId('run', deps.clock.now()),
      tenant: policy.tenant,
      policy: policy.policy,
      version: policy.version,
      cause,
      given: { schedule },
      zones,
      depth: 0,
      position: '',
      createdAt: new Date(deps.clock.now()),
    },
  ])
}

/** When a policy is due next. @param zones of what was due, or where the tenant's devices are */
export function nextOf(
  { policy, version, tenant, document }: Pick<PolicyVersion, 'policy' | 'version' | 'tenant' | 'document'>,
  zones: readonly string[] | null,
  after: number,
): Due[] {
  const trigger = triggerOf(document)
  const own = { policy, version, tenant }
  if (trigger.kind === 'schedule') {
    const at = nextDue(trigger.at, trigger.timeZone, after)
    return at === null ? [] : [{ ...own, dueAt: new Date(at), zones: null }]
  }
  if (trigger.kind !== 'localTime' || zones === null) return []
  return [...dueByZone(trigger.time, trigger.days, zones, after)].map(([at, together]) => ({
    ...own,
    dueAt: new Date(at),
    zones: together,
  }))
}

/** Devices may have come to time zones in which nothing was due so far. */
export async function refreshDue({ database, storage, entities, clock }: PoliciesDependencies): Promise<void> {
  for (const policy of await storage.policies.active(database.sql, 'localTime', null)) {
    const zones = await entities.timeZonesInUse(policy.tenant)
    await storage.work.addDue(database.sql, nextOf(policy, zones, clock.now()))
  }
}
