import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { consentStates } from './domain/situation.ts'

/** What households are asked, and what they answer. */

const instant = z.iso.datetime()
const subjectKind = z.enum(['service', 'category', 'update'])
const state = z.enum(consentStates)

export const consentAnswer = z
  .strictObject({
    household: storableText(64).min(1),
    kind: subjectKind.describe(
      'A service, all services of a category, or one update: that one version of a service comes by itself.',
    ),
    target: storableText(140).min(1).describe('Id of the service, name of the category, or `<service>@<version>`.'),
    answer: z.enum(['granted', 'denied', 'revoked']).describe('`revoked` takes back what was granted.'),
    reason: storableText(500).default(''),
  })
  .meta({ id: 'ConsentAnswer' })
export type ConsentAnswer = z.infer<typeof consentAnswer>

export const consentView = z
  .object({
    id: z.string(),
    household: z.string(),
    kind: subjectKind,
    target: z.string(),
    state,
    /** Delivery that it was first asked for; null when it was answered before anybody asked. */
    askedFor: z.string().nullable(),
    changedAt: instant,
  })
  .meta({ id: 'Consent' })

export const consentWithHistory = consentView
  .extend({
    history: z.array(
      z.object({
        state,
        at: instant,
        /** Principal; null: the hub asked. */
        by: z.string().nullable(),
        reason: z.string(),
        decision: z.string().nullable(),
        delivery: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ConsentWithHistory' })

export const consentQuery = pageQuery.extend({
  household: storableText(64).min(1).optional(),
  state: state.optional(),
})
