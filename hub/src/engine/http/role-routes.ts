import type { Hono } from 'hono'
import type { z } from 'zod'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../platform/http/page.ts'
import { assignRequest, roleParams, roleSchema } from '../contract/roles.ts'
import { contractUnmet, unknownModel, unknownRole } from '../errors.ts'
import type { FilledRole } from '../roles/roles.ts'
import { tag, type Served } from './served.ts'

/** Which models fill the platform's roles. */
export function roleRoutes(app: Hono<ApiEnv>, { access, roles }: Served): void {
  app.get(
    '/roles',
    ...endpoint({
      id: 'listRoles',
      summary: 'The roles that models fill, what each has to keep, and who fills it',
      tag,
      action: 'model.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(roleSchema) },
    }),
    (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { limit, cursor } = valid(c, 'query')
      const after = readCursor(cursor) ?? ''
      const all = roles.list().map(view)
      const rest = all.filter(({ role }) => role > after).toSorted((a, b) => (a.role < b.role ? -1 : 1))
      return c.json(pageOf(rest.slice(0, limit + 1), limit, ({ role }) => role))
    },
  )
  app.put(
    '/roles/:role',
    ...endpoint({
      id: 'assignRole',
      summary: 'Chooses the version of a model that fills a role',
      description: 'New instances start on it; running ones stay on theirs until they are moved.',
      tag,
      action: 'model.write',
      params: roleParams,
      body: assignRequest,
      answer: { status: 200, schema: roleSchema },
      problems: [unknownRole, unknownModel, contractUnmet],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.write')
      const filled = await roles.assign(valid(c, 'param').role, valid(c, 'json').version, c.get('principal').id)
      return c.json(view(filled))
    },
  )
}

function view({ contract, version, assigned, findings }: FilledRole): z.infer<typeof roleSchema> {
  const { role, title, signals, states, tasks, called = [], returns = [], calls = [], sends = {} } = contract
  return {
    role,
    title,
    version,
    assigned: assigned && {
      version: assigned.version,
      by: assigned.assignedBy,
      at: assigned.assignedAt.toISOString(),
    },
    findings: findings.map((finding) => ({ ...finding, witness: undefined })),
    contract: {
      signals: Object.fromEntries(Object.entries(signals).map(([name, args]) => [name, { ...args }])),
      called: [...called],
      returns: [...returns],
      states: [...states],
      tasks: [...tasks],
      calls: [...calls],
      sends: Object.fromEntries(Object.entries(sends).map(([to, names]) => [to, [...names]])),
    },
  }
}
