import type { z } from 'zod'
import type { Act, Campaign, Target, Wave } from '../app/campaigns/campaign.ts'
import type { Preview } from '../app/campaigns/preview.ts'
import type { campaignAnswer, campaignWithWaves, previewAnswer, targetAnswer } from '../contract-campaigns.ts'

/** Campaigns as the API shows them. */

export function campaignView(campaign: Campaign): z.infer<typeof campaignAnswer> {
  const { id, name, state, why, version, currentWave, createdBy, startedBy, document } = campaign
  const { action, service } = document.order
  return {
    id,
    name,
    state,
    why,
    since: campaign.since.toISOString(),
    action,
    service,
    version,
    currentWave,
    createdBy,
    createdAt: campaign.createdAt.toISOString(),
    startedBy,
    startedAt: campaign.startedAt?.toISOString() ?? null,
  }
}

export function campaignWithWavesView(
  campaign: Campaign,
  waves: readonly Wave[],
  acts: readonly Act[],
): z.infer<typeof campaignWithWaves> {
  return {
    ...campaignView(campaign),
    document: campaign.document as unknown as Record<string, unknown>,
    waves: waves.map(waveView),
    acts: acts.map(({ act, wave, principal, name, reason, at, decision }) => {
      return { act, wave, by: principal, name, reason, at: at.toISOString(), decision }
    }),
  }
}

function waveView(wave: Wave): z.infer<typeof campaignWithWaves>['waves'][number] {
  const { number, size, open, done, failed, cancelled, returningOpen, returned, kept, notReturned } = wave
  return {
    number,
    size,
    open,
    done,
    failed,
    cancelled,
    returning: returningOpen,
    returned,
    kept,
    notReturned,
    beganAt: wave.beganAt?.toISOString() ?? null,
    placedAt: wave.placedAt?.toISOString() ?? null,
    passedAt: wave.passedAt?.toISOString() ?? null,
  }
}

export function targetView(target: Target): z.infer<typeof targetAnswer> {
  const { campaign, device, household, state, kind, reason, wave, order, backOrder, before } = target
  return { campaign, device, household, state, kind, reason, wave, order, backOrder, before }
}

export function previewView(campaign: Campaign, preview: Preview): z.infer<typeof previewAnswer> {
  const { planned, skipped, waves, classes, zones, bytes, order, forecast } = preview
  return {
    campaign: campaign.id,
    plannedAt: (campaign.plannedAt ?? campaign.updatedAt).toISOString(),
    planned,
    skipped: skipped.map(({ kind, devices, first }) => ({
      kind,
      devices,
      first: [...first],
    })),
    waves: waves.map(({ number, size, first }) => ({
      number,
      devices: size,
      first: [...first],
    })),
    classes: Object.fromEntries(classes),
    zones: Object.fromEntries(zones),
    bytes: {
      whole: bytes.total,
      changedFilesOnly: bytes.changed,
      withPatches: bytes.patched,
    },
    order: order.map((layer) => [...layer]),
    forecast: {
      likely: new Date(forecast.likely).toISOString(),
      late: new Date(forecast.late).toISOString(),
      basis: forecast.basis,
    },
  }
}
