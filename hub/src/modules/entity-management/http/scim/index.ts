import type { Hono } from 'hono'
import { api, type ApiEnv } from '../../../../platform/http/api.ts'
import type { ScimDependencies } from './answer.ts'
import { scimDiscoveryRoutes } from './discovery.ts'
import { scimGroupRoutes } from './groups.ts'
import { scimUserRoutes } from './users.ts'

/** SCIM 2.0 (RFC 7643, 7644), below /scim/v2. */
export function scimRoutes(deps: ScimDependencies): Hono<ApiEnv> {
  const app = api()
  scimDiscoveryRoutes(app, deps)
  scimUserRoutes(app, deps)
  scimGroupRoutes(app, deps)
  return app
}
