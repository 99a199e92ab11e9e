import type { Hono } from 'hono'
import { api, type ApiEnv } from '../../../../platform/http/api.ts'
import type { ScimDependencies } from './answer.ts'
import { scimDiscoveryRoutes } from './discovery.ts'
import { bulkRoute } from './bulk.ts'
import { groupResources } from './groups.ts'
import { resourceRoutes } from './routes.ts'
import { userResources } from './users.ts'

/** SCIM 2.0 (RFC 7643, 7644), below /scim/v2. */
export function scimRoutes(deps: ScimDependencies): Hono<ApiEnv> {
  const app = api()
  scimDiscoveryRoutes(app, deps)
  const [people, groups] = [userResources(deps), groupResources(deps)]
  resourceRoutes(app, deps, people)
  resourceRoutes(app, deps, groups)
  bulkRoute(app, deps, people, groups)
  return app
}
