import type { Context, Hono } from 'hono'
import { notFound } from '../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { diagramQuery } from '../contract/models.ts'
import { instanceParams, modelParams } from '../contract/parts.ts'
import { modelTooHard, unknownModel, workshopFull } from '../errors.ts'
import { stored, tag, type Served } from './served.ts'

const answer = { status: 200, schema: null, mediaType: 'image/svg+xml', description: 'A picture' } as const

/** Pictures of models and of instances. */
export function diagramRoutes(app: Hono<ApiEnv>, served: Served): void {
  const { access, library } = served
  app.get(
    '/models/:name/:version/diagram',
    ...endpoint({
      id: 'drawModel',
      summary: 'A picture of a model',
      tag,
      action: 'model.read',
      params: modelParams,
      query: diagramQuery,
      answer,
      problems: [unknownModel, modelTooHard, workshopFull],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { name, version } = valid(c, 'param')
      const { states = '' } = valid(c, 'query')
      const model = await library.document(name, version)
      return picture(c, await library.draw(model, states === '' ? [] : states.split(',')))
    },
  )
  app.get(
    '/instances/:model/:id/diagram',
    ...endpoint({
      id: 'drawInstance',
      summary: 'A picture of an instance’s model with its current states',
      tag,
      action: 'instance.read',
      params: instanceParams,
      answer,
      problems: [notFound, modelTooHard, workshopFull],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { model, version, states } = await stored(served, valid(c, 'param'), c.get('principal'))
      return picture(c, await library.draw(await library.document(model, version), states))
    },
  )
}

/** Opened by itself, a picture is a document of the hub's: it may load and run nothing. */
function picture(c: Context<ApiEnv>, svg: string): Response {
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  })
}
