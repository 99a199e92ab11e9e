import { z } from 'zod'
import { displayName, entityId } from './contract.ts'
import { fleetFilter } from './fleet-filter.ts'

const devicesOfRequest = z.array(entityId).min(1).max(1000)

/** Which devices something is about. Means the same wherever it is asked for. */
export const selection = z
  .object({
    devices: devicesOfRequest.optional().describe('These.'),
    group: entityId.optional().describe('Those of the group, as it is at the time.'),
    filter: fleetFilter.optional(),
  })
  .strict()
  .refine(
    (given) => Object.values(given).filter((part) => part !== undefined).length === 1,
    'Say one of `devices`, `group` and `filter`.',
  )
  .meta({ id: 'DeviceSelection' })
export type DeviceSelection = z.output<typeof selection>

export const newGroup = z
  .object({
    name: displayName,
    filter: fleetFilter.optional().describe('Makes it a live group: whatever matches is in it.'),
    devices: z.array(entityId).max(1000).optional().describe('Makes it a static group, of these to begin with.'),
  })
  .refine(
    ({ filter, devices }) => (filter === undefined) !== (devices === undefined),
    'Say either `filter` or `devices`; a static group may begin with none: [].',
  )
export const groupChange = z.object({
  name: displayName.optional(),
  filter: fleetFilter.optional().describe('Of a live group.'),
})
export const membersChange = z
  .object({ add: z.array(entityId).max(1000).default([]), remove: z.array(entityId).max(1000).default([]) })
  .describe('Of a static group. What is there already, or is not, is passed over.')
export const membersChanged = z.object({ added: z.number().int(), removed: z.number().int() })
export const groupView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['static', 'live']),
    filter: z.string().nullable().describe('Of a live group.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'DeviceGroup' })
export const countQuery = z
  .object({ filter: fleetFilter.optional(), group: entityId.optional() })
  .refine(({ filter, group }) => filter === undefined || group === undefined, 'Say either `filter` or `group`.')
export const countView = z.object({ count: z.number().int() })
export const filterFields = z
  .object({
    fields: z.array(
      z.object({
        name: z.string().describe('`[]`: of each in a list, as `exists` has them.'),
        kind: z.string(),
        about: z.string(),
        values: z.array(z.string()).optional().describe('All that it can be.'),
      }),
    ),
  })
  .meta({ id: 'FilterFields' })
