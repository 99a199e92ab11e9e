import { CallerError, OutsideError } from '../../../../platform/errors.ts'
import { nothingToReturn } from '../../domain/campaigns/returning.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { asCampaign, orderBack, Overtaken } from './ordering.ts'
import type { Campaign, Standing, ToReturn } from './campaign.ts'

/** Orders that wait for one another's commit at once. */
const together = 200

/**
 * Brings households back to where the campaign found them, also those whose devices are away: their orders wait for them, and what
 * was on its way to them is dropped. @returns for how many devices
 */
export async function returnHouseholds(
  deps: CampaignDependencies,
  campaign: Campaign,
  most: number,
  abort: AbortSignal,
): Promise<number> {
  const next = await deps.campaigns.toReturn(campaign.id, most)
  const standing = await deps.campaigns.standing(
    campaign.document.order.service,
    next.map(({ household }) => household),
  )
  let done = 0
  for (let from = 0; from < next.length && !abort.aborted; from += together) {
    const slice = next.slice(from, from + together)
    const devices = await Promise.all(
      slice.map((home) => returnOne(deps, campaign, home, standing.get(home.household) ?? null)),
    )
    done += devices.reduce<number>((sum, each) => sum + (each ?? 0), 0)
    if (devices.includes(null)) break
  }
  return done
}

/** @returns for how many devices; null when the hub cannot take orders now */
async function returnOne(
  deps: CampaignDependencies,
  campaign: Campaign,
  { household, order, before, devices }: ToReturn,
  standing: Standing | null,
): Promise<number | null> {
  const { id, document } = campaign
  const settle = (state: 'kept' | 'returned' | 'not-returned', reason: string) =>
    deps.database.transaction((tx) => deps.campaigns.markReturned(tx, id, order, { state, reason }))
  const nothing = nothingToReturn(document.order.action, { order, before, standing })
  if (nothing !== null) {
    await settle(nothing.state, nothing.reason)
    return devices.length
  }
  try {
    const by = asCampaign(deps, campaign, household)
    await deps.place(by, orderBack(campaign, household, devices, before), async (tx, { order: back }) => {
      if (back.state === 'rejected')
        await deps.campaigns.markReturned(tx, id, order, {
          state: 'not-returned',
          reason: back.detail || 'the order was rejected',
        })
      else if ((await deps.campaigns.markReturning(tx, id, order, back.id)) !== devices.length) throw new Overtaken()
    })
    return devices.length
  } catch (error) {
    if (error instanceof Overtaken) return 0
    if (error instanceof OutsideError) return null
    if (!(error instanceof CallerError)) throw error
    await settle('not-returned', error.message.slice(0, 500))
    return devices.length
  }
}
