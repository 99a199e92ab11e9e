import type { CampaignDependencies } from './dependencies.ts'
import { planSlice } from './plan-slice.ts'
import type { Campaign } from './campaign.ts'

/** Devices that one look goes through for those that came to match. */
const slice = 2_000

/**
 * Takes in devices that have come to match the selection since it was planned: one page of all that match, page by page and again
 * from the beginning. New devices have the highest ids, so the last page is looked at each time, too.
 * @returns whether any joined
 */
export async function joinDevices(deps: CampaignDependencies, campaign: Campaign): Promise<boolean> {
  const { id, tenant, document, planNumber, joinedTo, planCursor } = campaign
  if (!document.joining || (campaign.state !== 'running' && campaign.state !== 'waiting')) return false
  const newest = await deps.entities.targets.page(tenant, document.selection, planCursor, slice)
  const rolling = await deps.entities.targets.page(tenant, document.selection, joinedTo, slice)
  const rows = [...new Map([...rolling.rows, ...newest.rows].map((row) => [row.device, row])).values()]
  const next = rolling.more ? rolling.last : null
  return await deps.database.transaction(async (tx) => {
    const { targets } = await planSlice(deps, tx, campaign, rows)
    const joined = await deps.campaigns.writeTargets(tx, id, planNumber, targets)
    await deps.campaigns.change(tx, id, { joinedTo: next, planCursor: newest.last }, new Date(deps.clock.now()))
    return joined.length > 0
  })
}
