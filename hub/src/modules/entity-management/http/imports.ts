import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { missing } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { idParams } from '../contract.ts'
import { importView } from '../import-contract.ts'
import { importOut } from './views.ts'

const tag = 'Imports'

export function importRoutes(app: Hono<ApiEnv>, access: Access, { imports }: EntityManagementApp): void {
  app.get(
    '/imports',
    ...endpoint({
      id: 'listImports',
      summary: 'Lists imports, newest first',
      tag,
      action: 'import.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(importView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'import.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await imports.page({ limit: limit + 1, after: readCursor(cursor) }, scope)
      return c.json(pageOf(rows.map(importOut), limit, (row) => row.id))
    },
  )

  app.get(
    '/imports/:id',
    ...endpoint({
      id: 'getImport',
      summary: 'Shows how far an import has come',
      tag,
      action: 'import.read',
      params: idParams,
      answer: { status: 200, schema: importView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await imports.find(id)
      const object = found === undefined ? { owner: '-' } : { tenant: found.tenant, owner: found.startedBy }
      access.authorise(c.get('principal'), 'import.read', object)
      if (found === undefined) throw missing('import', id)
      return c.json(importOut(found))
    },
  )
}
