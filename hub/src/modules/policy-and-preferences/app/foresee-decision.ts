import type { Tx } from '../../../platform/database.ts'
import type { DeliveryFacts } from '../../order-processing/index.ts'
import type { PolicyDecision } from '../domain/decide.ts'
import type { PolicyVerdict } from '../domain/policies/delivery-verdicts.ts'
import { decideAll } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'
import { readSituations } from './situations.ts'

/** An install that nobody has ordered; of which version and size is not said. */
export interface Imagined {
  readonly tenant: string
  readonly device: string
  readonly household: string
  readonly service: string | null
  readonly origin: string
  readonly priority: number
}

/** What policies would say of it. */
export type ForeseenByPolicies = (
  tx: Tx,
  question: { readonly tenant: string; readonly device: string; readonly household: string; readonly service: string },
  facts: Omit<DeliveryFacts, 'id'>,
) => Promise<readonly PolicyVerdict[]>

/** What would be decided about a delivery to the device now: nothing is kept, and nobody is asked. */
export async function foreseeDecision(
  deps: PolicyDependencies,
  policies: ForeseenByPolicies,
  { origin, priority, ...about }: Imagined,
): Promise<PolicyDecision> {
  const kind = 'install'
  const facts = { kind, service: about.service, version: null, bytes: 0, priority, origin }
  const question = { ...about, delivery: null, facts }
  const own = { ...about, service: about.service ?? '' }
  const unsaid = { order: '', version: '', bytes: 0, files: 0, purpose: 'carry-out' } as const
  return await deps.database.transaction(async (tx) => {
    const [situations, said] = await Promise.all([
      readSituations({ ...deps, factsOf: async () => new Map() }, tx.sql, [question]),
      policies(tx, own, { ...unsaid, kind, service: own.service, priority, origin: { kind: origin, id: '' } }),
    ])
    const [decided] = decideAll([question], situations, [said])
    return decided!.decision
  })
}
