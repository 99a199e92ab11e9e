import type { Hono } from 'hono'
import type { Access } from '../../platform/access.ts'
import type { Blobs } from '../../platform/blobs.ts'
import type { Database } from '../../platform/database.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import type { ServiceDefinitions } from '../service-definitions/index.ts'
import { addBlobs } from './http/blobs.ts'
import { addServices } from './http/services.ts'

export interface ServiceDeveloperInterfaceDeps {
  readonly database: Database
  readonly access: Access
  readonly blobs: Blobs
  readonly definitions: ServiceDefinitions
}

/** For developers: uploading files and publishing versions made of them. */
export interface ServiceDeveloperInterface {
  /** POST /services, /services/{id}/versions, …/{version}/release, /blobs/missing; PUT /blobs/{digest} */
  routes(): Hono<ApiEnv>
}

/** The module's face. */
export function createServiceDeveloperInterface(deps: ServiceDeveloperInterfaceDeps): ServiceDeveloperInterface {
  return {
    routes() {
      const app = api()
      addServices(app, deps)
      addBlobs(app, deps)
      return app
    },
  }
}
