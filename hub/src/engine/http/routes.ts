import type { Hono } from 'hono'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import { diagramRoutes } from './diagram-routes.ts'
import { historyRoutes } from './history-routes.ts'
import { instanceRoutes } from './instance-routes.ts'
import { liveRoutes } from './live-routes.ts'
import { migrationRoutes } from './migration-routes.ts'
import { modelRoutes } from './model-routes.ts'
import { operationRoutes } from './operation-routes.ts'
import { roleRoutes } from './role-routes.ts'
import type { Served } from './served.ts'
import { taskRoutes } from './task-routes.ts'

/** Every endpoint of the engine; paths with fixed words come before those that take any word there. */
export function engineRoutes(served: Served): Hono<ApiEnv> {
  const app = api()
  for (const add of [liveRoutes, migrationRoutes, diagramRoutes, modelRoutes, roleRoutes]) add(app, served)
  for (const add of [operationRoutes, historyRoutes, taskRoutes, instanceRoutes]) add(app, served)
  return app
}
