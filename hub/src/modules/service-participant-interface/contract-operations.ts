import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { entityId, selection } from '../entity-management/index.ts'
import { devicePreferencesChange } from '../policy-and-preferences/index.ts'
import { operationStates } from './domain/operations/operation.ts'

const wishes = [
  z.strictObject({ kind: z.literal('decommission') }).describe('Takes them out of service for good.'),
  z
    .strictObject({ kind: z.literal('query-capabilities') })
    .describe('Has them report what they are: at once, or when they are back.'),
  z.strictObject({ kind: z.literal('add-to-group'), group: entityId }).describe('Puts them into a static group.'),
  z
    .strictObject({ kind: z.literal('remove-from-group'), group: entityId })
    .describe('Takes them out of a static group.'),
  devicePreferencesChange
    .safeExtend({ kind: z.literal('set-preferences') })
    .describe('Changes some of what devices themselves prefer; the rest of each document stays.'),
] as const
const orders = z
  .looseObject({ kind: z.literal('order') })
  .describe('Refused: an order for many devices is a campaign, with one wave if nothing is to be waited for.')

const wish = z.discriminatedUnion('kind', wishes)

export const previewRequest = z
  .strictObject({ selection, operation: z.discriminatedUnion('kind', [...wishes, orders]) })
  .meta({ id: 'DeviceOperationPreviewRequest' })

export const previewAnswer = z
  .object({
    token: z.string().describe('Starts exactly this: POST /device-operations. For whoever asked, once.'),
    expiresAt: z.iso.datetime(),
    operation: wish,
    selection,
    devices: z.int().describe('How many are selected.'),
    lookedAt: z.int().describe('How many of them were looked at one by one: all, or the first in order of id.'),
    complete: z.boolean(),
    first: z.array(
      z.object({
        id: z.string(),
        household: z.string(),
        class: z.string(),
        name: z.string(),
        would: z.boolean(),
        why: z.string().describe('Why not.'),
      }),
    ),
    refusals: z
      .array(
        z.object({
          code: z.string(),
          detail: z.string(),
          devices: z.int(),
          first: z.array(z.string()).describe('Some of them.'),
        }),
      )
      .describe('What it would not be done to, among those that were looked at.'),
  })
  .meta({ id: 'DeviceOperationPreview' })

export const operationRequest = z
  .strictObject({
    token: storableText(64).min(1).describe('Of the preview.'),
    perMinute: z.int().min(1).max(12_000).default(3_000).describe('Devices per minute at most.'),
  })
  .meta({ id: 'DeviceOperationRequest' })

export const operationView = z
  .object({
    id: z.string(),
    state: z.enum(operationStates),
    why: z.string().describe('Why it ended as it did.'),
    operation: wish,
    selection,
    planned: z.int().describe('Devices that were selected at its start.'),
    done: z.int(),
    skipped: z.int().describe('As the devices were, it was not to be done to them.'),
    failed: z.int(),
    perMinute: z.int(),
    startedBy: z.string(),
    until: z.iso.datetime().describe('When it is given up at the latest.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DeviceOperation' })

export const exceptionView = z
  .object({ device: z.string(), outcome: z.enum(['skipped', 'failed']), code: z.string(), detail: z.string() })
  .meta({ id: 'DeviceOperationException' })

export const operationQuery = pageQuery.extend({ state: z.enum(operationStates).optional() })

export const cancelRequest = z.object({ reason: storableText(500).default('') })
