import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor, writeCursor } from '../../platform/http/page.ts'
import {
  cancelMigrationRequest,
  migrationPreview,
  migrationRequest,
  migrationView,
  previewRequest,
  refusal,
  statesOf,
} from '../contract/migrations.ts'
import { migrationParams, modelNameParams } from '../contract/parts.ts'
import { migrationEnded, migrationInvalid, unknownMigration, unknownModel } from '../errors.ts'
import type { Migration, MigrationOrder, MigrationsOf } from '../store/migrations.ts'
import { tag, type Served } from './served.ts'

/** Moves of running instances to another version. */
export function migrationRoutes(app: Hono<ApiEnv>, served: Served): void {
  previewRoute(app, served)
  beginRoute(app, served)
  listRoute(app, served)
  readRoutes(app, served)
  cancelRoute(app, served)
}

function orderOf(
  { model, tenant }: MigrationsOf,
  { from, to, states, instances }: z.output<typeof previewRequest>,
): MigrationOrder {
  return { tenant, model, from, to, states: statesOf(states), instances: instances ?? null }
}

function whose(c: Context<ApiEnv>, model: string): MigrationsOf {
  return { tenant: c.get('principal').tenant, model }
}

function view(migration: Migration) {
  const { tenant: _, ...shown } = migration
  return shown
}

function previewRoute(app: Hono<ApiEnv>, { access, migrations }: Served): void {
  app.post(
    '/models/:name/migrations/preview',
    ...endpoint({
      id: 'previewMigration',
      summary: 'What would become of running instances; nothing is changed',
      description:
        'A page is one look at the instances by id: it counts those that would move and names at most `limit` that would not. With `next`, more were not looked at yet.',
      tag,
      action: 'instance.read',
      params: modelNameParams,
      query: pageQuery,
      body: previewRequest,
      answer: { status: 200, schema: migrationPreview },
      problems: [unknownModel, migrationInvalid],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const order = orderOf(whose(c, valid(c, 'param').name), valid(c, 'json'))
      const { next, ...preview } = await migrations.preview(order, { limit, after: readCursor(cursor) ?? '' })
      return c.json({ ...preview, next: next === null ? null : writeCursor(next) })
    },
  )
}

function beginRoute(app: Hono<ApiEnv>, { access, migrations }: Served): void {
  app.post(
    '/models/:name/migrations',
    ...endpoint({
      id: 'migrateInstances',
      summary: 'Move running instances to another version, each in one transaction',
      description: 'Goes on after the answer, at any hub; the migration says how far it is.',
      tag,
      action: 'instance.write',
      params: modelNameParams,
      body: migrationRequest,
      answer: { status: 202, schema: migrationView },
      problems: [unknownModel, migrationInvalid],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.write')
      const { reason, ...order } = valid(c, 'json')
      const { name } = valid(c, 'param')
      const migration = await migrations.begin(orderOf(whose(c, name), order), { by: c.get('principal').id, reason })
      return c.json(view(migration), 202, { Location: `/api/v1/models/${name}/migrations/${migration.id}` })
    },
  )
}

function listRoute(app: Hono<ApiEnv>, { access, migrations }: Served): void {
  app.get(
    '/models/:name/migrations',
    ...endpoint({
      id: 'listMigrations',
      summary: 'Migrations of a model’s instances, newest first',
      tag,
      action: 'instance.read',
      params: modelNameParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(migrationView) },
      problems: [unknownModel],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const before = readCursor(cursor)
      const page = { limit: limit + 1, ...(before !== undefined && { before }) }
      const found = await migrations.list(whose(c, valid(c, 'param').name), page)
      return c.json(pageOf(found.map(view), limit, ({ id }) => id))
    },
  )
}

function readRoutes(app: Hono<ApiEnv>, { access, migrations }: Served): void {
  app.get(
    '/models/:name/migrations/:id',
    ...endpoint({
      id: 'getMigration',
      summary: 'How far a migration is',
      tag,
      action: 'instance.read',
      params: migrationParams,
      answer: { status: 200, schema: migrationView },
      problems: [unknownMigration],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { name, id } = valid(c, 'param')
      return c.json(view(await migrations.one(whose(c, name), id)))
    },
  )
  app.get(
    '/models/:name/migrations/:id/refusals',
    ...endpoint({
      id: 'listMigrationRefusals',
      summary: 'Instances that a migration did not move, and why',
      tag,
      action: 'instance.read',
      params: migrationParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(refusal) },
      problems: [unknownMigration],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const { name, id } = valid(c, 'param')
      const after = readCursor(cursor)
      const found = await migrations.refused(whose(c, name), id, {
        limit: limit + 1,
        ...(after !== undefined && { after }),
      })
      return c.json(pageOf(found, limit, ({ instance }) => instance))
    },
  )
}

function cancelRoute(app: Hono<ApiEnv>, { access, migrations }: Served): void {
  app.post(
    '/models/:name/migrations/:id/cancel',
    ...endpoint({
      id: 'cancelMigration',
      summary: 'Move no more instances; those that were moved stay so',
      tag,
      action: 'instance.write',
      params: migrationParams,
      body: cancelMigrationRequest,
      answer: { status: 200, schema: migrationView },
      problems: [unknownMigration, migrationEnded],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'instance.write')
      const { name, id } = valid(c, 'param')
      const { reason } = valid(c, 'json')
      return c.json(view(await migrations.cancel(whose(c, name), id, { by: c.get('principal').id, reason })))
    },
  )
}
