import type { Principal } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { unknownHousehold } from '../../../entity-management/index.ts'
import type { ConsentAnswer } from '../../contract-consents.ts'
import { nothingToRevoke, unknownConsentTarget } from '../../errors.ts'
import type { PolicyDependencies } from '../dependencies.ts'
import type { Consent } from '../storage.ts'
import { consentEvent } from './consent-event.ts'

/**
 * Somebody of the household answers, whether they were asked or not; the last answer counts, and all are kept. What is held for it
 * is asked about again.
 * @throws CallerError `forbidden`, `unknown-household`, `unknown-consent-target`, `nothing-to-revoke`
 */
export async function answerConsent(
  deps: PolicyDependencies,
  principal: Principal,
  { household, kind, target, answer, reason }: ConsentAnswer,
): Promise<Consent> {
  const { tenant } = principal
  const decision = deps.access.authorise(principal, 'consent.write', { household })
  if ((await deps.entities.household(household))?.tenant !== tenant)
    throw new CallerError(unknownHousehold, `there is no household ${household}`, {
      places: [{ pointer: '/household', detail: `there is no household ${household}` }],
    })
  await requireTarget(deps, tenant, kind, target)
  return deps.database.transaction(async (tx) => {
    const current = await deps.storage.consents.findFor(tx.sql, household, { kind, target })
    if (answer === 'revoked' && current?.state !== 'granted')
      throw new CallerError(nothingToRevoke, `household ${household} has not agreed to ${kind} ${target}`)
    const at = new Date(deps.clock.now())
    const fresh = { id: newId('con', at.getTime()), tenant, household, kind, target, askedFor: null }
    const set = await deps.storage.consents.set(tx.sql, { ...fresh, state: answer, changedAt: at })
    const change = { state: answer, at, by: principal.id, reason, decision: decision.id, delivery: set.askedFor }
    await deps.storage.consents.addChanges(tx.sql, [{ ...change, consent: set.id }])
    await appendEvents(tx, deps.doorbells, [consentEvent(set, principal.id)])
    await deps.orders.reconsider(tx, { household })
    return set
  })
}

async function requireTarget(
  { definitions }: PolicyDependencies,
  tenant: string,
  kind: ConsentAnswer['kind'],
  target: string,
): Promise<void> {
  if (kind === 'category') return
  const [service = '', ...version] = target.split('@')
  const wellFormed = kind === 'update' ? version.length === 1 && version[0] !== '' : version.length === 0
  if (wellFormed && (await definitions.service(tenant, service)) !== null) return
  throw new CallerError(unknownConsentTarget, `there is no ${kind} ${target}`, {
    places: [{ pointer: '/target', detail: `no ${kind} ${target}` }],
  })
}
