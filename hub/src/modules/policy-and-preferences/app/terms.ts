import type { DeliveryTerms } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import type { PolicyVerdict } from '../domain/policies/delivery-verdicts.ts'
import { decideAll } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'
import { factsOf } from './policy-task.ts'
import { readSituations } from './situations.ts'

/** What policies say of a delivery that was offered. */
type SaidByPolicies = (
  tx: Tx,
  question: {
    readonly delivery: string
    readonly tenant: string
    readonly device: string
    readonly household: string
    readonly service: string
  },
) => Promise<readonly PolicyVerdict[]>

/**
 * Asked again while a device has the delivery in hand: quiet hours may have begun since it was offered. Nothing is kept, and nobody is
 * asked. Null when the delivery is over.
 */
export async function termsOf(
  deps: PolicyDependencies,
  policies: SaidByPolicies,
  delivery: string,
): Promise<DeliveryTerms | null> {
  const found = await deps.orders.underWay(delivery)
  if (found === null) return null
  const { due, ...about } = found
  const question = { ...about, delivery }
  return deps.database.transaction(async (tx) => {
    const [situations, said] = await Promise.all([
      readSituations({ ...deps, factsOf: factsOf(deps, tx) }, tx.sql, [question]),
      policies(tx, question),
    ])
    const [decided] = decideAll([question], situations, [said])
    return { mayInstall: decided!.decision.verdict === 'now', due }
  })
}
