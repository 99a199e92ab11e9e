import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { credentialTaken, credentialUnusable } from '../app/identities/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { credentialParams, identityParams, madeCredentialView, newCredential } from '../contract/device-identities.ts'
import { deviceFor } from './device-identities.ts'

const tag = 'Device identities'

/** What a device proves an identity by. */
export function deviceCredentialRoutes(router: Hono<ApiEnv>, access: Access, app: RegistrationApp): void {
  const { manage } = app.identities
  router.post(
    '/devices/:id/identities/:identity/credentials',
    ...endpoint({
      id: 'addDeviceCredential',
      summary: 'Gives an identity of a device a new credential, in place of what it has of that kind or beside it',
      tag,
      action: 'identity.write',
      params: identityParams,
      body: newCredential,
      answer: { status: 201, schema: madeCredentialView, secret: true },
      problems: [notFound, credentialTaken, credentialUnusable],
    }),
    async (c) => {
      const { id, identity } = valid(c, 'param')
      const device = await deviceFor(c, access, app, 'identity.write', id)
      const { credential = null, replace } = valid(c, 'json')
      const made = await manage.addCredential(c.get('principal'), device, identity, credential, replace)
      c.header('cache-control', 'no-store')
      return c.json(made, 201)
    },
  )

  router.delete(
    '/devices/:id/identities/:identity/credentials/:credential',
    ...endpoint({
      id: 'revokeDeviceCredential',
      summary: 'Takes a credential from an identity of a device: nobody is let in by it from now on',
      tag,
      action: 'identity.write',
      params: credentialParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id, identity, credential } = valid(c, 'param')
      await manage.removeCredential(await deviceFor(c, access, app, 'identity.write', id), identity, credential)
      return c.body(null, 204)
    },
  )
}
