import type { Task, TaskCall } from '../../../engine/index.ts'
import type { LifecycleEvent } from '../../../platform/events.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import { decideDeliveries } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'

/**
 * Engine task `policy.decide(device, household, service)`: may this delivery be offered now? Ends with
 * `{verdict: now|later, allowed, until, why}`; `until` (RFC 3339) says when to ask again and is '' when allowed. `allowed` is for the
 * deliveries that began on the pattern's first version.
 */
export function policyDecide(deps: PolicyDependencies): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const questions = calls.map(({ args }) => ({
        device: String(args['device']),
        household: String(args['household']),
      }))
      const decisions = await decideDeliveries(deps, tx.sql, questions)
      tx.audit.events.push(...calls.map((call, index) => audited(call, decisions[index]!)))
      return decisions.map(({ allowed, until, why }) => ({
        done: {
          verdict: allowed ? 'now' : 'later',
          allowed,
          until: until === null ? '' : new Date(until).toISOString(),
          why,
        },
      }))
    },
  }
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
