import type { Hono } from 'hono'
import { notFound } from '../../platform/access.ts'
import { CallerError } from '../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { instanceParams, modelNameParams, streamQuery } from '../contract/parts.ts'
import { tooManyStreams, unknownModel } from '../errors.ts'
import type { CommitPlace } from '../store/steps.ts'
import { stored, tag, type Served } from './served.ts'
import { placeIn, StepStreams } from './step-stream.ts'

const answer = {
  status: 200,
  schema: null,
  mediaType: 'text/event-stream',
  description: 'A stream that does not end: events `step` with an `id` and an InstanceStep as data',
} as const

/** Steps as they happen. */
export function liveRoutes(app: Hono<ApiEnv>, served: Served): void {
  const streams = new StepStreams(served)
  ofInstance(app, served, streams)
  ofModel(app, served, streams)
}

function ofInstance(app: Hono<ApiEnv>, served: Served, streams: StepStreams): void {
  app.get(
    '/instances/:model/:id/live',
    ...endpoint({
      id: 'streamInstance',
      summary: 'Streams the steps of an instance as they happen (server-sent events)',
      tag,
      action: 'instance.read',
      params: instanceParams,
      query: streamQuery,
      answer,
      problems: [notFound, tooManyStreams],
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.read')
      const since = placeIn(c, valid(c, 'query').since, 2)
      const { key, entries } = await stored(served, valid(c, 'param'), c.get('principal'))
      // Of an instance that is gone, when another one has its id now: that one's history is new from the beginning.
      const from = since === null ? entries : since[0] === key ? since[1]! : 0
      return streams.open(c, {
        from,
        idOf: (entry) => `${key}-${entry}`,
        steps: (abort) => served.live.instance(key, from, abort),
      })
    },
  )
}

function ofModel(app: Hono<ApiEnv>, served: Served, streams: StepStreams): void {
  const { access, database, live, models } = served
  app.get(
    '/models/:name/live',
    ...endpoint({
      id: 'streamModel',
      summary: 'Streams the steps of all instances of a model as they happen (server-sent events)',
      tag,
      action: 'instance.read',
      params: modelNameParams,
      query: streamQuery,
      answer,
      problems: [unknownModel, tooManyStreams],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { tenant } = c.get('principal')
      const { name } = valid(c, 'param')
      const since = placeIn(c, valid(c, 'query').since, 3)
      if (!(await models.find(database.sql, name, null)))
        throw new CallerError(unknownModel, `No version of model ${name} is published.`)
      const from = since === null ? await live.end() : committed(since)
      return streams.open(c, { from, idOf, steps: (abort) => live.model({ model: name, tenant }, from, abort) })
    },
  )
}

/** An id has no sign in it: instances count from 0 there, and 0 is none. */
function idOf({ xact, instance, entry }: CommitPlace): string {
  return `${xact}-${instance + 1}-${entry}`
}

function committed([xact, instance, entry]: readonly number[]): CommitPlace {
  return { xact: xact!, instance: instance! - 1, entry: entry! }
}
