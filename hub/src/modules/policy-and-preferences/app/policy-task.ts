import type { Task } from '../../../engine/index.ts'
import { decideDeliveries } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'

/**
 * Engine task `policy.decide(device, household, service)`: may this delivery be offered now? Ends with
 * `{allowed, until, why}`; `until` (RFC 3339) says when to ask again and is '' when allowed.
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
      return decisions.map(({ allowed, until, why }) => ({
        done: { allowed, until: until === null ? '' : new Date(until).toISOString(), why },
      }))
    },
  }
}
