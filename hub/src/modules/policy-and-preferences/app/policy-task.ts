import type { Task, TaskCall } from '../../../engine/index.ts'
import { mainTenant } from '../../../platform/access.ts'
import type { LifecycleEvent } from '../../../platform/events.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import { decideDeliveries } from './decide-deliveries.ts'
import type { PoliciesDependencies } from './policies/dependencies.ts'
import { judgeDeliveries } from './policies/delivery-rules.ts'
import type { PolicyVerdict } from '../domain/policies/delivery-verdicts.ts'

/**
 * Engine task `policy.decide(device, household, service)`: may this delivery be offered now? Ends with
 * `{verdict: now|later, allowed, until, why}`; `until` (RFC 3339) says when to ask again and is '' when allowed. `allowed` is for the
 * deliveries that began on the pattern's first version.
 */
export function policyDecide(deps: PoliciesDependencies): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const questions = calls.map(({ args }) => ({
        device: String(args['device']),
        household: String(args['household']),
      }))
      const own = await decideDeliveries(deps, tx.sql, questions)
      const said = await judgeDeliveries(
        deps,
        tx,
        calls.map(({ tenant, args }, index) => ({
          ...questions[index]!,
          tenant: tenant ?? mainTenant,
          delivery: String(args['delivery']),
          service: String(args['service']),
        })),
      )
      const decisions = own.map((decision, index) => withVerdicts(decision, said[index] ?? []))
      tx.audit.events.push(...calls.map((call, index) => audited(call, decisions[index]!)))
      return decisions.map(({ allowed, verdict, until, why }) => ({
        done: {
          verdict,
          allowed,
          until: until === null ? '' : new Date(until).toISOString(),
          why,
        },
      }))
    },
  }
}

/** The strongest of what policies say: never, then later; of several, until the last of them has ended. */
function withVerdicts(
  decision: PolicyDecision,
  said: readonly PolicyVerdict[],
): PolicyDecision & { readonly verdict: PolicyVerdict['verdict'] } {
  const rules = [...decision.rules, ...said.map(({ rule, holds, detail }) => ({ rule, holds, detail }))]
  const never = said.find(({ verdict }) => verdict === 'never')
  const why = ({ rule, detail }: PolicyVerdict): string => `held by ${rule}: ${detail}`
  if (never !== undefined) return { allowed: false, verdict: 'never', until: null, why: why(never), rules }
  const later = said.filter(({ verdict }) => verdict === 'later').toSorted((a, b) => (b.until ?? 0) - (a.until ?? 0))
  const until = Math.max(decision.until ?? 0, later[0]?.until ?? 0)
  if (later.length === 0) return { ...decision, verdict: decision.allowed ? 'now' : 'later', rules }
  const text = decision.allowed ? why(later[0]!) : `${decision.why}; ${why(later[0]!)}`
  return { allowed: false, verdict: 'later', until: until === 0 ? null : until, why: text, rules }
}

/** For the audit only: why the delivery was offered, or not yet. */
function audited({ id, tenant, args }: TaskCall, { allowed, until, why }: PolicyDecision): LifecycleEvent {
  const household = String(args['household'])
  const data = {
    device: String(args['device']),
    allowed,
    until: until === null ? null : new Date(until).toISOString(),
    why,
  }
  return { type: 'policy.decided', subject: id, ...(tenant && { tenant }), household, data }
}
