import type { Hono } from 'hono'
import { forbidden, notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { etagOf } from '../../../platform/http/etag.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import {
  blobsMissing,
  channelNotAllowed,
  invalidComposition,
  notSigned,
  secondPersonNeeded,
  serviceExists,
  serviceView,
  stateNotAllowed,
  tooManyVersions,
  versionExists,
  versionView,
} from '../../service-definitions/index.ts'
import {
  createOwnService,
  describeOwnService,
  promoteOwnVersion,
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
  app.patch(
    '/services/:service',
    ...endpoint({
      id: 'describeService',
      summary: 'Changes the title, the categories or the parental rating of a service',
      tag,
      action,
      params: contract.serviceParams,
      body: contract.describeServiceBody,
      answer: { status: 200, schema: contract.serviceAnswer },
      problems: [forbidden, notFound],
    }),
    async (c) => {
      const { service } = valid(c, 'param')
      const { title, categories, parental } = valid(c, 'json')
      const details = {
        ...(title !== undefined && { title }),
        ...(categories !== undefined && { categories }),
        ...(parental !== undefined && { parental }),
      }
      const changed = await describeOwnService(deps, c.get('principal'), service, details, (tx, done) =>
        rememberAnswer(c, tx, 200, serviceView(done)),
      )
      return c.json(serviceView(changed), 200)
    },
  )
  addVersions(app, deps)
  addReleases(app, deps)
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
}

function addReleases(app: Hono<ApiEnv>, deps: PublishingDeps): void {
  app.post(
    '/services/:service/versions/:version/release',
    ...endpoint({
      id: 'releaseVersion',
      summary: 'Offers a candidate to orders, on a channel',
      tag,
      action,
      params: contract.versionParams,
      query: contract.releaseQuery,
      answer: { status: 200, schema: contract.versionAnswer },
      problems: [stateNotAllowed, channelNotAllowed, secondPersonNeeded, notSigned, forbidden, notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { channel } = valid(c, 'query')
      const released = await releaseVersion(deps, c.get('principal'), service, version, channel, (tx, done) =>
        rememberAnswer(c, tx, 200, versionView(done), versionHeaders(done)),
      )
      return c.json(versionView(released), 200, versionHeaders(released))
    },
  )
  app.post(
    '/services/:service/versions/:version/promote',
    ...endpoint({
      id: 'promoteVersion',
      summary: 'Offers a released version to a steadier channel, too',
      description: 'alpha → beta → stable. Promoting it to where it is changes nothing.',
      tag,
      action,
      params: contract.versionParams,
      body: contract.promoteBody,
      answer: { status: 200, schema: contract.versionAnswer },
      problems: [stateNotAllowed, channelNotAllowed, secondPersonNeeded, forbidden, notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { channel } = valid(c, 'json')
      const promoted = await promoteOwnVersion(deps, c.get('principal'), service, version, channel, (tx, done) =>
        rememberAnswer(c, tx, 200, versionView(done), versionHeaders(done)),
      )
      return c.json(versionView(promoted), 200, versionHeaders(promoted))
    },
  )
}

function location(...path: string[]): { location: string } {
  return { location: `/api/v1/services/${path.join('/')}` }
}

function versionHeaders(version: Published['version']): { location: string; etag: string } {
  return { ...location(version.service, 'versions', version.version), etag: etagOf(version.state) }
}
