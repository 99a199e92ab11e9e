import type { Hono } from 'hono'
import { z } from 'zod'
import type { Access, Scope } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { entityId } from '../contract.ts'

const namesQuery = z.object({
  ids: z
    .string()
    .max(7000)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(entityId).max(100))
    .default([])
    .describe('Ids of devices, households, people and groups, comma-separated: at most 100.'),
})

const names = z
  .object({ names: z.array(z.object({ id: z.string(), name: z.string() })) })
  .meta({ id: 'Names', description: 'Those that the caller may see, in no particular order.' })

/** What things are called, for whoever has their ids: one question for a whole list. */
export function nameRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { devices, households, users, groups }: EntityManagementApp,
): void {
  app.get(
    '/names',
    ...endpoint({
      id: 'listNames',
      summary: 'Says what devices, households, people and groups are called',
      tag: 'Devices',
      action: 'name.read',
      query: namesQuery,
      answer: { status: 200, schema: names },
    }),
    async (c) => {
      const principal = c.get('principal')
      access.scope(principal, 'name.read')
      const { ids } = valid(c, 'query')
      const seenBy = {
        device: access.visible(principal, 'device.read'),
        household: access.visible(principal, 'household.read'),
        user: access.visible(principal, 'user.read'),
        group: access.visible(principal, 'group.read'),
      }
      const found = await Promise.all([devices.find(ids), households.find(ids), users.find(ids), groups.findAll(ids)])
      const [device, household, user, group] = found
      const seen = [
        ...device.filter((each) => mine(seenBy.device, each.tenant, [each.household])),
        ...household.filter((each) => mine(seenBy.household, each.tenant, [each.id])),
        ...user.filter((each) => mine(seenBy.user, each.tenant, each.households, each.id)),
        ...group.filter((each) => seenBy.group.all && each.tenant === seenBy.group.tenant),
      ]
      return c.json({ names: seen.map(({ id, name }) => ({ id, name })) })
    },
  )
}

function mine({ tenant, all, households, owner }: Scope, of: string, homes: readonly string[], id?: string): boolean {
  return tenant === of && (all || id === owner || homes.some((home) => households.includes(home)))
}
