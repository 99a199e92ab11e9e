import type { z } from 'zod'
import { notFound, type Decision, type Principal } from '../../../../platform/access.ts'
import type { Sql, Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { activationRequest } from '../../contract-policies.ts'
import { everyone } from '../../domain/policies/breadth.ts'
import { loopText, loopThrough } from '../../domain/policies/loops.ts'
import { triggerOf } from '../../domain/policies/trigger.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { policyForEveryone, policyLoop, policyNotActive, policyNothingSeen, policyUntested } from './errors.ts'
import { nextOf } from './run-due.ts'
import { takeOutOfForce } from './stop-policy.ts'
import type { Policy, PolicyVersion, Trial } from './storage.ts'
import { policyOf, versionOf, type Written } from './write-policy.ts'

type Activation = z.infer<typeof activationRequest>

/**
 * Puts a version in force, in place of the one before.
 * @throws CallerError `not-found`, `policy-untested`, `policy-for-everyone`, `policy-nothing-seen`, `policy-loop`
 */
export async function activatePolicy(
  deps: PoliciesDependencies,
  principal: Principal,
  idOrName: string,
  wanted: number,
  request: Activation,
): Promise<Written> {
  const { policy, version } = await versionOf(deps, principal, idOrName, wanted)
  const decision = deps.access.authorise(principal, 'policy.write', { tenant: policy.tenant })
  const trial = await deps.storage.policies.trial(deps.database.sql, request.trial)
  refuseUntested(policy, version, trial, await newestTrial(deps, policy, version))
  refuseUnacknowledged(version, trial, request)
  return await deps.database.transaction(async (tx) => {
    const locked = (await deps.storage.policies.lock(tx.sql, policy.id))!
    await refuseLoop(deps, tx.sql, locked, version)
    return await activate(deps, tx, locked, version, { by: principal, decision, trial })
  })
}

async function newestTrial(
  deps: PoliciesDependencies,
  policy: Policy,
  { version }: PolicyVersion,
): Promise<Trial | null> {
  const all = await deps.storage.policies.trials(deps.database.sql, policy.id, version, { limit: 50, after: undefined })
  return all.at(-1) ?? null
}

/** @throws CallerError `policy-untested` */
function refuseUntested(
  { id, name }: Policy,
  { version }: PolicyVersion,
  trial: Trial | null,
  newest: Trial | null,
): asserts trial is Trial {
  if (trial === null || trial.policy !== id || trial.version !== version)
    throw new CallerError(policyUntested, `That is no trial of ${name} version ${version}: it was not tried out.`)
  if (newest !== null && newest.id !== trial.id)
    throw new CallerError(
      policyUntested,
      `There is a newer trial of ${name} version ${version}: ${newest.id}. Look at that one.`,
    )
}

/** @throws CallerError `policy-for-everyone`, `policy-nothing-seen` */
function refuseUnacknowledged({ document }: PolicyVersion, { result }: Trial, { acknowledge }: Activation): void {
  const { households, ofHouseholds, seen } = result
  if (result.everyone && !acknowledge.includes('everyone'))
    throw new CallerError(
      policyForEveryone,
      `${document.name} would order for ${households} of ${ofHouseholds} households: more than ${everyone.households} and more than ${everyone.share * 100} %.`,
    )
  if (seen === 0 && !acknowledge.includes('nothing-seen'))
    throw new CallerError(policyNothingSeen, `The trial of ${document.name} since ${result.since} saw nothing at all.`)
}

/** @throws CallerError `policy-loop` */
async function refuseLoop(deps: PoliciesDependencies, sql: Sql, policy: Policy, version: PolicyVersion): Promise<void> {
  const others = (await deps.storage.policies.active(sql, null, [policy.tenant])).filter(
    (each) => each.policy !== policy.id,
  )
  const names = new Map([...others.map((each) => [each.policy, each.name] as const), [policy.id, policy.name] as const])
  const nodes = [
    ...others.map(({ policy: id, document }) => ({ id, document })),
    { id: policy.id, document: version.document },
  ]
  const loop = loopThrough(policy.id, nodes)
  if (loop !== null)
    throw new CallerError(policyLoop, `It would never end: ${loopText(loop, (id) => names.get(id) ?? id)}.`)
}

async function activate(
  deps: PoliciesDependencies,
  tx: Tx,
  policy: Policy,
  version: PolicyVersion,
  { by, decision, trial }: { readonly by: Principal; readonly decision: Decision; readonly trial: Trial },
): Promise<Written> {
  const { policies, work } = deps.storage
  const { group } = trial.result
  const now = deps.clock.now()
  if (policy.active !== null)
    await takeOutOfForce(
      deps,
      tx,
      { policy: policy.id, version: policy.active, tenant: policy.tenant },
      `version ${version.version} took its place`,
    )
  const activated: PolicyVersion = {
    ...version,
    state: 'active',
    activatedBy: by.id,
    activatedAt: new Date(now),
    decision: decision.id,
    trial: trial.id,
    detail: '',
  }
  await policies.activate(tx.sql, activated)
  const changed: Policy = { ...policy, active: version.version, group }
  await policies.update(tx.sql, changed)
  if (group !== null) await deps.entities.groups.use(tx, group, { kind: 'policy', id: policy.id, name: policy.name })
  const zones =
    triggerOf(version.document).kind === 'localTime' ? await deps.entities.timeZonesInUse(policy.tenant, tx.sql) : null
  await work.setDue(tx.sql, policy.id, nextOf(version, zones, now))
  const data = { name: policy.name, version: version.version, group, by: by.id, trial: trial.id }
  await appendEvents(tx, deps.doorbells, [
    { type: 'policy.activated', subject: policy.id, tenant: policy.tenant, household: null, data },
  ])
  return { policy: changed, version: activated }
}

/** Takes a policy out of force. @throws CallerError `not-found`, `policy-not-active` */
export async function switchOff(
  deps: PoliciesDependencies,
  principal: Principal,
  idOrName: string,
  reason: string,
): Promise<Policy> {
  const found = await policyOf(deps, principal, idOrName)
  deps.access.authorise(principal, 'policy.write', { tenant: found.tenant })
  return await deps.database.transaction(async (tx) => {
    const policy = await deps.storage.policies.lock(tx.sql, found.id)
    if (policy === null) throw new CallerError(notFound, `There is no policy ${idOrName}.`)
    if (policy.active === null) throw new CallerError(policyNotActive, `${policy.name} is off already.`)
    await takeOutOfForce(deps, tx, { policy: policy.id, version: policy.active, tenant: policy.tenant }, reason)
    const changed: Policy = { ...policy, active: null }
    await deps.storage.policies.update(tx.sql, changed)
    const data = { name: policy.name, version: policy.active, by: principal.id, reason }
    await appendEvents(tx, deps.doorbells, [
      { type: 'policy.deactivated', subject: policy.id, tenant: policy.tenant, household: null, data },
    ])
    return changed
  })
}
