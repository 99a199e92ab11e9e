import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { mainTenantStays, tenantExists } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import type { Tenant } from '../domain/tenant.ts'
import { newTenant, newTenantView, tenantChange, tenantParams, tenantView } from '../contract/tenants.ts'
import { tenantOut } from './views.ts'

const tag = 'Tenants'

/** For operators of the installation; of what a tenant has they see nothing. */
export function tenantRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { tenants, linkOf, loginPageOf }: RegistrationApp,
): void {
  const out = (tenant: Tenant) => tenantOut(tenant, loginPageOf(tenant))

  app.post(
    '/tenants',
    ...endpoint({
      id: 'createTenant',
      summary: 'Makes a tenant, and a one-time link by which its first operator makes an account',
      tag,
      action: 'tenant.write',
      body: newTenant,
      answer: { status: 201, schema: newTenantView, secret: true },
      problems: [tenantExists],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'tenant.write')
      const { tenant, token } = await tenants.add(principal.id, valid(c, 'json'))
      c.header('cache-control', 'no-store')
      return c.json({ ...out(tenant), link: linkOf(token) }, 201)
    },
  )

  app.get(
    '/tenants',
    ...endpoint({
      id: 'listTenants',
      summary: 'Lists tenants',
      tag,
      action: 'tenant.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(tenantView) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'tenant.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await tenants.page({ limit: limit + 1, after: readCursor(cursor) })
      return c.json(pageOf(rows.map(out), limit, (row) => row.id))
    },
  )

  app.patch(
    '/tenants/:id',
    ...endpoint({
      id: 'changeTenant',
      summary: 'Renames a tenant, disables or enables it; nobody of a disabled one is let in',
      tag,
      action: 'tenant.write',
      params: tenantParams,
      body: tenantChange,
      answer: { status: 200, schema: tenantView },
      problems: [notFound, mainTenantStays, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'tenant.write')
      const changed = await tenants.change(valid(c, 'param').id, valid(c, 'json'), (current) =>
        requireMatch(c, etagOf(current.version), { optional: true }),
      )
      c.header('etag', etagOf(changed.version))
      return c.json(out(changed))
    },
  )
}
