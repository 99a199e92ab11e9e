import { CallerError } from '../../../../platform/errors.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { asCampaign } from './ordering.ts'
import type { Campaign } from './campaign.ts'

/** Asks for open orders of an aborted campaign to be cancelled, each once. @returns how many */
export async function cancelOpen(deps: CampaignDependencies, campaign: Campaign, most: number): Promise<number> {
  const orders = await deps.campaigns.openOrders(campaign.id, campaign.cancelledTo ?? '', most)
  for (const order of orders) {
    try {
      await deps.cancel(asCampaign(deps, campaign, ''), order, `campaign ${campaign.name} was aborted`)
    } catch (error) {
      // It has ended meanwhile, or is past the point of no return: its end is noted when it comes.
      if (!(error instanceof CallerError)) throw error
    }
  }
  const last = orders.at(-1)
  if (last !== undefined)
    await deps.database.transaction((tx) =>
      deps.campaigns.change(tx, campaign.id, { cancelledTo: last }, new Date(deps.clock.now())),
    )
  return orders.length
}
