import type { Hono } from 'hono'
import { forbidden, notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { etagOf } from '../../../platform/http/etag.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import {
  blobsMissing,
  invalidComposition,
  notSigned,
  serviceExists,
  serviceView,
  stateNotAllowed,
  tooManyVersions,
  versionExists,
  versionView,
} from '../../service-definitions/index.ts'
import {
  createOwnService,
  publishVersion,
  releaseVersion,
  type Published,
  type PublishingDeps,
} from '../app/publishing.ts'
import * as contract from '../contract.ts'

const tag = 'publishing'
const action = 'service.publish'

/** Making services, publishing versions, releasing them. */
export function addServices(app: Hono<ApiEnv>, deps: PublishingDeps): void {
  app.post(
    '/services',
    ...endpoint({
      id: 'createService',
      summary: 'Makes a service that belongs to the principal',
      tag,
      action,
      body: contract.createServiceBody,
      answer: { status: 201, schema: contract.serviceAnswer },
      problems: [serviceExists, forbidden],
    }),
    async (c) => {
      const service = await createOwnService(deps, c.get('principal'), valid(c, 'json'), (tx, made) =>
        rememberAnswer(c, tx, 201, serviceView(made), location(made.id)),
      )
      return c.json(serviceView(service), 201, location(service.id))
    },
  )
  addVersions(app, deps)
}

function addVersions(app: Hono<ApiEnv>, deps: PublishingDeps): void {
  app.post(
    '/services/:service/versions',
    ...endpoint({
      id: 'publishVersion',
      summary: 'Publishes a version, whole or not at all',
      description:
        'Every file must have been uploaded (PUT /blobs/{digest}); all mistakes are told at once. Publishing the same ' +
        'content again answers 200 and changes nothing.',
      tag,
      action,
      params: contract.serviceParams,
      body: contract.publishBody,
      answer: { status: 201, schema: contract.versionAnswer, description: 'Published; 200 when it was already' },
      problems: [invalidComposition, blobsMissing, versionExists, tooManyVersions, forbidden, notFound],
    }),
    async (c) => {
      const { service } = valid(c, 'param')
      const status = ({ created }: Published) => (created ? 201 : 200)
      const published = await publishVersion(deps, c.get('principal'), service, valid(c, 'json'), (tx, done) =>
        rememberAnswer(c, tx, status(done), versionView(done.version), versionHeaders(done.version)),
      )
      return c.json(versionView(published.version), status(published), versionHeaders(published.version))
    },
  )
  app.post(
    '/services/:service/versions/:version/release',
    ...endpoint({
      id: 'releaseVersion',
      summary: 'Offers a candidate to orders',
      tag,
      action,
      params: contract.versionParams,
      answer: { status: 200, schema: contract.versionAnswer },
      problems: [stateNotAllowed, notSigned, forbidden, notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const released = await releaseVersion(deps, c.get('principal'), service, version, (tx, done) =>
        rememberAnswer(c, tx, 200, versionView(done), versionHeaders(done)),
      )
      return c.json(versionView(released), 200, versionHeaders(released))
    },
  )
}

function location(...path: string[]): { location: string } {
  return { location: `/api/v1/services/${path.join('/')}` }
}

function versionHeaders(version: Published['version']): { location: string; etag: string } {
  return { ...location(version.service, 'versions', version.version), etag: etagOf(version.state) }
}
