import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { linkKinds } from './domain/explanations/chain.ts'

const instant = z.iso.datetime()

const linkSchema = z
  .object({
    kind: z.enum(linkKinds).meta({ id: 'ExplanationLinkKind' }),
    at: instant.nullable().describe('When it happened; null where it holds all the time, or nobody noted when.'),
    sentence: z.string(),
    cause: z
      .int()
      .nullable()
      .describe('Place in the chain, from 0, of what caused it; null for a first cause. Always an earlier one.'),
    refs: z
      .object({
        order: z.string().optional(),
        delivery: z.string().optional(),
        device: z.string().optional(),
        firing: z.string().optional(),
        campaign: z.string().optional(),
        service: z.string().optional(),
        version: z.string().optional(),
      })
      .describe('Ids of what the sentence speaks of.'),
  })
  .meta({ id: 'ExplanationLink' })

export const explanationSchema = z
  .object({
    answer: z.string().describe('The whole in one sentence.'),
    chain: z.array(linkSchema).describe('From the wish to how it stands now; the last one says that, and why.'),
    now: z
      .object({
        waitsFor: z.string(),
        until: instant.nullable().describe('When that ends at the latest; null where no time is known.'),
      })
      .nullable()
      .describe('Null when nothing is waited for.'),
    next: z.string().nullable().describe('What happens then.'),
  })
  .meta({ id: 'Explanation' })

export const deviceAsked = z
  .object({
    service: storableText(64)
      .min(1)
      .optional()
      .describe('Why the device has, or has not, this service; absent = all that it has.'),
    version: storableText(64)
      .min(1)
      .optional()
      .describe('This version of it; absent = the one that the household has, or the newest that it could have.'),
  })
  .refine(({ service, version }) => version === undefined || service !== undefined, {
    path: ['version'],
    message: 'A version needs a service.',
  })
