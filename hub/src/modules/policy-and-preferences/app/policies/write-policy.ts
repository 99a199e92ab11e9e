import { notFound, type Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import type { PolicyDocument } from '../../contract-policy-document.ts'
import { checkPolicy } from '../../domain/policies/check-policy.ts'
import { constantOf, type Finding } from '../../domain/policies/findings.ts'
import { triggerOf } from '../../domain/policies/trigger.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { invalidPolicy, policyExists } from './errors.ts'
import type { Policy, PolicyVersion } from './storage.ts'

/** A policy's newest version as it was written. */
export interface Written {
  readonly policy: Policy
  readonly version: PolicyVersion
}

/** Everything that is wrong with a document in this tenant; nothing is kept. */
export async function findingsOf(
  deps: PoliciesDependencies,
  tenant: string,
  document: PolicyDocument,
): Promise<Finding[]> {
  const findings = checkPolicy(document, deps.clock.now())
  for (const [index, { order }] of document.then.entries())
    for (const [position, { service }] of (order?.items ?? []).entries()) {
      const named = constantOf(service)
      if (named !== null && (await deps.definitions.service(tenant, named)) === null)
        findings.push({
          pointer: `/then/${index}/order/items/${position}/service`,
          detail: `there is no service ${named}`,
        })
    }
  const filter = document.when.each?.filter
  if (filter !== undefined) findings.push(...filterFindings(deps, filter))
  return findings
}

function filterFindings({ entities }: PoliciesDependencies, filter: string): readonly Finding[] {
  const pointer = '/when/each/filter'
  try {
    entities.checkFilter(filter, pointer)
    return []
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    return error.places.length > 0 ? error.places : [{ pointer, detail: error.message }]
  }
}

/** @throws CallerError `invalid-policy`, with each place */
async function refuseFindings(deps: PoliciesDependencies, tenant: string, document: PolicyDocument): Promise<void> {
  const findings = await findingsOf(deps, tenant, document)
  if (findings.length === 0) return
  const [first] = findings
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : ''
  throw new CallerError(invalidPolicy, `The policy ${document.name}: ${first!.pointer} ${first!.detail}${more}`, {
    places: findings,
  })
}

/** Writes a new policy. @throws CallerError `invalid-policy`, `policy-exists` */
export async function createPolicy(
  deps: PoliciesDependencies,
  principal: Principal,
  document: PolicyDocument,
): Promise<Written> {
  deps.access.authorise(principal, 'policy.write')
  const { tenant } = principal
  await refuseFindings(deps, tenant, document)
  return await deps.database.transaction(async (tx) => {
    const now = new Date(deps.clock.now())
    const id = newId('pol', deps.clock.now())
    const policy: Policy = { id, tenant, name: document.name, newest: 1, active: null, group: null, createdAt: now }
    if (!(await deps.storage.policies.add(tx.sql, policy)))
      throw new CallerError(policyExists, `There is a policy ${document.name} already.`)
    return await addVersion(deps, tx, policy, document, principal.id)
  })
}

/** Writes the next version of a policy; none that is there changes. @throws CallerError `not-found`, `invalid-policy` */
export async function createVersion(
  deps: PoliciesDependencies,
  principal: Principal,
  idOrName: string,
  document: PolicyDocument,
): Promise<Written> {
  const found = await policyOf(deps, principal, idOrName)
  deps.access.authorise(principal, 'policy.write', { tenant: found.tenant })
  await refuseFindings(deps, found.tenant, document)
  if (document.name !== found.name)
    throw new CallerError(invalidPolicy, `The policy is called ${found.name}, the document ${document.name}`, {
      places: [{ pointer: '/name', detail: `a version of ${found.name} keeps its name` }],
    })
  return await deps.database.transaction(async (tx) => {
    const locked = (await deps.storage.policies.lock(tx.sql, found.id))!
    const policy = { ...locked, newest: locked.newest + 1 }
    await deps.storage.policies.update(tx.sql, policy)
    return await addVersion(deps, tx, policy, document, principal.id)
  })
}

async function addVersion(
  deps: PoliciesDependencies,
  tx: Tx,
  policy: Policy,
  document: PolicyDocument,
  createdBy: string,
): Promise<Written> {
  const version: PolicyVersion = {
    policy: policy.id,
    version: policy.newest,
    tenant: policy.tenant,
    state: 'draft',
    document,
    createdBy,
    createdAt: new Date(deps.clock.now()),
    activatedBy: null,
    activatedAt: null,
    decision: null,
    trial: null,
    detail: '',
  }
  const trigger = triggerOf(document)
  const types = trigger.kind === 'event' ? trigger.types : []
  await deps.storage.policies.addVersion(tx.sql, version, trigger.kind, types)
  const data = { name: policy.name, version: version.version }
  const event = { type: 'policy.written', subject: policy.id, tenant: policy.tenant, household: null, data }
  await appendEvents(tx, deps.doorbells, [event])
  return { policy, version }
}

/** By id or name, among those of the principal's tenant. @throws CallerError `not-found` */
export async function policyOf(deps: PoliciesDependencies, principal: Principal, idOrName: string): Promise<Policy> {
  const found = await deps.storage.policies.find(deps.database.sql, principal.tenant, idOrName)
  if (found === null) throw new CallerError(notFound, `There is no policy ${idOrName}.`)
  return found
}

/** @throws CallerError `not-found` */
export async function versionOf(
  deps: PoliciesDependencies,
  principal: Principal,
  idOrName: string,
  version: number,
): Promise<Written> {
  const policy = await policyOf(deps, principal, idOrName)
  const found = await deps.storage.policies.version(deps.database.sql, policy.id, version)
  if (found === null)
    throw new CallerError(notFound, `${policy.name} has no version ${version}; its newest is ${policy.newest}.`)
  return { policy, version: found }
}
