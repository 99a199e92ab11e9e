import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { channel } from '../service-definitions/index.ts'
import { requestStates } from './app/release-storage.ts'

/** Releases that a second person decides, and withdrawals. */

export { versionParams } from './contract.ts'

export const ruleBody = z.strictObject({
  secondPerson: z.boolean().describe('A version is released by another person than who published it.'),
})
export const ruleAnswer = ruleBody
  .extend({ changedBy: z.string().nullable(), changedAt: z.iso.datetime().nullable() })
  .meta({ id: 'ReleaseRule' })

const who = z.object({ id: z.string(), name: z.string() })
export const releaseRequestParams = z.object({ id: storableText(64).min(1) })
export const releaseRequestBody = z.strictObject({
  channel: channel.default('stable'),
  note: storableText(2000).default('').describe('For whoever decides.'),
})
export const decisionBody = z.strictObject({ reason: storableText(2000).default('') })
export const refusalBody = z.strictObject({ reason: storableText(2000).min(1) })
export const releaseRequestQuery = pageQuery.extend({
  state: z.enum(requestStates).optional(),
  service: storableText(64).optional(),
})
export const releaseRequestAnswer = z
  .object({
    id: z.string(),
    service: z.string(),
    version: z.string(),
    channel,
    note: z.string(),
    state: z.enum(requestStates),
    askedBy: who,
    askedAt: z.iso.datetime(),
    decidedBy: who.nullable(),
    decidedAt: z.iso.datetime().nullable(),
    reason: z.string(),
    mayDecide: z.boolean().describe('Whether whoever asks could approve it.'),
  })
  .meta({ id: 'ReleaseRequest' })

export const withdrawalBody = z.strictObject({
  reason: storableText(2000).min(1),
  rollBack: z.boolean().default(false).describe('Order the previous version for every household that has this one.'),
})
export const withdrawalAnswer = z
  .object({
    service: z.string(),
    version: z.string(),
    state: z.string().describe('Of the version.'),
    installed: z.number().int().describe('Devices that have it.'),
    pending: z.number().int().describe('Devices that are to get it.'),
    subscriptions: z.number().int().describe('Households whose subscription is to it.'),
    previous: z.string().nullable().describe('The version that households would go back to.'),
    consequences: z.array(z.string()).describe('What a withdrawal means, in sentences.'),
    withdrawn: z
      .object({
        reason: z.string(),
        by: who,
        at: z.iso.datetime(),
        rollBack: z
          .object({
            to: z.string(),
            state: z.enum(['running', 'done']),
            placed: z.number().int().describe('Orders.'),
            refused: z.number().int().describe('Households for which it could not be ordered.'),
            refusals: z.array(z.object({ household: z.string(), detail: z.string() })).max(20),
          })
          .nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Withdrawal' })
