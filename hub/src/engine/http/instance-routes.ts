import { instanceUrl, type JsonObject } from '@sutler/engine'
import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Address } from '../address.ts'
import { notFound } from '../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { etagOf } from '../../platform/http/etag.ts'
import { pageSchema, writeCursor } from '../../platform/http/page.ts'
import { returned } from '../contract/history.ts'
import { instancesQuery, instanceView, signalRequest, startedInstance, startRequest } from '../contract/instances.ts'
import { instanceParams, valuesOf } from '../contract/parts.ts'
import { engineBusy, instanceExists, invalidSignal, unknownInstance, unknownModel } from '../errors.ts'
import { searchInstances } from '../search.ts'
import { returnedBy, settled } from '../settled.ts'
import { startInstance } from '../starting.ts'
import type { InstanceFilter } from '../store/search.ts'
import { viewOf } from '../view.ts'
import { conditionsIn, spanIn, wrong } from './conditions.ts'
import { addressIn, pairIn, shown, tag, urlOf, written, type Served } from './served.ts'

/** Start, find and read instances, and signal them. */
export function instanceRoutes(app: Hono<ApiEnv>, served: Served): void {
  startRoute(app, served)
  searchRoute(app, served)
  readRoute(app, served)
  signalRoute(app, served)
}

function startRoute(app: Hono<ApiEnv>, served: Served): void {
  app.post(
    '/instances',
    ...endpoint({
      id: 'startInstance',
      summary: 'Start an instance of a published model, and send it a first signal',
      description: 'Answered when the first signal was taken, or after 5 s: it is durable in any case.',
      tag,
      action: 'instance.write',
      body: startRequest,
      answer: { status: 201, schema: startedInstance },
      problems: [unknownModel, instanceExists, invalidSignal],
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.write')
      const { model, version, id, call, start } = valid(c, 'json')
      // Parsed from JSON text: there is nothing else in it.
      const first = start && {
        type: start.signal,
        args: (start.args ?? {}) as JsonObject,
        ...(start.id !== undefined && { id: start.id }),
      }
      const request = {
        model,
        tenant: c.get('principal').tenant,
        by: c.get('principal').id,
        ...(version !== undefined && { version }),
        ...(id !== undefined && { id }),
        ...(call !== undefined && { call: call as JsonObject }),
        ...(first && { signal: first }),
      }
      const { address, key, signal } = await served.database.transaction(async (tx) => {
        const started = await startInstance(served, tx, request)
        tx.audit.events.push(startedEvent(started.address, request.tenant))
        return started
      })
      const step = signal === null ? null : await settled(served, { key, entry: 1, signal })
      const view = await shown(served, address, c.get('principal'))
      c.header('ETag', etagOf(view.entries))
      const location = { Location: `/api/v1/instances/${address.model}/${encodeURIComponent(address.id)}` }
      return c.json({ ...view, returned: step && returnedBy(step) }, 201, location)
    },
  )
}

/** For the audit alone. */
function startedEvent({ model, id }: Address, tenant: string) {
  return { type: 'instance.started', subject: id, tenant, household: null, data: { model } }
}

function searchRoute(app: Hono<ApiEnv>, served: Served): void {
  app.get(
    '/instances',
    ...endpoint({
      id: 'listInstances',
      summary: 'Instances, by model and id',
      description:
        'One request looks at 50,000 instances at most, and for 2 s: a page may have fewer items than asked for, or none, and more follow all the same. Only a `next` of null ends the list. `attention`, `parent` and `model` narrow what is looked at.',
      tag,
      action: 'instance.read',
      query: instancesQuery,
      answer: { status: 200, schema: pageSchema(instanceView) },
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.read')
      const { tenant } = c.get('principal')
      const { limit, cursor, parent, ...query } = valid(c, 'query')
      const [model, id] = pairIn(cursor)
      const page = { limit, ...(model !== undefined && { after: { model, id: id ?? '' } }) }
      const parents = parent === undefined ? {} : { parents: await parentUrls(served, parent) }
      const { items, next } = await searchInstances(served, { tenant, ...filterOf(query), ...parents }, page)
      const cursorNext = next && writeCursor(`${next.model} ${next.id}`)
      return c.json({ items: items.map((row) => written(viewOf(row))), next: cursorNext })
    },
  )
}

type Query = Omit<z.output<typeof instancesQuery>, 'limit' | 'cursor' | 'parent'>

function filterOf({ model, version, state, data, done, attention, ...spans }: Query): InstanceFilter {
  const created = spanIn(spans.createdFrom, spans.createdTo)
  const changed = spanIn(spans.changedFrom, spans.changedTo)
  const ended = spanIn(spans.endedFrom, spans.endedTo)
  return {
    states: valuesOf(state),
    data: conditionsIn(data),
    attention: attention === 'true',
    ...(model !== undefined && { model }),
    ...(version !== undefined && { version }),
    ...(done !== undefined && { ended: done === 'true' }),
    ...(created && { createdAt: created }),
    ...(changed && { changedAt: changed }),
    ...(ended && { endedAt: ended }),
  }
}

/** What its subinstances may call their parent: the URL has the version that it ran on when it called. */
async function parentUrls({ models, database }: Served, parent: string): Promise<string[]> {
  const address = addressIn(parent)
  if (!address) throw wrong('parent', `“${parent.slice(0, 80)}” is not an instance: <model>/<id>.`)
  await models.load(database.sql)
  return models.versionsOf(address.model).map((version) => instanceUrl({ ...address, version }))
}

function readRoute(app: Hono<ApiEnv>, served: Served): void {
  app.get(
    '/instances/:model/:id',
    ...endpoint({
      id: 'getInstance',
      summary: 'One instance as it is now',
      tag,
      action: 'instance.read',
      params: instanceParams,
      answer: { status: 200, schema: instanceView },
      problems: [notFound],
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.read')
      const view = await shown(served, valid(c, 'param'), c.get('principal'))
      c.header('ETag', etagOf(view.entries))
      return c.json(view)
    },
  )
}

function signalRoute(app: Hono<ApiEnv>, { access, engine }: Served): void {
  app.post(
    '/instances/:model/:id/signals',
    ...endpoint({
      id: 'signalInstance',
      summary: 'Send a signal and hear what became of it',
      tag,
      action: 'instance.write',
      params: instanceParams,
      body: signalRequest,
      answer: { status: 200, schema: returned, description: 'The returned signal: it was taken, and that is durable' },
      problems: [invalidSignal, unknownInstance, unknownModel, engineBusy],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.write')
      // The engine takes signals of many callers in transactions of its own.
      await access.recorded()
      const { type, id, args: given, create } = valid(c, 'json')
      const args = given as JsonObject
      const { tenant } = c.get('principal')
      const created = create && {
        tenant,
        ...(create.version !== undefined && { version: create.version }),
        ...(create.call !== undefined && { call: create.call as JsonObject }),
      }
      const to = urlOf(valid(c, 'param'))
      return c.json(
        await engine.signal({
          to,
          type,
          args,
          tenant,
          ...(id !== undefined && { id }),
          ...(created && { create: created }),
        }),
      )
    },
  )
}
