import { CallerError, OutsideError } from '../../../../platform/errors.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { asCampaign, orderFor, Overtaken } from './ordering.ts'
import type { Campaign, NextHousehold, Wave } from './campaign.ts'

/** Orders that wait for one another's commit at once. */
const together = 200

/**
 * Orders for the next devices of a wave: one order for each household, written in one transaction with its targets, so that none
 * is ordered for twice, whatever breaks. @returns for how many devices
 */
export async function placeWave(
  deps: CampaignDependencies,
  campaign: Campaign,
  wave: Pick<Wave, 'number' | 'band' | 'toLot'>,
  zones: readonly string[],
  most: number,
  abort: AbortSignal,
): Promise<number> {
  const next = await deps.campaigns.nextHouseholds(campaign.id, wave, zones, most)
  let placed = 0
  for (let from = 0; from < next.length && !abort.aborted; from += together) {
    const done = await Promise.all(
      next.slice(from, from + together).map((home) => placeFor(deps, campaign, wave.number, home)),
    )
    placed += done.reduce<number>((sum, devices) => sum + (devices ?? 0), 0)
    if (done.includes(null)) break
  }
  return placed
}

/** @returns for how many devices; null when the hub cannot take orders now */
async function placeFor(
  deps: CampaignDependencies,
  campaign: Campaign,
  wave: number,
  { household, devices }: NextHousehold,
): Promise<number | null> {
  const { id } = campaign
  const which = { campaign: id, wave, household, devices }
  try {
    const by = asCampaign(deps, campaign, household)
    await deps.place(by, orderFor(campaign, household, devices), async (tx, { order, items }) => {
      const own = items.find((item) => item.service === campaign.document.order.service)
      const refused = order.state === 'rejected' ? order.detail || 'the order was rejected' : null
      const marked = { id: order.id, before: own?.before?.version ?? '', refused }
      if ((await deps.campaigns.markOrdered(tx, which, marked)) !== devices.length) throw new Overtaken()
    })
    return devices.length
  } catch (error) {
    if (error instanceof Overtaken) return 0
    if (error instanceof OutsideError) return null
    if (!(error instanceof CallerError)) throw error
    await deps.database.transaction((tx) => deps.campaigns.markRefused(tx, which, error.message.slice(0, 500)))
    return devices.length
  }
}
