import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { keyTooPowerful, missing } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { apiKeyQuery, apiKeyView, newApiKey, newApiKeyView } from '../contract/accounts.ts'
import { idParams } from '../contract/parts.ts'
import { apiKeyOut } from './views.ts'

const tag = 'API keys'

export function apiKeyRoutes(app: Hono<ApiEnv>, access: Access, { apiKeys }: RegistrationApp): void {
  app.post(
    '/api-keys',
    ...endpoint({
      id: 'createApiKey',
      summary: 'Makes a key by which a system acts on one’s behalf',
      description: 'It has at most the roles of whoever makes it, now and later, and ends by itself.',
      tag,
      action: 'api-key.write',
      body: newApiKey,
      answer: { status: 201, schema: newApiKeyView, secret: true },
      problems: [keyTooPowerful],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'api-key.write', { owner: principal.id })
      const { apiKey, key } = await apiKeys.add(principal, valid(c, 'json'))
      c.header('cache-control', 'no-store')
      return c.json({ ...apiKeyOut(apiKey), key }, 201)
    },
  )

  app.get(
    '/api-keys',
    ...endpoint({
      id: 'listApiKeys',
      summary: 'Lists API keys: one’s own, operators everybody’s',
      tag,
      action: 'api-key.read',
      query: apiKeyQuery,
      answer: { status: 200, schema: pageSchema(apiKeyView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'api-key.read')
      const { limit, cursor, action } = valid(c, 'query')
      const rows = await apiKeys.page({ limit: limit + 1, after: readCursor(cursor), action }, scope)
      return c.json(pageOf(rows.map(apiKeyOut), limit, (row) => row.id))
    },
  )

  app.delete(
    '/api-keys/:id',
    ...endpoint({
      id: 'revokeApiKey',
      summary: 'Ends an API key at once',
      tag,
      action: 'api-key.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await apiKeys.find(id)
      // What does not exist is judged as somebody else's.
      access.authorise(c.get('principal'), 'api-key.write', {
        ...(found && { tenant: found.tenant }),
        owner: found?.account ?? '-',
      })
      if (!found) throw missing('API key', id)
      await apiKeys.revoke(id)
      return c.body(null, 204)
    },
  )
}
