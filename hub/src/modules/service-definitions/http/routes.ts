import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { forbidden, notFound } from '../../../platform/access.ts'
import type { Database } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, invalidCursor } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { pageOf, readCursor } from '../../../platform/http/page.ts'
import { setState, type ChangeDeps } from '../app/changes.ts'
import { channelNotAllowed, filesFreed, secondPersonNeeded, stateNotAllowed } from '../app/errors.ts'
import type { Manifests } from '../app/manifests.ts'
import { componentFiles, visibleServices, visibleVersion, visibleVersions } from '../app/lists.ts'
import { requireSignedVersion } from '../app/reading.ts'
import { notSigned } from '../app/trust/errors.ts'
import type { SignedVersions } from '../app/trust/signed-versions.ts'
import { relationsAround } from '../app/related.ts'
import { publishableService, visibilityOf, visibleService } from '../app/visibility.ts'
import * as contract from '../contract.ts'
import { serviceView, summaryView, versionView } from './views.ts'

export interface RouteDeps extends ChangeDeps {
  readonly database: Database
  readonly access: Access
  readonly manifests: Manifests
  readonly signed: SignedVersions
}

const tag = 'services'
const action = 'service.read'

/** GET /services and what is below it; POST …/state. */
export function serviceRoutes(deps: RouteDeps): Hono<ApiEnv> {
  const app = api()
  addReading(app, deps)
  addRelations(app, deps)
  addComposition(app, deps)
  addState(app, deps)
  return app
}

function addReading(app: Hono<ApiEnv>, { rows, access }: RouteDeps): void {
  app.get(
    '/services',
    ...endpoint({
      id: 'listServices',
      summary: 'Lists the services that the principal may see, by id; of one category if wanted',
      tag,
      action,
      query: contract.servicesQuery,
      answer: { status: 200, schema: contract.servicesPage },
      problems: [invalidCursor, forbidden],
    }),
    async (c) => {
      const { limit, cursor, category } = valid(c, 'query')
      const visible = visibilityOf(access, c.get('principal'))
      const services = await visibleServices(rows, visible, { category, after: readCursor(cursor), limit: limit + 1 })
      return c.json(pageOf(services.map(serviceView), limit, (service) => service.id))
    },
  )
  app.get(
    '/services/:service',
    ...endpoint({
      id: 'getService',
      summary: 'Shows one service',
      tag,
      action,
      params: contract.serviceParams,
      answer: { status: 200, schema: contract.serviceAnswer },
      problems: [forbidden, notFound],
    }),
    async (c) => {
      const visible = visibilityOf(access, c.get('principal'))
      return c.json(serviceView(await visibleService(rows, visible, valid(c, 'param').service)))
    },
  )
  app.get(
    '/services/:service/versions',
    ...endpoint({
      id: 'listVersions',
      summary: 'Lists the versions of a service, newest first',
      tag,
      action,
      params: contract.serviceParams,
      query: contract.versionsQuery,
      answer: { status: 200, schema: contract.versionsPage },
      problems: [invalidCursor, forbidden, notFound],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const visible = visibilityOf(access, c.get('principal'))
      const after = readCursor(cursor)
      const versions = await visibleVersions(rows, visible, valid(c, 'param').service, after, limit + 1)
      return c.json(pageOf(versions.map(summaryView), limit, (version) => version.version))
    },
  )
}

function addRelations(app: Hono<ApiEnv>, { rows, access }: RouteDeps): void {
  app.get(
    '/services/:service/relations',
    ...endpoint({
      id: 'listServiceRelations',
      summary: 'Shows what a service says of others, and others of it, each by its newest version',
      tag,
      action,
      params: contract.serviceParams,
      answer: { status: 200, schema: contract.relationsAnswer },
      problems: [forbidden, notFound],
    }),
    async (c) => {
      const visible = visibilityOf(access, c.get('principal'))
      return c.json(await relationsAround(rows, visible, valid(c, 'param').service))
    },
  )
}

function addComposition(app: Hono<ApiEnv>, { rows, access, manifests }: RouteDeps): void {
  app.get(
    '/services/:service/versions/:version',
    ...endpoint({
      id: 'getVersion',
      summary: 'Shows one version: its relations and components',
      tag,
      action,
      params: contract.versionParams,
      answer: { status: 200, schema: contract.versionAnswer },
      problems: [forbidden, notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const found = await visibleVersion(rows, visibilityOf(access, c.get('principal')), service, version)
      return c.json(versionView(found), 200, { etag: etagOf(found.state) })
    },
  )
  app.get(
    '/services/:service/versions/:version/components/:component/files',
    ...endpoint({
      id: 'listComponentFiles',
      summary: 'Lists the files of one component, by path',
      tag,
      action,
      params: contract.componentParams,
      query: contract.filesQuery,
      answer: { status: 200, schema: contract.filesPage },
      problems: [invalidCursor, filesFreed, forbidden, notFound],
    }),
    async (c) => {
      const { service, version, component } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const found = await visibleVersion(rows, visibilityOf(access, c.get('principal')), service, version)
      const files = await componentFiles(manifests, found, component)
      // A published list never changes: its positions are as good as its paths, and short.
      const start = readPosition(readCursor(cursor))
      const { next } = pageOf(files.slice(start, start + limit + 1), limit, () => String(start + limit))
      return c.json({ items: files.slice(start, start + limit), next })
    },
  )
}

function readPosition(cursor: string | undefined): number {
  const position = Number(cursor ?? 0)
  if (Number.isSafeInteger(position) && position >= 0) return position
  throw new CallerError(invalidCursor, 'The cursor is not one of the list of files.')
}

function addState(app: Hono<ApiEnv>, deps: RouteDeps): void {
  app.post(
    '/services/:service/versions/:version/state',
    ...endpoint({
      id: 'setVersionState',
      summary: 'Moves a version on in its lifecycle',
      description:
        'With If-Match, only if its state is still the one that was read. Moving it where it is changes nothing.',
      tag,
      action: 'service.publish',
      params: contract.versionParams,
      body: contract.stateBody,
      answer: { status: 200, schema: contract.versionAnswer },
      problems: [
        stateNotAllowed,
        channelNotAllowed,
        secondPersonNeeded,
        notSigned,
        changedMeanwhile,
        forbidden,
        notFound,
      ],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { state, channel } = valid(c, 'json')
      const { tenant } = await publishableService(deps.rows, deps.access, c.get('principal'), service)
      if (state === 'released') await requireSignedVersion(deps.rows, deps.signed, tenant, service, version)
      const changed = await deps.database.transaction(async (tx) => {
        const moved = await setState(deps, tx, tenant, service, version, {
          state,
          by: c.get('principal').id,
          ...(channel !== undefined && { channel }),
          check: (before) => requireMatch(c, etagOf(before.state), { optional: true }),
        })
        await rememberAnswer(c, tx, 200, versionView(moved), { etag: etagOf(moved.state) })
        return moved
      })
      return c.json(versionView(changed), 200, { etag: etagOf(changed.state) })
    },
  )
}
