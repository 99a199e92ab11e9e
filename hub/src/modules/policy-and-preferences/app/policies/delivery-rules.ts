import type { JsonObject, Variables } from '@sutler/expressions'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import {
  judgeDelivery,
  verdictOfHold,
  type DeliveryJudgement,
  type PolicyVerdict,
} from '../../domain/policies/delivery-verdicts.ts'
import { isAgreed, requestApproval } from './approvals.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { inScope } from './in-scope.ts'
import { readThings, variablesOf, type Things } from './situations.ts'
import type { ActivePolicy, Approval, Firing, Hold } from './storage.ts'

/** A delivery that is about to be offered. */
export interface DeliveryQuestion {
  readonly delivery: string
  readonly tenant: string
  readonly device: string
  readonly household: string
  readonly service: string
}

/**
 * What policies say of deliveries that are about to be offered, per delivery: those that are asked before each, and what others
 * hold back for a time. Each that holds one is recorded once per delivery, and approvals are asked for, in this transaction.
 */
export async function judgeDeliveries(
  deps: PoliciesDependencies,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
): Promise<PolicyVerdict[][]> {
  const { policies, work } = deps.storage
  const tenants = [...new Set(questions.map(({ tenant }) => tenant))]
  const [asked, holds] = await Promise.all([
    policies.active(tx.sql, 'delivery', null),
    work.holds(tx.sql, tenants, new Date(deps.clock.now())),
  ])
  const judging = asked.filter(({ tenant }) => tenants.includes(tenant))
  if (judging.length === 0 && holds.length === 0) return questions.map(() => [])
  const situations = await readSituations(deps, tx, questions)
  const approvals =
    judging.length === 0
      ? []
      : await work.approvalsOf(
          tx.sql,
          questions.map(({ delivery }) => delivery),
        )
  const verdicts: PolicyVerdict[][] = []
  for (const [index, question] of questions.entries()) {
    const variables = situations[index]!
    const own = holdsOf(holds, question, variables)
    for (const policy of await inForce(deps, tx, judging, question, variables)) {
      const approval = approvals.find((each) => each.delivery === question.delivery && each.policy === policy.policy)
      own.push(await ask(deps, tx, policy, question, variables, approval ?? null))
    }
    verdicts.push(own)
  }
  return verdicts
}

async function readSituations(
  deps: PoliciesDependencies,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
): Promise<Variables[]> {
  const abouts = questions.map(({ household, device }) => ({ household, device, subscription: null }))
  const [facts, things] = [
    await deps.orders.deliveryFacts(
      tx,
      questions.map(({ delivery }) => delivery),
    ),
    await readThings(deps, tx.sql, abouts),
  ]
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  return questions.map((question, index) => ({
    ...situationOf(deps, question, abouts[index]!, things),
    delivery: {
      ...question,
      ...(byId.get(question.delivery) as unknown as JsonObject | undefined),
      id: question.delivery,
    },
  }))
}

function situationOf(
  { clock }: PoliciesDependencies,
  { tenant }: DeliveryQuestion,
  about: Parameters<typeof variablesOf>[0],
  things: Things,
): Variables {
  const { subscription: _none, ...variables } = variablesOf(about, things, tenant, clock.now())
  return variables
}

function holdsOf(
  holds: readonly Hold[],
  { tenant, household }: DeliveryQuestion,
  variables: Variables,
): PolicyVerdict[] {
  return holds
    .filter((hold) => hold.tenant === tenant)
    .flatMap((hold) => verdictOfHold(hold, household, variables) ?? [])
}

async function inForce(
  deps: PoliciesDependencies,
  tx: Tx,
  policies: readonly ActivePolicy[],
  { tenant, delivery, household }: DeliveryQuestion,
  variables: Variables,
): Promise<ActivePolicy[]> {
  const cause = causeOf(delivery)
  const candidates = policies
    .filter((policy) => policy.tenant === tenant)
    .map((policy) => ({ policy, cause, subject: delivery, household, variables, depth: 0 }))
  return (await inScope(deps, tx, candidates)).map(({ policy }) => policy)
}

/** What one policy says; that it holds the delivery is recorded the first time, and its approval asked for. */
async function ask(
  deps: PoliciesDependencies,
  tx: Tx,
  policy: ActivePolicy,
  question: DeliveryQuestion,
  variables: Variables,
  approval: Approval | null,
): Promise<PolicyVerdict> {
  const standing = approval && { ...approval, agreed: isAgreed(approval) }
  const judged = judgeDelivery(policy, variables, standing, deps.clock.now())
  if (!judged.judgement.held) return judged.verdict
  const firing = firingOf(deps, policy, question, judged)
  if ((await deps.storage.firings.add(tx.sql, [firing])).size > 0) {
    const { id, tenant, household, name, version, state } = firing
    const data = { firing: id, name, version, cause: question.delivery, state, detail: judged.verdict.detail }
    await appendEvents(tx, deps.doorbells, [{ type: 'policy.fired', subject: policy.policy, tenant, household, data }])
  }
  if (judged.ask !== null) await requestApproval(deps, tx, { ...firing, delivery: question.delivery }, judged.ask, null)
  return judged.verdict
}

function firingOf(
  { clock }: PoliciesDependencies,
  policy: ActivePolicy,
  { delivery, household }: DeliveryQuestion,
  { judgement, verdict }: DeliveryJudgement,
): Firing {
  const [action] = judgement.actions
  const refused = action !== undefined && 'refusal' in action
  const wanted = action === undefined || refused ? {} : (action.wanted as unknown as Readonly<Record<string, unknown>>)
  return {
    id: newId('fir', clock.now()),
    tenant: policy.tenant,
    policy: policy.policy,
    version: policy.version,
    name: policy.name,
    cause: causeOf(delivery),
    subject: delivery,
    household,
    at: new Date(clock.now()),
    state: refused ? 'refused' : 'done',
    detail: verdict.detail,
    clauses: judgement.clauses,
    actions: [{ kind: action?.kind ?? 'hold', state: refused ? 'refused' : 'done', detail: verdict.detail, wanted }],
    depth: 0,
    authority: `switched on by ${policy.activatedBy} (decision ${policy.decision})`,
  }
}

function causeOf(delivery: string) {
  return { kind: 'delivery' as const, id: delivery, what: 'a delivery' }
}
