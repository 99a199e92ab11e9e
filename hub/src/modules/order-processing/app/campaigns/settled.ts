import { outcomeOf, returnOf } from '../../domain/campaigns/outcome.ts'
import type { CampaignDependencies } from './dependencies.ts'
import type { Outcome, SettledTarget } from './campaign.ts'

/** Orders of which one transaction takes the outcomes, and transactions of one look. */
const ordersAtOnce = 500
const rounds = 10

/** Takes what became of the campaign's orders, some thousand at most. @returns whether anything did */
export async function takeOutcomes(deps: CampaignDependencies, campaign: string, abort: AbortSignal): Promise<boolean> {
  let heard = false
  for (let round = 0; round < rounds && !abort.aborted; round++) {
    const more = await deps.database.transaction(async (tx) => {
      const settled = await deps.campaigns.takeSettled(tx, campaign, ordersAtOnce)
      await deps.campaigns.recordOutcomes(tx, campaign, settled.map(outcome))
      return (await deps.campaigns.addUp(tx, campaign, 20_000)) || settled.length > 0
    })
    if (!more) break
    heard = true
  }
  return heard
}

function outcome(target: SettledTarget): Outcome {
  const { order, device, back } = target
  const { state, reason } = back ? returnOf(target) : outcomeOf(target)
  return { order, device, back, state, reason: reason.slice(0, 500) }
}
