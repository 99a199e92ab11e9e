import { z } from 'zod'
import { deviceClasses, deviceProtocols, deviceStates } from './domain/entities.ts'

/** How a fleet stands, and how it stood: counts, not devices. */

const instant = z.iso.datetime()
const counts = { devices: z.int(), reachable: z.int().describe('Of them, connected.') }

export const fleetTally = z
  .object({
    countedAt: instant.describe(
      'When it was counted: a second ago at best, and the longer ago the longer counting takes; at most a minute.',
    ),
    ...counts,
    byClass: z.array(z.object({ class: z.enum(deviceClasses), ...counts })),
    byProtocol: z.array(z.object({ protocol: z.enum(deviceProtocols), ...counts })),
    byState: z.array(z.object({ state: z.enum(deviceStates), ...counts })),
  })
  .meta({ id: 'FleetTally', description: 'Devices that are not decommissioned, but in `byState`.' })
export type FleetTally = z.infer<typeof fleetTally>

export const spanQuery = z.object({
  span: z.enum(['day', 'month']).default('day').describe('The last 24 hours, or the last 30 days.'),
})

export const presenceSeries = z
  .object({ points: z.array(z.object({ at: instant, ...counts })) })
  .meta({ id: 'PresenceSeries', description: 'Oldest first; every five minutes of a day, every hour of a month.' })
