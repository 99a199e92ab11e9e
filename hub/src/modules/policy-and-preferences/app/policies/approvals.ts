import type { Tx } from '../../../../platform/database.ts'
import { notFound, type Principal } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import type { ApprovalWanted } from '../../domain/policies/judge.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { approvalSettled } from './errors.ts'
import type { Approval, Firing, FiringAction } from './storage.ts'

/** Asks for an answer; it ends by itself. `firing` is null for a delivery that waits. */
export async function requestApproval(
  deps: PoliciesDependencies,
  tx: Tx,
  about: Pick<Firing, 'tenant' | 'policy' | 'version' | 'name' | 'household'> & { readonly delivery?: string },
  { by, until, else: otherwise, question }: ApprovalWanted,
  firing: string | null,
): Promise<Approval> {
  const { tenant, policy, version, name, household, delivery = null } = about
  const now = new Date(deps.clock.now())
  const approval: Approval = {
    id: newId('apr', deps.clock.now()),
    tenant,
    policy,
    version,
    name,
    household,
    firing,
    delivery,
    question,
    otherwise,
    asked: by,
    state: 'waiting',
    until: new Date(until),
    askedAt: now,
    decidedBy: null,
    decidedAt: null,
    reason: '',
    decision: '',
  }
  if (await deps.storage.work.addApproval(tx.sql, approval))
    await appendEvents(tx, deps.doorbells, [eventOf(approval, 'approval.requested')])
  return approval
}

/**
 * A person's answer.
 * @throws CallerError `not-found`, `forbidden`, `approval-settled`
 */
export async function answerApproval(
  deps: PoliciesDependencies,
  principal: Principal,
  id: string,
  answer: 'approved' | 'denied',
  reason: string,
): Promise<Approval> {
  const found = await deps.storage.work.approval(deps.database.sql, id)
  if (found === null) throw new CallerError(notFound, `there is no approval ${id}`)
  const { tenant, household, asked } = found
  // What operators are asked is theirs alone to answer, though the household sees it.
  const object = { tenant, household: asked === 'household' ? household : null }
  deps.access.authorise(principal, 'approval.read', { tenant, household })
  const decision = deps.access.authorise(principal, 'approval.write', object)
  return await deps.database.transaction(async (tx) => {
    const waiting = await deps.storage.work.approval(tx.sql, id, true)
    if (waiting?.state !== 'waiting')
      throw new CallerError(
        approvalSettled,
        `${id} is ${waiting?.state ?? 'gone'} since ${waiting?.decidedAt?.toISOString()}`,
      )
    const by = { decidedBy: principal.id, reason, decision: decision.id }
    return await settle(deps, tx, waiting, answer, by)
  })
}

/**
 * Ends what nobody has answered in time, as its policy says.
 * @returns whether there may be more at once
 */
export async function expireApprovals(deps: PoliciesDependencies): Promise<boolean> {
  const atOnce = 50
  return await deps.database.transaction(async (tx) => {
    const late = await deps.storage.work.expired(tx.sql, new Date(deps.clock.now()), atOnce)
    for (const approval of late)
      await settle(deps, tx, approval, 'expired', { decidedBy: null, reason: 'nobody answered in time', decision: '' })
    return late.length === atOnce
  })
}

async function settle(
  deps: PoliciesDependencies,
  tx: Tx,
  waiting: Approval,
  state: 'approved' | 'denied' | 'expired',
  by: Pick<Approval, 'decidedBy' | 'reason' | 'decision'>,
): Promise<Approval> {
  const settled: Approval = { ...waiting, state, ...by, decidedAt: new Date(deps.clock.now()) }
  await deps.storage.work.settleApproval(tx.sql, settled)
  await appendEvents(tx, deps.doorbells, [eventOf(settled, `approval.${state}`)])
  if (settled.delivery !== null && settled.household !== null)
    await deps.orders.reconsider(tx, { household: settled.household })
  if (settled.firing !== null) await goOn(deps, tx, settled.firing, isAgreed(settled), settled.reason)
  return settled
}

/** Whether what was asked may happen. */
export function isAgreed({ state, otherwise }: Pick<Approval, 'state' | 'otherwise'>): boolean {
  return state === 'approved' || (state === 'expired' && otherwise === 'approve')
}

/** The rest of the firing is carried out, or dropped. */
async function goOn(
  { storage, doorbells }: PoliciesDependencies,
  tx: Tx,
  id: string,
  agreed: boolean,
  reason: string,
): Promise<void> {
  const firing = await storage.firings.lock(tx.sql, id)
  if (firing?.state !== 'waiting') return
  const actions = firing.actions.map((action): FiringAction => {
    if (action.state === 'waiting') return { ...action, state: 'done', detail: agreed ? 'approved' : 'denied' }
    return action.state === 'open' && !agreed ? { ...action, state: 'dropped', detail: 'not approved' } : action
  })
  await storage.firings.settle(tx.sql, { id, state: agreed ? 'open' : 'denied', detail: reason, actions })
  if (agreed) tx.afterCommit(() => doorbells.ring('policies'))
}

function eventOf(approval: Approval, type: string) {
  const { id, tenant, household, policy, name, firing, delivery, question, asked, until, decidedBy, reason } = approval
  const answered = decidedBy === null ? {} : { by: decidedBy, reason }
  const data = { policy, name, firing, delivery, question, asked, until: until.toISOString(), ...answered }
  return { type, subject: id, tenant, household, data }
}
