import type { Hono } from 'hono'
import { api, type ApiEnv } from '../../../../platform/http/api.ts'
import type { TmfDependencies } from '../../app/tmf/dependencies.ts'
import { tmfCancellationRoutes } from './cancellations.ts'
import { tmfCatalogueRoutes } from './catalogue.ts'
import { tmfListenerRoutes } from './listeners.ts'
import { tmfOrderRoutes } from './orders.ts'
import { tmfServiceRoutes } from './services.ts'

/** TM Forum's Open APIs, below /tmf-api: TMF641, TMF638 and TMF633, all v4. */
export function tmfRoutes(deps: TmfDependencies): Hono<ApiEnv> {
  const app = api()
  tmfOrderRoutes(app, deps)
  tmfCancellationRoutes(app, deps)
  tmfServiceRoutes(app, deps)
  tmfCatalogueRoutes(app, deps)
  tmfListenerRoutes(app, deps)
  return app
}
