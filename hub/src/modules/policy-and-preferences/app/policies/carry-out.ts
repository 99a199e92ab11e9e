import type { Tx } from '../../../../platform/database.ts'
import { CallerError, OutsideError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import type { ApprovalWanted, HoldWanted } from '../../domain/policies/judge.ts'
import { orderRequest, type OrderRequest } from '../../../order-processing/index.ts'
import { requestApproval } from './approvals.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import type { Firing, FiringAction } from './storage.ts'

const atOnce = 20
/** Another hub takes it up when this one has not come to an end by then. */
const lease = 20_000
/** Nothing is tried for longer. */
const longest = 24 * 3_600_000

/**
 * Carries out what fired: action by action, each in one transaction with its mark that it is done, so that a hub that ends
 * between two of them leaves neither out and does neither twice.
 * @returns whether there may be more at once
 */
export async function carryOut(deps: PoliciesDependencies): Promise<boolean> {
  const { database, storage, clock, log } = deps
  const now = clock.now()
  const firings = await storage.firings.lease(database.sql, new Date(now), new Date(now + lease), atOnce)
  await Promise.all(
    firings.map(async (firing) => {
      try {
        await carryOutFiring(deps, firing)
      } catch (error) {
        if (!(error instanceof OutsideError)) throw error
        log.warn({ err: error, firing: firing.id }, 'what a policy wants could not be done; it is tried again soon')
      }
    }),
  )
  return firings.length === atOnce
}

async function carryOutFiring(deps: PoliciesDependencies, firing: Firing): Promise<void> {
  if (deps.clock.now() - firing.at.getTime() > longest) {
    await settleAll(deps, firing)
    return
  }
  for (const [index, action] of firing.actions.entries()) {
    if (action.state !== 'open') continue
    const state = await carryOutAction(deps, firing, index, action)
    if (state !== 'done' && state !== 'refused') return
  }
}

/** Resolves to what has become of the action: `done`, `refused`, or anything else when it is not for now. */
async function carryOutAction(
  deps: PoliciesDependencies,
  firing: Firing,
  index: number,
  action: FiringAction,
): Promise<FiringAction['state']> {
  if (action.kind === 'order') return await placeOrder(deps, firing, index, action)
  return await deps.database.transaction(async (tx) => {
    const current = await stillOpen(deps, tx, firing.id, index)
    if (current === null) return 'dropped'
    const done = await effect(deps, tx, current, action)
    await settleAction(deps, tx, current, index, { ...action, ...done })
    return done.state
  })
}

async function effect(
  deps: PoliciesDependencies,
  tx: Tx,
  firing: Firing,
  { kind, wanted }: FiringAction,
): Promise<Pick<FiringAction, 'state' | 'detail' | 'approval'>> {
  const decision = decisionOf(deps, firing, `policy.${kind}`)
  tx.audit.decisions.push(decision)
  const about = { subject: firing.policy, tenant: firing.tenant, household: firing.household, decision: decision.id }
  const data = { firing: firing.id, name: firing.name, version: firing.version }
  if (kind === 'notify') {
    const { message } = wanted as { message: string }
    await appendEvents(tx, deps.doorbells, [{ type: 'policy.notified', ...about, data: { ...data, message } }])
    return { state: 'done', detail: message }
  }
  if (kind === 'approve') {
    const approval = await requestApproval(deps, tx, firing, wanted as unknown as ApprovalWanted, firing.id)
    return { state: 'waiting', detail: `waits for ${approval.asked}`, approval: approval.id }
  }
  const { until, of, deliveries, why } = wanted as unknown as HoldWanted
  if (until <= deps.clock.now()) return { state: 'refused', detail: 'it would have ended already' }
  const household = of === 'household' ? firing.household : null
  if (of === 'household' && household === null)
    return { state: 'refused', detail: 'there is no household that it is about: say `of: everyone`' }
  const { policy, version, name, tenant } = firing
  const id = newId('hld', deps.clock.now())
  const hold = {
    id,
    tenant,
    policy,
    version,
    name,
    firing: firing.id,
    household,
    until: new Date(until),
    deliveries,
    why,
  }
  await deps.storage.work.addHold(tx.sql, hold)
  await appendEvents(tx, deps.doorbells, [
    { type: 'policy.holding', ...about, household, data: { ...data, hold: id, until: hold.until.toISOString(), why } },
  ])
  return { state: 'done', detail: `until ${hold.until.toISOString()}` }
}

/** In a transaction with the order: it is placed once, whatever happens. */
async function placeOrder(
  deps: PoliciesDependencies,
  firing: Firing,
  index: number,
  action: FiringAction,
): Promise<FiringAction['state']> {
  const parsed = orderRequest.safeParse(action.wanted)
  if (!parsed.success) {
    const detail = parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`).join('; ')
    return await settleAlone(deps, firing, index, { ...action, state: 'refused', detail })
  }
  try {
    return await placeParsed(deps, firing, index, action, parsed.data)
  } catch (error) {
    if (error instanceof DoneAlready) return 'dropped'
    if (!(error instanceof CallerError)) throw error
    return await settleAlone(deps, firing, index, { ...action, state: 'refused', detail: error.message })
  }
}

async function placeParsed(
  deps: PoliciesDependencies,
  firing: Firing,
  index: number,
  action: FiringAction,
  request: OrderRequest,
): Promise<FiringAction['state']> {
  const { tenant, policy, name } = firing
  const decision = decisionOf(deps, firing, 'order.write')
  const origin = { kind: 'policy' as const, id: policy, name, cause: firing.id }
  let state: FiringAction['state'] = 'done'
  await deps.orders.place({ tenant, origin, decision }, request, async (tx, { order }) => {
    const current = await stillOpen(deps, tx, firing.id, index)
    // Another hub was quicker: the order is undone with this transaction.
    if (current === null) throw new DoneAlready(firing.id)
    state = order.state === 'rejected' ? 'refused' : 'done'
    await settleAction(deps, tx, current, index, { ...action, state, order: order.id, detail: order.detail })
  })
  return state
}

class DoneAlready extends Error {}

/** The firing, locked, while this action of it has not been carried out. */
async function stillOpen({ storage }: PoliciesDependencies, tx: Tx, id: string, index: number): Promise<Firing | null> {
  const firing = await storage.firings.lock(tx.sql, id)
  return firing?.state === 'open' && firing.actions[index]?.state === 'open' ? firing : null
}

async function settleAlone(
  deps: PoliciesDependencies,
  firing: Firing,
  index: number,
  action: FiringAction,
): Promise<FiringAction['state']> {
  await deps.database.transaction(async (tx) => {
    const current = await stillOpen(deps, tx, firing.id, index)
    if (current !== null) await settleAction(deps, tx, current, index, action)
  })
  return action.state
}

async function settleAction(
  { storage }: PoliciesDependencies,
  tx: Tx,
  firing: Firing,
  index: number,
  action: FiringAction,
): Promise<void> {
  const actions = firing.actions.map((each, at) => (at === index ? action : each))
  const state = stateOf(actions)
  const refused = actions.find((each) => each.state === 'refused')
  await storage.firings.settle(tx.sql, { id: firing.id, state, detail: refused?.detail ?? '', actions })
}

/** What has been waited for too long ends, with the reason. */
async function settleAll(deps: PoliciesDependencies, { id }: Firing): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const firing = await deps.storage.firings.lock(tx.sql, id)
    if (firing?.state !== 'open') return
    const detail = 'could not be done within a day'
    const actions = firing.actions.map((action) =>
      action.state === 'open' ? { ...action, state: 'refused' as const, detail } : action,
    )
    await deps.storage.firings.settle(tx.sql, { id, state: 'refused', detail, actions })
  })
}

function stateOf(actions: readonly FiringAction[]): Firing['state'] {
  const has = (state: FiringAction['state']): boolean => actions.some((action) => action.state === state)
  if (has('waiting')) return 'waiting'
  if (has('open')) return 'open'
  return has('refused') ? 'refused' : 'done'
}

/** A policy acts on the decision of whoever switched it on. */
function decisionOf({ access }: PoliciesDependencies, firing: Firing, action: `${string}.${string}`) {
  const { tenant, policy, name, version, id, household } = firing
  return access.judged({
    tenant,
    actor: { id: `policy:${policy}`, kind: 'system', name },
    action,
    object: { policy, firing: id, ...(household === null ? {} : { household }) },
    verdict: 'allowed',
    reason: `policy ${name} version ${version}, ${firing.authority}`,
  })
}
