import { z } from 'zod'
import { campaignStates } from './app/campaigns/campaign.ts'
import { orderStates } from './domain/order-states.ts'
import { deliveryStates } from './domain/states.ts'

/** How the work stands, and how it went: counts. */

const instant = z.iso.datetime()

export const workTally = z
  .object({
    countedAt: instant.describe(
      'When it was counted: a second ago at best, and the longer ago the longer counting takes; at most a minute.',
    ),
    orders: z.array(z.object({ state: z.enum(orderStates), orders: z.int() })),
    jeopardy: z
      .object({ amber: z.int(), red: z.int() })
      .describe('Orders that are not over and may not be, or are not, carried out in time.'),
    deliveries: z
      .array(z.object({ state: z.enum(deliveryStates), deliveries: z.int() }))
      .describe('Those that are not over.'),
    campaigns: z.array(z.object({ state: z.enum(campaignStates), campaigns: z.int() })),
    subscriptions: z
      .array(z.object({ service: z.string(), version: z.string(), subscriptions: z.int() }))
      .describe('Living ones, the most frequent first, at most 200 versions.'),
  })
  .meta({ id: 'WorkTally' })
export type WorkTally = z.infer<typeof workTally>

export const spanQuery = z.object({
  span: z.enum(['day', 'month']).default('day').describe('The last 24 hours, or the last 30 days.'),
})

export const outcomeSeries = z
  .object({
    points: z.array(
      z.object({
        at: instant.describe('When the hour, or the day (UTC), began.'),
        confirmed: z.int(),
        failed: z.int(),
        cancelled: z.int(),
      }),
    ),
  })
  .meta({ id: 'OutcomeSeries', description: 'Oldest first, without gaps: every hour of a day, every day of a month.' })
