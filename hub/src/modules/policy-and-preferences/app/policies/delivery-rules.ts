import type { JsonObject, Variables } from '@sutler/expressions'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import type { DeliveryFacts } from '../../../order-processing/index.ts'
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
import type { ActivePolicy, Firing, Hold } from './storage.ts'

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
  const all = await judgeAll(deps, tx, questions, (ids) => deps.orders.deliveryFacts(tx, ids))
  for (const [index, { asked }] of all.entries())
    for (const { policy, judged } of asked) await record(deps, tx, policy, questions[index]!, judged)
  return all.map(verdictsOf)
}

/** What policies say now of a delivery that was offered already: nothing is recorded, and nobody is asked. */
export async function reviewDelivery(
  deps: PoliciesDependencies,
  tx: Tx,
  question: DeliveryQuestion,
): Promise<PolicyVerdict[]> {
  const all = await judgeAll(deps, tx, [question], (ids) => deps.orders.deliveryFacts(tx, ids))
  return all.flatMap(verdictsOf)
}

/** What policies would say of a delivery that there is not: nothing is recorded, and nobody is asked. */
export async function foreseeDelivery(
  deps: PoliciesDependencies,
  tx: Tx,
  question: Omit<DeliveryQuestion, 'delivery'>,
  facts: Omit<DeliveryFacts, 'id'>,
): Promise<PolicyVerdict[]> {
  const all = await judgeAll(deps, tx, [{ ...question, delivery: '' }], async () => [{ ...facts, id: '' }])
  return all.flatMap(verdictsOf)
}

/** What is said of one delivery. */
interface Said {
  readonly holds: readonly PolicyVerdict[]
  /** By policies that are asked before deliveries. */
  readonly asked: readonly { readonly policy: ActivePolicy; readonly judged: DeliveryJudgement }[]
}

function verdictsOf({ holds, asked }: Said): PolicyVerdict[] {
  return [...holds, ...asked.map(({ judged }) => judged.verdict)]
}

async function judgeAll(
  deps: PoliciesDependencies,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
  factsOf: (deliveries: readonly string[]) => Promise<readonly DeliveryFacts[]>,
): Promise<Said[]> {
  const { policies, work } = deps.storage
  const tenants = [...new Set(questions.map(({ tenant }) => tenant))]
  const now = deps.clock.now()
  const [judging, standing] = await Promise.all([
    policies.active(tx.sql, 'delivery', tenants),
    work.holds(tx.sql, tenants, new Date(now)),
  ])
  if (judging.length === 0 && standing.length === 0) return questions.map(() => ({ holds: [], asked: [] }))
  const deliveries = questions.map(({ delivery }) => delivery)
  const situations = await readSituations(deps, tx, questions, await factsOf(deliveries))
  const approvals = judging.length === 0 ? [] : await work.approvalsOf(tx.sql, deliveries)
  const all: Said[] = []
  for (const [index, question] of questions.entries()) {
    const variables = situations[index]!
    const asked = (await inForce(deps, tx, judging, question, variables)).map((policy) => {
      const given = approvals.find((each) => each.delivery === question.delivery && each.policy === policy.policy)
      const approval = given === undefined ? null : { ...given, agreed: isAgreed(given) }
      return { policy, judged: judgeDelivery(policy, variables, approval, now) }
    })
    all.push({ holds: holdsOf(standing, question, variables), asked })
  }
  return all
}

async function readSituations(
  deps: PoliciesDependencies,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
  facts: readonly DeliveryFacts[],
): Promise<Variables[]> {
  const abouts = questions.map(({ household, device }) => ({ household, device, subscription: null }))
  const things = await readThings(deps, tx.sql, abouts)
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

/** That a policy holds a delivery is recorded the first time, and its approval asked for. */
async function record(
  deps: PoliciesDependencies,
  tx: Tx,
  policy: ActivePolicy,
  question: DeliveryQuestion,
  judged: DeliveryJudgement,
): Promise<void> {
  if (!judged.judgement.held) return
  const firing = firingOf(deps, policy, question, judged)
  if ((await deps.storage.firings.add(tx.sql, [firing])).size > 0) {
    const { id, tenant, household, name, version, state } = firing
    const data = { firing: id, name, version, cause: question.delivery, state, detail: judged.verdict.detail }
    await appendEvents(tx, deps.doorbells, [{ type: 'policy.fired', subject: policy.policy, tenant, household, data }])
  }
  if (judged.ask !== null) await requestApproval(deps, tx, { ...firing, delivery: question.delivery }, judged.ask, null)
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
