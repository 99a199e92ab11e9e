import type { JsonObject } from '@sutler/engine'
import type { Hono } from 'hono'
import { CallerError } from '../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { invalidRequest } from '../../platform/http/codes.ts'
import { etagOf } from '../../platform/http/etag.ts'
import { pageOf, pageSchema } from '../../platform/http/page.ts'
import { isSound, type Authored } from '../authored.ts'
import {
  authoredModel,
  checkedModel,
  modelDocument,
  modelsQuery,
  modelSummary,
  publication,
} from '../contract/models.ts'
import { modelParams } from '../contract/parts.ts'
import { modelTooHard, modelUnsound, modelVersionTaken, unknownModel, workshopFull } from '../errors.ts'
import { listModels } from '../store/models.ts'
import { pairIn, tag, type Served } from './served.ts'

/** Publish, check, list and show models. */
export function modelRoutes(app: Hono<ApiEnv>, served: Served): void {
  publishRoute(app, served)
  checkRoute(app, served)
  listRoute(app, served)
  showRoute(app, served)
}

function publishRoute(app: Hono<ApiEnv>, { access, library }: Served): void {
  app.post(
    '/models',
    ...endpoint({
      id: 'publishModel',
      summary: 'Check a model and publish it',
      description:
        'A published version never changes. The same content again is answered with 200; other content under the same version is refused.',
      tag,
      action: 'model.write',
      body: authoredModel,
      answer: {
        status: 201,
        schema: publication,
        description: 'Published; 200 when the same content was there already',
      },
      problems: [modelUnsound, modelVersionTaken, modelTooHard, workshopFull],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.write')
      const { created, ...published } = await library.publish(authoredIn(valid(c, 'json')), c.get('principal').id)
      const location = { Location: `/api/v1/models/${published.name}/${published.version}` }
      return c.json(published, created ? 201 : 200, location)
    },
  )
}

function checkRoute(app: Hono<ApiEnv>, { access, library }: Served): void {
  app.post(
    '/models/check',
    ...endpoint({
      id: 'checkModel',
      summary: 'Everything that there is to say of a model; nothing is stored',
      tag,
      action: 'model.read',
      body: authoredModel,
      answer: { status: 200, schema: checkedModel },
      problems: [modelTooHard, workshopFull],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const inspection = await library.check(authoredIn(valid(c, 'json')))
      return c.json({ ...inspection, sound: isSound(inspection) })
    },
  )
}

function listRoute(app: Hono<ApiEnv>, { access, database }: Served): void {
  const list = { id: 'listModels', summary: 'Published models, each version', tag, action: 'model.read' } as const
  app.get(
    '/models',
    ...endpoint({ ...list, query: modelsQuery, answer: { status: 200, schema: pageSchema(modelSummary) } }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { limit, cursor, name } = valid(c, 'query')
      const [last, version] = pairIn(cursor)
      const after = last === undefined ? {} : { after: { name: last, version: version ?? '' } }
      const rows = await listModels(database.sql, { limit: limit + 1, ...(name !== undefined && { name }), ...after })
      return c.json(pageOf(rows, limit, (row) => `${row.name} ${row.version}`))
    },
  )
}

function showRoute(app: Hono<ApiEnv>, { access, library }: Served): void {
  app.get(
    '/models/:name/:version',
    ...endpoint({
      id: 'getModel',
      summary: 'One version of a model, as document and as text',
      tag,
      action: 'model.read',
      params: modelParams,
      answer: { status: 200, schema: modelDocument },
      problems: [unknownModel],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'model.read')
      const { name, version } = valid(c, 'param')
      const model = await library.shown(name, version)
      c.header('ETag', etagOf(model.digest))
      return c.json({ name, version, title: model.document.title ?? null, ...model })
    },
  )
}

/** @throws CallerError `invalid-request` unless it is one of the two */
function authoredIn({
  document,
  text,
}: {
  document?: JsonObject | object | undefined
  text?: string | undefined
}): Authored {
  if (document !== undefined && text === undefined) return { document }
  if (text !== undefined && document === undefined) return { text }
  const detail = 'A model is given either as `document` or as `text`.'
  throw new CallerError(invalidRequest, detail, { places: [{ pointer: '', detail }] })
}
