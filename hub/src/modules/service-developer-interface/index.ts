import type { Hono } from 'hono'
import type { Access } from '../../platform/access.ts'
import type { Blobs } from '../../platform/blobs.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import type { OrderProcessing } from '../order-processing/index.ts'
import type { ServiceDefinitions } from '../service-definitions/index.ts'
import { adoptionDesk } from './app/adoption.ts'
import { addAdoption } from './http/adoption.ts'
import { addBlobs } from './http/blobs.ts'
import { addServices } from './http/services.ts'

export interface ServiceDeveloperInterfaceDeps {
  readonly database: Database
  readonly clock: Clock
  readonly access: Access
  readonly blobs: Blobs
  readonly definitions: ServiceDefinitions
  readonly orders: Pick<OrderProcessing, 'adoption'>
}

/** For developers: uploading files, publishing versions made of them, and what became of those on devices. */
export interface ServiceDeveloperInterface {
  /** Under /services what changes them or counts their devices; /blobs */
  routes(): Hono<ApiEnv>
}

/** The module's face. */
export function createServiceDeveloperInterface(deps: ServiceDeveloperInterfaceDeps): ServiceDeveloperInterface {
  const adoption = adoptionDesk({ ...deps, adoption: deps.orders.adoption })
  return {
    routes() {
      const app = api()
      addServices(app, deps)
      addBlobs(app, deps)
      addAdoption(app, adoption)
      return app
    },
  }
}
