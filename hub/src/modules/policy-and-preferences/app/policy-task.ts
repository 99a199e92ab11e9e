import type { Task, TaskCall } from '../../../engine/index.ts'
import { mainTenant } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import type { LifecycleEvent } from '../../../platform/events.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import type { Facts } from '../domain/situation.ts'
import { askConsents } from './consents/ask.ts'
import type { PolicyVerdict } from '../domain/policies/delivery-verdicts.ts'
import { decideAll, type Decided } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'
import { keepAnswers } from './keep-answers.ts'
import type { DeliveryQuestion } from './question.ts'
import { readSituations } from './situations.ts'

/** A delivery that is there, for a service. */
type Asked = DeliveryQuestion & { readonly delivery: string; readonly service: string }

/** What policies say of deliveries, in the order of the questions. */
type SaidByPolicies = (tx: Tx, questions: readonly Asked[]) => Promise<readonly (readonly PolicyVerdict[])[]>

/**
 * Engine task `policy.decide(delivery, device, household, service)`: may this delivery be offered now? Ends with
 * `{verdict: now|later|never, allowed, until, why}`; `until` (RFC 3339) says when to ask again and is '' when that is open or there
 * is nothing to ask. `allowed` is for the deliveries that began on the pattern's first version.
 */
export function policyDecide(deps: PolicyDependencies, policies: SaidByPolicies): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const questions = calls.map(questionOf)
      const deliveries = questions.map(({ delivery }) => delivery)
      const [situations, said, latest] = await Promise.all([
        readSituations({ ...deps, factsOf: factsOf(deps, tx) }, tx.sql, questions),
        policies(tx, questions),
        deps.storage.answers.latest(tx.sql, deliveries),
      ])
      const decided = decideAll(questions, situations, said)
      await keepAnswers(deps, tx, questions, decided, latest)
      await askConsents(deps, tx, questions, decided)
      await recordMeteredUse(deps, tx, questions, decided)
      tx.audit.events.push(...calls.map((call, index) => audited(call, decided[index]!.decision)))
      return decided.map(({ decision }) => ({ done: answerOf(decision) }))
    },
  }
}

function questionOf({ id, tenant, args }: TaskCall): Asked {
  return {
    // Deliveries that began on the pattern's first version do not say it: theirs is the instance's id.
    delivery: String(args['delivery'] ?? id),
    tenant: tenant ?? mainTenant,
    device: String(args['device']),
    household: String(args['household']),
    service: String(args['service']),
  }
}

export function factsOf({ orders }: Pick<PolicyDependencies, 'orders'>, tx: Tx) {
  return async (deliveries: readonly string[]): Promise<ReadonlyMap<string, Facts>> => {
    const found = await orders.deliveryFacts(tx, deliveries)
    return new Map(
      found.map(({ id, kind, purpose, service, version, bytes, priority, origin }) => [
        id,
        { kind, service, version, bytes, priority, origin: purpose === 'restore' ? 'hub' : origin.kind },
      ]),
    )
  }
}

async function recordMeteredUse(
  { storage, clock }: PolicyDependencies,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
  decided: readonly Decided[],
): Promise<void> {
  const uses = decided.flatMap(({ decision, situation, month }, index) => {
    const { device, delivery, tenant } = questions[index]!
    if (month === null || delivery === null || decision.verdict !== 'now' || situation.delivery.kind !== 'install')
      return []
    return [{ device, delivery, tenant, month, bytes: situation.delivery.bytes }]
  })
  if (uses.length > 0) await storage.metered.record(tx.sql, uses, new Date(clock.now()))
}

function answerOf({ verdict, until, why }: PolicyDecision) {
  return { verdict, allowed: verdict === 'now', until: until === null ? '' : new Date(until).toISOString(), why }
}

/** For the audit only: why the delivery was offered, or not yet. */
function audited({ id, tenant, args }: TaskCall, { verdict, until, why }: PolicyDecision): LifecycleEvent {
  const household = String(args['household'])
  const data = {
    device: String(args['device']),
    verdict,
    until: until === null ? null : new Date(until).toISOString(),
    why,
  }
  return { type: 'policy.decided', subject: id, ...(tenant && { tenant }), household, data }
}
