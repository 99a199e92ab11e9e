import type { Hono } from 'hono'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import type { AdoptionDesk } from '../app/adoption.ts'
import * as contract from '../contract-adoption.ts'

const tag = 'adoption'
const action = 'adoption.read'

/** What became of services on devices. */
export function addAdoption(app: Hono<ApiEnv>, desk: AdoptionDesk): void {
  addCounts(app, desk)
  addFailures(app, desk)
}

function addCounts(app: Hono<ApiEnv>, desk: AdoptionDesk): void {
  app.get(
    '/services/:service/adoption',
    ...endpoint({
      id: 'getServiceAdoption',
      summary: 'Counts the devices that have, are to get, or failed to get each version, newest version first',
      tag,
      action,
      params: contract.serviceParams,
      answer: { status: 200, schema: contract.serviceAdoption },
      problems: [notFound],
    }),
    async (c) => {
      const { service } = valid(c, 'param')
      const { countedAt, rows } = await desk.ofService(c.get('principal'), service)
      const versions = rows.map(({ version: { version, state, channel }, ...devices }) => ({
        version,
        state,
        channel,
        ...devices,
      }))
      return c.json({ service, countedAt: iso(countedAt), versions })
    },
  )
  app.get(
    '/services/:service/versions/:version/adoption',
    ...endpoint({
      id: 'getVersionAdoption',
      summary: 'Counts the devices that have, are to get, or failed to get a version, by component and by day',
      tag,
      action,
      params: contract.versionParams,
      query: contract.adoptionQuery,
      answer: { status: 200, schema: contract.versionAdoption },
      problems: [notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { countedAt, ...value } = await desk.ofVersion(c.get('principal'), service, version, valid(c, 'query').days)
      return c.json({ ...value, service, version, countedAt: iso(countedAt) })
    },
  )
}

function addFailures(app: Hono<ApiEnv>, desk: AdoptionDesk): void {
  app.get(
    '/services/:service/versions/:version/failures',
    ...endpoint({
      id: 'listVersionFailures',
      summary: 'Lists why a version failed on devices, most frequent reason first',
      tag,
      action,
      params: contract.versionParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(contract.failureAnswer) },
      problems: [notFound, invalidCursor],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      const { limit, cursor } = valid(c, 'query')
      const from = readPosition(readCursor(cursor))
      const groups = await desk.failures(c.get('principal'), service, version, from, limit + 1)
      const page = pageOf(groups, limit, () => String(from + limit))
      const items = page.items.map((group) => ({
        ...group,
        newest: iso(group.newest.getTime()),
        devices: [...group.devices],
      }))
      return c.json({ items, next: page.next })
    },
  )
}

function readPosition(cursor: string | undefined): number {
  const position = Number(cursor ?? 0)
  if (Number.isSafeInteger(position) && position >= 0) return position
  throw new CallerError(invalidCursor, 'The cursor is not one of the list of failures.')
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
