import { actAsHub } from '../../../platform/acting.ts'
import type { Clock } from '../../../platform/clock.ts'
import { countedSeldom } from '../../../platform/counted-seldom.ts'
import { beginningOf, day, hour, pointsOf, type Outcome, type OutcomePoint, type spans } from '../domain/outcomes.ts'
import type { WorkTally } from '../overview-contract.ts'

export interface TallyStorage {
  /** Reads a tenant's orders and subscriptions whole, by indexes. */
  workTally(tenant: string): Promise<Omit<WorkTally, 'countedAt'>>
  /** Ends of deliveries since then, in any order; an hour may have several for one state. */
  outcomes(tenant: string, since: Date): Promise<Outcome[]>
  /** One row for each tenant, hour and state instead of many; those before `kept` are forgotten. */
  addUpOutcomes(before: { readonly added: Date; readonly kept: Date }): Promise<void>
}

/** Hours are kept for so long. */
const retention = 31 * day

/** The work in numbers. */
export function workTallies({ clock, storage }: { readonly clock: Clock; readonly storage: TallyStorage }) {
  const counted = countedSeldom<Omit<WorkTally, 'countedAt'>>(clock)
  return {
    async work(tenant: string): Promise<WorkTally> {
      const { value, at } = await counted(tenant, () => storage.workTally(tenant))
      return { countedAt: new Date(at).toISOString(), ...value }
    },

    /** Oldest first, without gaps. */
    async outcomes(tenant: string, span: keyof typeof spans): Promise<OutcomePoint[]> {
      const now = clock.now()
      return pointsOf(span, await storage.outcomes(tenant, new Date(beginningOf(span, now))), now)
    },

    /** Housekeeping; any hub may do it at any time. */
    addUp: (): Promise<void> =>
      actAsHub(() => {
        const now = clock.now()
        return storage.addUpOutcomes({ added: new Date(now + hour), kept: new Date(now - retention) })
      }),
  }
}
