import type { Context, Hono } from 'hono'
import { forbidden, notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { channelNotAllowed, notSigned, stateNotAllowed, type ReleaseRule } from '../../service-definitions/index.ts'
import {
  answerRequest,
  listRequests,
  mayDecide,
  readRule,
  requestFor,
  requestRelease,
  setRule,
  type Answer,
  type ReleaseDeps,
} from '../app/release-requests.ts'
import type { ReleaseRequest } from '../app/release-storage.ts'
import * as contract from '../contract-releases.ts'
import { requestSettled, requestWaiting, secondDecider } from '../errors.ts'

const tag = 'releases'

/** Releases that a second person decides. */
export function addReleases(app: Hono<ApiEnv>, deps: ReleaseDeps): void {
  addRule(app, deps)
  addAsking(app, deps)
  addReading(app, deps)
  for (const word of ['approve', 'refuse', 'withdraw'] as const) addAnswer(app, deps, word)
}

function addRule(app: Hono<ApiEnv>, deps: ReleaseDeps): void {
  app.get(
    '/release-rule',
    ...endpoint({
      id: 'getReleaseRule',
      summary: 'Tells whether a version is released by another person than who published it',
      tag,
      action: 'release-rule.read',
      answer: { status: 200, schema: contract.ruleAnswer },
    }),
    async (c) => c.json(ruleView(await readRule(deps, c.get('principal')))),
  )
  app.put(
    '/release-rule',
    ...endpoint({
      id: 'setReleaseRule',
      summary: 'Says whether a version is released by another person than who published it',
      tag,
      action: 'release-rule.write',
      body: contract.ruleBody,
      answer: { status: 200, schema: contract.ruleAnswer },
      problems: [forbidden],
    }),
    async (c) => c.json(ruleView(await setRule(deps, c.get('principal'), valid(c, 'json').secondPerson))),
  )
}

function addAsking(app: Hono<ApiEnv>, deps: ReleaseDeps): void {
  app.post(
    '/services/:service/versions/:version/release-requests',
    ...endpoint({
      id: 'requestRelease',
      summary: 'Asks another person to release a version, or to promote a released one',
      tag,
      action: 'service.publish',
      params: contract.versionParams,
      body: contract.releaseRequestBody,
      answer: { status: 201, schema: contract.releaseRequestAnswer },
      problems: [requestWaiting, notSigned, forbidden, notFound],
    }),
    async (c) => {
      const wanted = { ...valid(c, 'param'), ...valid(c, 'json') }
      const location = (id: string) => ({ location: `/api/v1/release-requests/${id}` })
      const made = await requestRelease(deps, c.get('principal'), wanted, (tx, request) =>
        rememberAnswer(c, tx, 201, viewOf(request, false), location(request.id)),
      )
      return c.json(viewOf(made, false), 201, location(made.id))
    },
  )
}

function addReading(app: Hono<ApiEnv>, deps: ReleaseDeps): void {
  app.get(
    '/release-requests',
    ...endpoint({
      id: 'listReleaseRequests',
      summary: 'Lists releases that were asked for, newest first',
      tag,
      action: 'release-request.read',
      query: contract.releaseRequestQuery,
      answer: { status: 200, schema: pageSchema(contract.releaseRequestAnswer) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const page = { ...filter, limit: limit + 1, after: readCursor(cursor) }
      const found = await listRequests(deps, c.get('principal'), page)
      const { items, next } = pageOf(found, limit, ({ id }) => id)
      return c.json({ items: await Promise.all(items.map((request) => shown(c, deps, request))), next })
    },
  )
  app.get(
    '/release-requests/:id',
    ...endpoint({
      id: 'getReleaseRequest',
      summary: 'Shows a release that was asked for',
      tag,
      action: 'release-request.read',
      params: contract.releaseRequestParams,
      answer: { status: 200, schema: contract.releaseRequestAnswer },
      problems: [notFound],
    }),
    async (c) => {
      const { request } = await requestFor(deps, c.get('principal'), valid(c, 'param').id, 'release-request.read')
      return c.json(await shown(c, deps, request))
    },
  )
}

const answers = {
  approve: { id: 'approveRelease', state: 'approved', summary: 'Releases or promotes the version that it is about' },
  refuse: { id: 'refuseRelease', state: 'refused', summary: 'Leaves the version as it is, and says why' },
  withdraw: { id: 'withdrawReleaseRequest', state: 'withdrawn', summary: 'Takes back what one asked for' },
} as const satisfies Record<string, { id: string; state: Answer; summary: string }>

function addAnswer(app: Hono<ApiEnv>, deps: ReleaseDeps, word: keyof typeof answers): void {
  const { id: operation, state, summary } = answers[word]
  app.post(
    `/release-requests/:id/${word}`,
    ...endpoint({
      id: operation,
      summary,
      tag,
      action: 'release-request.write',
      params: contract.releaseRequestParams,
      body: word === 'refuse' ? contract.refusalBody : contract.decisionBody,
      answer: { status: 200, schema: contract.releaseRequestAnswer },
      problems: [requestSettled, secondDecider, stateNotAllowed, channelNotAllowed, notSigned, forbidden, notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { reason } = valid(c, 'json')
      const answered = await answerRequest(deps, c.get('principal'), id, state, reason, (tx, request) =>
        rememberAnswer(c, tx, 200, viewOf(request, false)),
      )
      return c.json(viewOf(answered, false))
    },
  )
}

async function shown(c: Context<ApiEnv>, { definitions }: ReleaseDeps, request: ReleaseRequest) {
  const { tenant, service, version, state } = request
  const found = state === 'waiting' ? await definitions.version(tenant, service, version) : null
  return viewOf(request, found !== null && mayDecide(c.get('principal'), request, found.publishedBy))
}

function viewOf(request: ReleaseRequest, mayBeDecided: boolean) {
  const { tenant: _tenant, developer: _developer, askedAt, decidedAt, ...rest } = request
  return {
    ...rest,
    askedAt: askedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    mayDecide: mayBeDecided,
  }
}

function ruleView({ secondPerson, changedBy, changedAt }: ReleaseRule) {
  return { secondPerson, changedBy, changedAt: changedAt === null ? null : new Date(changedAt).toISOString() }
}
