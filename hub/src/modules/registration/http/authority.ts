import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { intermediateRefused, rootKeyOffline } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import {
  authorityView,
  exportedRootView,
  intermediateCertificate,
  intermediateRequestView,
  rootExport,
} from '../contract/authority.ts'
import { idParams } from '../contract/parts.ts'
import { iso } from './views.ts'

const tag = 'Authority'

export function authorityRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { authority, intermediates, rootKey }: RegistrationApp,
): void {
  app.get(
    '/authority',
    ...endpoint({
      id: 'getAuthority',
      summary: 'Shows the certificate authority of the installation',
      tag,
      action: 'authority.read',
      answer: { status: 200, schema: authorityView },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'authority.read')
      const { root, fingerprint, issuer } = authority
      const rootKeyPlace = (await rootKey.here()) ? ('hub' as const) : ('offline' as const)
      const issuing = { issuer: issuer.name, issuerExpiresAt: iso(issuer.notAfter) }
      return c.json({ fingerprint, root, rootKey: rootKeyPlace, ...issuing })
    },
  )

  app.post(
    '/authority/intermediates',
    ...endpoint({
      id: 'requestIntermediate',
      summary: 'Makes a key for a new issuing authority, and the request that the root is to sign',
      tag,
      action: 'authority.write',
      answer: { status: 201, schema: intermediateRequestView },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'authority.write')
      await access.recorded()
      return c.json(await intermediates.request(), 201)
    },
  )

  app.put(
    '/authority/intermediates/:id',
    ...endpoint({
      id: 'installIntermediate',
      summary: 'Brings the certificate of a new issuing authority: it signs from now on',
      description: 'Certificates that the one before has signed are good until they end.',
      tag,
      action: 'authority.write',
      params: idParams,
      body: intermediateCertificate,
      answer: { status: 204, schema: null },
      problems: [intermediateRefused],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'authority.write')
      await access.recorded()
      await intermediates.install(valid(c, 'param').id, valid(c, 'json').certificate)
      return c.body(null, 204)
    },
  )

  app.post(
    '/authority/root/export',
    ...endpoint({
      id: 'exportRootKey',
      summary: 'Hands out the root’s key, encrypted, and deletes it: from then on it is offline',
      tag,
      action: 'authority.write',
      body: rootExport,
      answer: { status: 200, schema: exportedRootView, secret: true },
      problems: [rootKeyOffline],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'authority.write')
      const exported = await rootKey.export(valid(c, 'json').passphrase)
      c.header('cache-control', 'no-store')
      return c.json(exported)
    },
  )
}
