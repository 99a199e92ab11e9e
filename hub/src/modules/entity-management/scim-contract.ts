import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { displayName, entityId } from './contract.ts'
import { maxResults } from './domain/scim/discovery.ts'

/** Checked by the schemas of SCIM itself, whose names have no case. */
export const scimBody = z
  .looseObject({})
  .meta({ id: 'ScimResource', description: 'A resource of SCIM 2.0: GET /scim/v2/Schemas has its attributes.' })
export const scimPatchBody = z
  .looseObject({})
  .meta({ id: 'ScimPatch', description: 'A PatchOp message (RFC 7644, 3.5.2).' })
export const scimBulkBody = z.looseObject({}).meta({ id: 'ScimBulk', description: 'A BulkRequest (RFC 7644, 3.7).' })
export const scimBulkAnswer = z
  .looseObject({
    schemas: z.array(z.string()),
    Operations: z.array(
      z.object({
        method: z.string(),
        bulkId: z.string().optional(),
        location: z.string().optional(),
        version: z.string().optional(),
        status: z.string(),
        response: z.looseObject({}).optional(),
      }),
    ),
  })
  .meta({ id: 'ScimBulkResponse', description: 'A BulkResponse (RFC 7644, 3.7).' })
export const scimList = z
  .looseObject({
    schemas: z.array(z.string()),
    totalResults: z.number().int(),
    startIndex: z.number().int(),
    itemsPerPage: z.number().int(),
    Resources: z.array(z.looseObject({})),
  })
  .meta({ id: 'ScimListResponse', description: 'A ListResponse message (RFC 7644, 3.4.2).' })

export const projectionQuery = z.object({
  attributes: storableText(2000).optional().describe('Comma-separated; only these.'),
  excludedAttributes: storableText(2000).optional().describe('Comma-separated; all but these.'),
})
const whole = z.coerce.number().int()
export const scimListQuery = projectionQuery.extend({
  filter: storableText(4096)
    .min(1)
    .optional()
    .describe('RFC 7644, 3.4.2.2; docs/guide/scim.md lists what it may name.'),
  startIndex: whole
    .max(1_000_000_000)
    .transform((given) => Math.max(1, given))
    .default(1)
    .describe('From 1.'),
  count: whole
    .transform((given) => Math.min(Math.max(0, given), maxResults))
    .default(maxResults)
    .describe(`At most ${maxResults}.`),
  sortBy: storableText(200)
    .min(1)
    .optional()
    .describe(
      'An attribute; of several values of it the primary one, else the first. In order of id where it is not said.',
    ),
  sortOrder: z
    .enum(['ascending', 'descending'])
    .default('ascending')
    .describe('What has no value comes last, or first.'),
})
export const scimIdParams = z.object({ id: storableText(256).min(1) })

const role = z.enum(['operator', 'developer', 'sponsor', 'subscriber', 'auditor'])
const roleSet = z.array(role).max(role.options.length)
const memberIds = z.array(entityId).max(1000)
export const newUserGroup = z.object({
  name: displayName,
  users: memberIds.default([]),
  roles: roleSet.default([]).describe('What everybody in it has; takes the right to write accounts.'),
})
export const userGroupChange = z.object({
  name: displayName.optional(),
  roles: roleSet.optional().describe('Takes the right to write accounts.'),
})
export const userGroupMembersChange = z.object({ add: memberIds.default([]), remove: memberIds.default([]) })
export const userGroupView = z
  .object({
    id: z.string(),
    name: z.string(),
    externalId: z.string().nullable().describe('Of the system that keeps it by SCIM.'),
    roles: z.array(role),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'UserGroup' })
export const listedUserGroup = userGroupView
  .extend({ members: z.number().int().describe('How many.') })
  .meta({ id: 'ListedUserGroup' })
export const userGroupQuery = pageQuery.extend({
  user: entityId.optional().describe('Only those that this person is in.'),
})
export const userGroupMember = z.object({ id: z.string(), name: z.string() })
