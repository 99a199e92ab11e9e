import type { Milliseconds } from '../../../platform/clock.ts'
import type { PolicyDependencies } from './dependencies.ts'

/** Bytes of past months are counted no more. */
const meteredKept: Milliseconds = 62 * 86_400_000
const together = 5_000
/** Rounds of one sweep. */
const most = 20

/** Forgets answers that are older than `kept`, and what went over metered links in months that are over. */
export async function forgetOld(
  { storage, database, clock }: Pick<PolicyDependencies, 'storage' | 'database' | 'clock'>,
  kept: Milliseconds,
): Promise<void> {
  const now = clock.now()
  for (let round = 0; round < most; round += 1) {
    const answers = await storage.answers.forget(database.sql, new Date(now - kept), together)
    const uses = await storage.metered.forget(database.sql, new Date(now - meteredKept), together)
    if (answers < together && uses < together) return
  }
}
