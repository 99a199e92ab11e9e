import type { Access, Principal } from '../../../platform/access.ts'
import { actAsHub } from '../../../platform/acting.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Doorbells } from '../../../platform/doorbells.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { OrderProcessing } from '../../order-processing/index.ts'
import { newestBefore, type ServiceDefinitions, type VersionDefinition } from '../../service-definitions/index.ts'
import { consequences, type Withdrawing } from '../domain/withdrawal.ts'
import { nothingToReturnTo } from '../errors.ts'
import type { AdoptionDesk } from './adoption.ts'
import type { Withdrawal, Withdrawals } from './withdrawal-storage.ts'

export interface WithdrawalDeps {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly definitions: ServiceDefinitions
  readonly orders: Pick<OrderProcessing, 'place' | 'pageSubscriptions' | 'subscribed'>
  readonly adoption: AdoptionDesk
  readonly withdrawals: Withdrawals
}

export interface WithdrawalView extends Withdrawing {
  readonly consequences: readonly string[]
  readonly withdrawn: Withdrawal | null
}

/** Subscriptions of one round, and how long a hub that has begun one may take. */
const round = 100
const lease = 60_000

/** What a withdrawal would mean, or what came of it. @throws CallerError `not-found`, `forbidden` */
export async function withdrawalOf(
  deps: WithdrawalDeps,
  principal: Principal,
  service: string,
  version: string,
): Promise<WithdrawalView> {
  return viewOf(deps, (await deps.definitions.ownVersion(principal, service, version, 'adoption.read')).it)
}

async function viewOf(deps: WithdrawalDeps, found: VersionDefinition): Promise<WithdrawalView> {
  const { tenant, service, version, state } = found
  const [{ installed, pending }, subscriptions, previous, withdrawn] = await Promise.all([
    deps.adoption.devices(found),
    deps.orders.subscribed(deps.database.sql, tenant, service, version),
    previousOf(deps, found),
    deps.withdrawals.find(found),
  ])
  const about = { service, version, state, installed, pending, subscriptions, previous }
  return { ...about, consequences: consequences(about), withdrawn }
}

/**
 * Takes a version back: it is chosen for nobody any more, and where that is wanted, every household that has it gets the previous one, by and by.
 * @throws CallerError `not-found`, `forbidden`, `state-not-allowed`, `nothing-to-return-to`
 */
export async function withdrawVersion(
  deps: WithdrawalDeps,
  principal: Principal,
  which: { readonly service: string; readonly version: string },
  { reason, rollBack }: { readonly reason: string; readonly rollBack: boolean },
): Promise<WithdrawalView> {
  const { definitions, database, doorbells, clock, withdrawals } = deps
  const { service, version } = which
  const { it: found, decision } = await definitions.ownVersion(principal, service, version, 'service.publish')
  const { tenant, state } = found
  const backTo = rollBack ? await previousOf(deps, found) : null
  if (rollBack && backTo === null)
    throw new CallerError(nothingToReturnTo, `${service} has no released version older than ${version}.`)
  const by = { id: principal.id, name: principal.name }
  const changed = await database.transaction(async (tx) => {
    const next = state === 'draft' || state === 'candidate' ? 'retired' : 'deprecated'
    const moved =
      state === 'retired' ? found : await definitions.setState(tx, tenant, service, version, { state: next, by: by.id })
    const going = backTo === null ? ('done' as const) : ('running' as const)
    const kept = { ...progress, tenant, service, version, backTo, reason, by, decision: decision.id, state: going }
    await withdrawals.put(tx, { ...kept, startedAt: new Date(clock.now()) })
    const data = { service, version, backTo, reason, by: by.id }
    await appendEvents(tx, doorbells, [
      { type: 'version.withdrawn', subject: `${service}@${version}`, tenant, household: null, data },
    ])
    return moved
  })
  return viewOf(deps, changed)
}

const progress = { after: '', placed: 0, refused: 0, refusals: [] }

/** Orders some households back: one bounded round, to be repeated. Each household is ordered once, whatever happens in between. */
export async function orderBack(deps: WithdrawalDeps): Promise<void> {
  const { clock, withdrawals, orders, database } = deps
  await actAsHub(async () => {
    const until = clock.now() + lease
    const withdrawal = await withdrawals.lease(new Date(clock.now()), new Date(until))
    if (withdrawal === null) return
    const { tenant, service, version, after } = withdrawal
    const page = await orders.pageSubscriptions(database.sql, tenant, service, after, round)
    for (const subscription of page) {
      // Another hub may go on soon: it is left where the last order put it.
      if (clock.now() > until - lease / 2) return
      if (subscription.version === version && subscription.state !== 'removing')
        await orderOne(deps, withdrawal, subscription)
    }
    if (page.length < round) await withdrawals.end(withdrawal, new Date(clock.now()))
    else {
      await database.transaction((tx) => withdrawals.pass(tx, withdrawal, page.at(-1)!.id))
      await withdrawals.release(withdrawal)
    }
  })
}

async function orderOne(
  { access, orders, withdrawals, database }: WithdrawalDeps,
  withdrawal: Withdrawal,
  { id, household }: { readonly id: string; readonly household: string },
): Promise<void> {
  const { tenant, service, version, backTo, by, decision } = withdrawal
  const name = `withdrawal of ${service} ${version}`
  const judged = access.judged({
    tenant,
    actor: { kind: 'system', id: `withdrawal:${service}@${version}`, name },
    action: 'order.write',
    object: { service, household },
    verdict: 'allowed',
    reason: `${service} ${version} was withdrawn by ${by.name} (decision ${decision})`,
  })
  const origin = { kind: 'hub' as const, id: `withdrawal:${service}@${version}`, name, cause: null }
  const items = [{ action: 'modify' as const, service, version: backTo! }]
  const request = { household, reference: name.slice(0, 200), items }
  try {
    await orders.place({ tenant, origin, decision: judged }, request, (tx) =>
      withdrawals.advance(tx, withdrawal, id, null),
    )
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    await database.transaction((tx) =>
      withdrawals.advance(tx, withdrawal, id, { household, detail: error.message.slice(0, 500) }),
    )
  }
}

/** The newest older version that is still released, on a channel that is as steady. */
async function previousOf(
  { definitions }: Pick<WithdrawalDeps, 'definitions'>,
  version: VersionDefinition,
): Promise<string | null> {
  const all = await definitions.versionsOfService(version.tenant, version.service)
  return newestBefore(all, version)?.version ?? null
}
