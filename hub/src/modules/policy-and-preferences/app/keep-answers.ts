import type { Tx } from '../../../platform/database.ts'
import type { Decided } from './decide-deliveries.ts'
import type { PolicyDependencies } from './dependencies.ts'
import type { DeliveryQuestion } from './question.ts'
import type { Answer, GivenAnswer } from './storage.ts'

/**
 * Keeps what was answered, for whoever asks later why a delivery came when it did. A delivery that went at once leaves nothing; an
 * answer that only says again what the one before did is counted there.
 */
export async function keepAnswers(
  { storage, clock }: Pick<PolicyDependencies, 'storage' | 'clock'>,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
  decided: readonly Decided[],
  latest: readonly Answer[],
): Promise<void> {
  const before = new Map(latest.map((answer) => [answer.delivery, answer]))
  const repeated: { id: number; until: Date | null }[] = []
  const added = new Map<string, GivenAnswer>()
  for (const [index, { decision }] of decided.entries()) {
    const { delivery, tenant, device, household } = questions[index]!
    if (delivery === null) continue
    const { asks: _asks, ...given } = decision
    const last = before.get(delivery)
    if (last === undefined && given.verdict === 'now') continue
    if (last !== undefined && last.decision.verdict === given.verdict && last.decision.why === given.why)
      repeated.push({ id: last.id, until: given.until === null ? null : new Date(given.until) })
    else added.set(delivery, { delivery, tenant, device, household, decision: given })
  }
  const at = new Date(clock.now())
  if (repeated.length > 0) await storage.answers.repeat(tx.sql, repeated, at)
  if (added.size > 0) await storage.answers.add(tx.sql, [...added.values()], at)
}
