import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { issuerRefused, missing, providerThere } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import {
  identityProviderChange,
  identityProviderView,
  newIdentityProvider,
  roleMappingTrial,
  triedRoleMapping,
} from '../contract/identity-providers.ts'
import { idParams } from '../contract/parts.ts'
import { mappedRoles } from '../domain/identity-provider.ts'
import { identityProviderOut } from './views.ts'

const tag = 'Identity providers'

export function identityProviderRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { identityProviders, callback }: RegistrationApp,
): void {
  app.post(
    '/identity-providers',
    ...endpoint({
      id: 'createIdentityProvider',
      summary: 'Lets people log in through an OpenID Connect provider',
      description: 'Register `callback` of the answer with the provider as the redirect URI.',
      tag,
      action: 'identity-provider.write',
      body: newIdentityProvider,
      answer: { status: 201, schema: identityProviderView },
      problems: [issuerRefused, providerThere],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'identity-provider.write')
      const made = await identityProviders.add(c.get('principal').tenant, valid(c, 'json'))
      c.header('etag', etagOf(made.version))
      return c.json(identityProviderOut(made, callback(made)), 201)
    },
  )

  app.get(
    '/identity-providers',
    ...endpoint({
      id: 'listIdentityProviders',
      summary: 'Lists where people may log in elsewhere',
      tag,
      action: 'identity-provider.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(identityProviderView) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'identity-provider.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await identityProviders.page({ limit: limit + 1, after: readCursor(cursor) }, c.get('principal'))
      return c.json(
        pageOf(
          rows.map((row) => identityProviderOut(row, callback(row))),
          limit,
          (row) => row.id,
        ),
      )
    },
  )

  app.post(
    '/identity-providers/try',
    ...endpoint({
      id: 'tryRoleMapping',
      summary: 'Says which roles a role mapping would give to somebody with these claims; changes nothing',
      tag,
      action: 'identity-provider.read',
      body: roleMappingTrial,
      answer: { status: 200, schema: triedRoleMapping },
    }),
    (c) => {
      access.authorise(c.get('principal'), 'identity-provider.read')
      const { roleMapping, claims } = valid(c, 'json')
      return c.json({ roles: mappedRoles(roleMapping, claims) })
    },
  )

  app.get(
    '/identity-providers/:id',
    ...endpoint({
      id: 'getIdentityProvider',
      summary: 'Shows an identity provider',
      tag,
      action: 'identity-provider.read',
      params: idParams,
      answer: { status: 200, schema: identityProviderView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      access.authorise(c.get('principal'), 'identity-provider.read')
      const found = await identityProviders.find(id)
      if (found?.tenant !== c.get('principal').tenant) throw missing('identity provider', id)
      c.header('etag', etagOf(found.version))
      return c.json(identityProviderOut(found, callback(found)))
    },
  )

  app.patch(
    '/identity-providers/:id',
    ...endpoint({
      id: 'changeIdentityProvider',
      summary: 'Changes name, secret, scopes or role mapping of an identity provider, disables or enables it',
      tag,
      action: 'identity-provider.write',
      params: idParams,
      body: identityProviderChange,
      answer: { status: 200, schema: identityProviderView },
      problems: [notFound, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'identity-provider.write')
      const admit = (current: { version: number }) => requireMatch(c, etagOf(current.version))
      const changed = await identityProviders.change(
        c.get('principal').tenant,
        valid(c, 'param').id,
        valid(c, 'json'),
        admit,
      )
      c.header('etag', etagOf(changed.version))
      return c.json(identityProviderOut(changed, callback(changed)))
    },
  )

  app.delete(
    '/identity-providers/:id',
    ...endpoint({
      id: 'removeIdentityProvider',
      summary: 'Takes an identity provider away; accounts stay',
      tag,
      action: 'identity-provider.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'identity-provider.write')
      await identityProviders.remove(c.get('principal').tenant, valid(c, 'param').id)
      return c.body(null, 204)
    },
  )
}
