import { decide, type PolicyDecision } from '../domain/decide.ts'
import type { PolicyVerdict } from '../domain/policies/delivery-verdicts.ts'
import type { Situation } from '../domain/situation.ts'
import type { RuleVerdict } from '../domain/rule.ts'
import type { DeliveryQuestion } from './question.ts'
import { meteredMonth } from './situations.ts'

export interface Decided {
  readonly decision: PolicyDecision
  readonly situation: Situation
  /** The month whose limit it counts against; null where none is set or the link is not metered. */
  readonly month: string | null
}

/** Decides for many deliveries at once. `policies`: what policies say of each, in the order of the questions. */
export function decideAll(
  questions: readonly DeliveryQuestion[],
  situations: readonly Situation[],
  policies: readonly (readonly PolicyVerdict[])[],
): Decided[] {
  // Two deliveries to one device at once: the second has what the first leaves of the month's bytes.
  const passed = new Map<string, number>()
  return situations.map((read, index) => {
    const { device } = questions[index]!
    const situation = { ...read, meteredThisMonth: read.meteredThisMonth + (passed.get(device) ?? 0) }
    const decision = decide(situation, policies[index]?.map(ruleOf))
    const month = meteredMonth(situation)
    if (month !== null && decision.verdict === 'now')
      passed.set(device, (passed.get(device) ?? 0) + situation.delivery.bytes)
    return { decision, situation, month }
  })
}

/** Policies are rules like others, with names of their own. */
function ruleOf(said: PolicyVerdict): RuleVerdict {
  return { ...said, source: '' }
}
