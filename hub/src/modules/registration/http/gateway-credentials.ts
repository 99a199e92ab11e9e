import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { approvalUnusable } from '../app/codes.ts'
import { credentialTaken, credentialUnusable } from '../app/identities/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import {
  gatewayCredentialView,
  newGatewayCredential,
  newGatewayCredentialView,
} from '../contract/gateway-credentials.ts'
import { idParams } from '../contract/parts.ts'
import { gatewayCredentialOut } from './views.ts'

const tag = 'Device identities'

/** What a batch of devices shares to show whose they are. */
export function gatewayCredentialRoutes(app: Hono<ApiEnv>, access: Access, { identities }: RegistrationApp): void {
  const { gateways } = identities
  app.post(
    '/gateway-credentials',
    ...endpoint({
      id: 'createGatewayCredential',
      summary: 'Makes a credential that a batch of devices shares: who shows it and is unknown waits for a person',
      tag,
      action: 'gateway-credential.write',
      body: newGatewayCredential,
      answer: { status: 201, schema: newGatewayCredentialView, secret: true },
      problems: [unknownHousehold, credentialTaken, credentialUnusable, approvalUnusable],
    }),
    async (c) => {
      const by = c.get('principal')
      access.authorise(by, 'gateway-credential.write')
      const { credential = null, ...wanted } = valid(c, 'json')
      const { gateway, secret } = await gateways.add(by, { ...wanted, credential })
      c.header('cache-control', 'no-store')
      return c.json({ ...gatewayCredentialOut(gateway), secret }, 201)
    },
  )

  app.get(
    '/gateway-credentials',
    ...endpoint({
      id: 'listGatewayCredentials',
      summary: 'Lists the credentials that batches of devices share, without their secrets',
      tag,
      action: 'gateway-credential.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(gatewayCredentialView) },
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'gateway-credential.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await gateways.page({ limit: limit + 1, after: readCursor(cursor) }, principal)
      return c.json(pageOf(rows.map(gatewayCredentialOut), limit, (row) => row.id))
    },
  )

  app.delete(
    '/gateway-credentials/:id',
    ...endpoint({
      id: 'revokeGatewayCredential',
      summary: 'Ends a credential of a batch: its devices that have none of their own are refused from now on',
      tag,
      action: 'gateway-credential.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const by = c.get('principal')
      access.authorise(by, 'gateway-credential.write')
      await gateways.revoke(by.tenant, id)
      return c.body(null, 204)
    },
  )
}
