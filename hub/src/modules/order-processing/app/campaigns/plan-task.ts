import type { TargetPage } from '../../../entity-management/index.ts'
import type { Task } from '../../../../engine/index.ts'
import { checkSizes } from '../../domain/campaigns/check.ts'
import { divide } from '../../domain/campaigns/waves.ts'
import { timeUp, type CampaignDependencies } from './dependencies.ts'
import { planSlice, sliceDevices } from './plan-slice.ts'
import type { Campaign } from './campaign.ts'

/**
 * `campaigns.plan(campaign)`: looks at the selection page by page, each with its targets and the place it came to in one
 * transaction, so that whoever goes on after a crash begins there. Ends after some seconds with how far it came:
 * `{finished, ok, why}`.
 */
export function planTask(deps: CampaignDependencies): Task {
  return {
    kind: 'external',
    async run({ args }, abort) {
      const id = String(args['campaign'])
      const begun = deps.clock.monotonic()
      let page: Promise<TargetPage> | null = null
      for (;;) {
        const campaign = await deps.campaigns.campaign(id)
        if (campaign?.state !== 'planning') return { finished: false, ok: false, why: '' }
        const read: TargetPage = await (page ?? readPage(deps, campaign, campaign.planCursor))
        if (abort.aborted || timeUp(deps.clock, begun)) return { finished: false, ok: true, why: '' }
        // The next page is read while this one is written down.
        page = read.more ? readPage(deps, campaign, read.last) : null
        // What goes wrong with it is told where it is awaited, if it is: until then nobody listens.
        page?.catch(() => {})
        if (!(await planPage(deps, campaign, read))) page = null
        else if (!read.more) return await finishPlan(deps, campaign)
      }
    },
  }
}

function readPage({ entities }: CampaignDependencies, { tenant, document }: Campaign, after: string | null) {
  return entities.targets.page(tenant, document.selection, after, sliceDevices)
}

/** @returns whether it was written down by us */
async function planPage(deps: CampaignDependencies, campaign: Campaign, { rows, last }: TargetPage): Promise<boolean> {
  if (last === null || last === campaign.planCursor) return true
  return await deps.database.transaction(async (tx) => {
    // Somebody else has looked at this page meanwhile: nothing is written twice.
    if (!(await deps.campaigns.advancePlan(tx, campaign, last))) return false
    const { targets, counts } = await planSlice(deps, tx, campaign, rows)
    await deps.campaigns.writeTargets(tx, campaign.id, campaign.planNumber, targets)
    await deps.campaigns.addCounts(tx, campaign.id, campaign.planNumber, counts)
    return true
  })
}

async function finishPlan(
  deps: CampaignDependencies,
  campaign: Campaign,
): Promise<{ finished: boolean; ok: boolean; why: string }> {
  const { id, planNumber, document } = campaign
  const more = await deps.database.transaction((tx) => deps.campaigns.forgetOlder(tx, id, planNumber, 20_000))
  if (more) return { finished: false, ok: true, why: '' }
  const counts = await deps.campaigns.counts(id, planNumber)
  const bands = new Map(counts.filter(({ what }) => what === 'band').map(({ key, devices }) => [Number(key), devices]))
  const planned = [...bands.values()].reduce((sum, devices) => sum + devices, 0)
  const skipped = counts.filter(({ what }) => what === 'skip').reduce((sum, { devices }) => sum + devices, 0)
  if (planned === 0)
    return { finished: true, ok: false, why: `no device is to get it: ${skipped} match, and all of them are left out` }
  const now = new Date(deps.clock.now())
  await deps.database.transaction(async (tx) => {
    // One at a time, should another hub have taken the task over.
    await deps.campaigns.campaignForUpdate(tx, id)
    await deps.campaigns.writeWaves(tx, id, divide(document.waves, bands))
    await deps.campaigns.change(tx, id, { plannedAt: now }, now)
  })
  const sizes = (await deps.campaigns.waves(id)).map(({ size }) => size)
  const [finding] = checkSizes(document, sizes)
  if (finding !== undefined) return { finished: true, ok: false, why: `${finding.pointer}: ${finding.detail}` }
  return { finished: true, ok: true, why: `${planned} devices in ${counted(sizes.length)}, ${skipped} left out` }
}

function counted(waves: number): string {
  return waves === 1 ? 'one wave' : `${waves} waves`
}
