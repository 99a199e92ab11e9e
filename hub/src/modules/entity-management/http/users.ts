import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { directoryFailed } from '../../../platform/ldap-client.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { attributesInvalid } from '../app/attributes.ts'
import { gone, missing, requireHere, unknownHousehold } from '../app/codes.ts'
import { entryThere, entryUnknown } from '../app/directories/directories.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { idParams, newUser, userChange, userQuery, userView } from '../contract.ts'
import { isOperators, userObject } from './objects.ts'
import { userOut } from './views.ts'

const tag = 'Users'

export function userRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { users, addUser, directories }: EntityManagementApp,
): void {
  app.post(
    '/users',
    ...endpoint({
      id: 'createUser',
      summary: 'Adds a person',
      description: 'The person cannot log in by this alone: POST /api/v1/accounts gives an account.',
      tag,
      action: 'user.write',
      body: newUser,
      answer: { status: 201, schema: userView },
      problems: [unknownHousehold, attributesInvalid, entryUnknown, entryThere, directoryFailed],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'user.write', {})
      const { tenant } = c.get('principal')
      const { from, name = '', email = null, ...more } = valid(c, 'json')
      const made =
        from === undefined
          ? await addUser({ tenant, name, email, ...more })
          : await directories.adopt(tenant, from, more)
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/users/${made.id}`)
      return c.json(userOut(made), 201)
    },
  )

  app.get(
    '/users',
    ...endpoint({
      id: 'listUsers',
      summary: 'Lists people',
      tag,
      action: 'user.read',
      query: userQuery,
      answer: { status: 200, schema: pageSchema(userView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'user.read')
      const { limit, cursor, ...filter } = valid(c, 'query')
      const rows = await users.page({ limit: limit + 1, after: readCursor(cursor), ...filter }, scope)
      return c.json(pageOf(rows.map(userOut), limit, (row) => row.id))
    },
  )

  app.get(
    '/users/:id',
    ...endpoint({
      id: 'getUser',
      summary: 'Shows a person',
      tag,
      action: 'user.read',
      params: idParams,
      answer: { status: 200, schema: userView },
      problems: [notFound, gone],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const principal = c.get('principal')
      const [found] = await users.find([id])
      access.authorise(principal, 'user.read', userObject(principal, found))
      if (!found) throw missing('user', id)
      requireHere('user', found)
      c.header('etag', etagOf(found.version))
      return c.json(userOut(found))
    },
  )

  app.patch(
    '/users/:id',
    ...endpoint({
      id: 'changeUser',
      summary: 'Changes a person’s name, e-mail address, households, tags or attributes',
      tag,
      action: 'user.write',
      params: idParams,
      body: userChange,
      answer: { status: 200, schema: userView },
      problems: [notFound, gone, unknownHousehold, changedMeanwhile, ifMatchRequired, attributesInvalid],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const principal = c.get('principal')
      const wanted = valid(c, 'json')
      const changed = await users.change(id, wanted, (current) => {
        const object = userObject(principal, current)
        access.authorise(principal, 'user.write', object)
        if (isOperators(wanted)) access.authorise(principal, 'entity.label', object)
        requireHere('user', current)
        if (current) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(userOut(changed))
    },
  )
}
