import { z } from 'zod'
import { readDuration } from '@sutler/engine'
import { selection } from '../entity-management/index.ts'
import { storableText } from '../../platform/storable-text.ts'
import { campaignStates, targetStates } from './app/campaigns/campaign.ts'
import { defaults, maximumWaves, type CampaignDocument } from './domain/campaigns/document.ts'
import { skipKinds } from './domain/campaigns/eligible.ts'

/** Requests and answers about campaigns. */

const name = storableText(200).min(1)
const id = storableText(64).min(1)
const duration = storableText(40)
  .refine((text) => readDuration(text) !== null, 'This is no duration: write 15m, 12h, 7d or PT15M.')
  .transform((text) => readDuration(text)!)
const positiveDuration = duration.refine(
  (time) => time > 0 && time <= 366 * 86_400_000,
  'More than nothing, at most 366 days.',
)
const remedy = z.enum(['pause', 'abort', 'roll-back'])
const count = z.int().min(1).max(100_000_000)
const percent = z.number().gt(0).max(100)
const factor = z.number().min(1).max(1_000)

const waves = z.union([
  z
    .array(z.union([z.strictObject({ count }), z.strictObject({ percent }), z.strictObject({ group: id })]))
    .min(1)
    .max(maximumWaves - 1),
  z.strictObject({ first: z.union([z.strictObject({ count }), z.strictObject({ percent })]), factor }),
])

const gate = z.strictObject({
  after: z.union([z.int().min(1).max(maximumWaves), z.literal('each')]),
  success: z.number().optional(),
  errors: z.number().optional(),
  sample: z.int().min(1).max(100_000_000).optional(),
  soak: positiveDuration.optional(),
  within: positiveDuration.default(defaults.gateWithin),
  else: remedy.default('pause'),
})

/** As in preferences; checked where windows are read. */
const window = z.strictObject({
  kind: z.enum(['allow', 'deny']).default('allow'),
  name: storableText(64).min(1).optional(),
  /** Of the first, in the device's local time: `2026-06-01T22:00`. */
  dtstart: storableText(40),
  /** How it repeats, for example `FREQ=WEEKLY;BYDAY=SA,SU`; absent = once. */
  rrule: storableText(500).min(1).optional(),
  /** For example `PT4H`. */
  duration: storableText(40),
  exdate: z.array(storableText(40)).max(100).optional(),
})

export const campaignRequest = z
  .strictObject({
    name,
    /** The devices: a list, a group, or all that a CEL filter matches. */
    selection,
    /** Devices that come to match while it runs are taken in. */
    joining: z.boolean().default(false),
    order: z.strictObject({
      action: z.enum(['add', 'modify', 'suspend', 'resume', 'remove']),
      service: id,
      version: storableText(64).min(1).optional(),
      channel: z.enum(['alpha', 'beta', 'stable']).optional(),
      priority: z.int().min(0).max(4).optional(),
      allOrNothing: z.boolean().optional(),
    }),
    waves: waves.default([{ percent: 100 }]),
    rate: z
      .strictObject({
        perMinute: z.number().gt(0).max(1_000_000),
        grows: z.strictObject({ factor, every: positiveDuration, upTo: z.number().gt(0).max(1_000_000) }).optional(),
      })
      .default({ perMinute: defaults.perMinute }),
    gates: z.array(gate).max(maximumWaves).default([]),
    approvals: z
      .array(
        z.strictObject({
          before: z.int().min(1).max(maximumWaves),
          role: z.enum(['operator', 'developer', 'sponsor']).default('operator'),
          within: positiveDuration.default(defaults.approvalWithin),
          else: remedy.default('abort'),
        }),
      )
      .max(maximumWaves)
      .default([]),
    /** Windows in device-local time in which orders are placed; none = always. */
    windows: z.array(window).max(20).default([]),
    errorBudget: z
      .strictObject({
        share: z.number(),
        sample: z.int().min(1).max(100_000_000).default(20),
        else: remedy.default('pause'),
      })
      .nullable()
      .default(null),
    /** Of all of it, from its start. */
    within: positiveDuration.default(defaults.within),
    onDeadline: remedy.default('pause'),
    pauseAtMost: positiveDuration.default(defaults.pauseAtMost),
  })
  .meta({ id: 'CampaignRequest' })
export type CampaignRequest = z.infer<typeof campaignRequest>

/** The request is the document, its durations being milliseconds by now. */
export function documentOf(request: CampaignRequest): CampaignDocument {
  return request
}

const instant = z.iso.datetime()
const devices = z.int()

const waveAnswer = z
  .object({
    number: z.int(),
    /** Devices when it was planned. */
    size: devices,
    open: devices,
    done: devices,
    failed: devices,
    cancelled: devices,
    returning: devices,
    returned: devices,
    /** Changed by somebody else since, and left as they are. */
    kept: devices,
    notReturned: devices,
    beganAt: instant.nullable(),
    placedAt: instant.nullable(),
    passedAt: instant.nullable(),
  })
  .meta({ id: 'CampaignWave' })

export const campaignAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(campaignStates).meta({ id: 'CampaignState' }),
    /** Why it is in this state, and what it waits for. */
    why: z.string(),
    since: instant,
    action: z.string(),
    service: z.string(),
    version: z.string().nullable(),
    currentWave: z.int(),
    createdBy: z.string(),
    createdAt: instant,
    startedBy: z.string().nullable(),
    startedAt: instant.nullable(),
  })
  .meta({ id: 'Campaign' })

export const campaignWithWaves = campaignAnswer
  .extend({
    /** As it was written, durations in milliseconds. */
    document: z.record(z.string(), z.unknown()),
    waves: z.array(waveAnswer),
    acts: z.array(
      z.object({
        act: z.string(),
        wave: z.int().nullable(),
        by: z.string(),
        name: z.string(),
        reason: z.string(),
        at: instant,
        decision: z.string(),
      }),
    ),
  })
  .meta({ id: 'CampaignWithWaves' })

export const targetAnswer = z
  .object({
    campaign: z.string(),
    device: z.string(),
    household: z.string(),
    state: z.enum(targetStates).meta({ id: 'CampaignTargetState' }),
    /** For one that was left out. */
    kind: z.string(),
    reason: z.string(),
    /** 0 = none yet. */
    wave: z.int(),
    order: z.string().nullable(),
    backOrder: z.string().nullable(),
    /** The household's version before; '' for none, null before the order. */
    before: z.string().nullable(),
  })
  .meta({ id: 'CampaignTarget' })

export const previewAnswer = z
  .object({
    campaign: z.string(),
    plannedAt: instant,
    /** Devices that would be ordered for. */
    planned: devices,
    /** Devices that are left out, by why. */
    skipped: z.array(
      z.object({
        kind: z.enum(skipKinds),
        devices,
        first: z.array(z.object({ device: z.string(), reason: z.string() })),
      }),
    ),
    waves: z.array(z.object({ number: z.int(), devices, first: z.array(z.string()) })),
    classes: z.record(z.string(), devices),
    zones: z.record(z.string(), devices),
    bytes: z.object({
      /** Every file of every device. */
      whole: z.number(),
      /** Files whose content a device does not have. */
      changedFilesOnly: z.number(),
      /** The same, with patches where there are some. */
      withPatches: z.number(),
    }),
    /** Services in the order in which a household gets them: what is required first. */
    order: z.array(z.array(z.string())),
    forecast: z.object({ likely: instant, late: instant, basis: z.string() }),
  })
  .meta({ id: 'CampaignPreview' })

export const actRequest = z.strictObject({ reason: storableText(500).default('') }).meta({ id: 'CampaignActRequest' })

export const approvalRequest = z
  .strictObject({ wave: z.int().min(1).max(maximumWaves), reason: storableText(500).default('') })
  .meta({ id: 'CampaignApprovalRequest' })

export const deviceCampaignAnswer = targetAnswer.extend({ name: z.string() }).meta({ id: 'DeviceCampaign' })
