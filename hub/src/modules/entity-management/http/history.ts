import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { gone } from '../app/codes.ts'
import type { HistoryPlace } from '../app/history.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { idParams } from '../contract.ts'
import { historyQuery, historyView } from '../labels-contract.ts'
import { annotated } from './annotated.ts'
import { historyOut } from './views.ts'

/** The history of attributes of devices, people and households. */
export function historyRoutes(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp): void {
  const { history, users } = entities
  for (const { kind, path, name, noun, tag, admit } of annotated) {
    app.get(
      `/${path}/:id/history`,
      ...endpoint({
        id: `list${name}History`,
        summary: `Lists what changed of a ${noun}, newest first: which attributes, by whom, from what to what`,
        tag,
        action: 'history.read',
        params: idParams,
        query: historyQuery,
        answer: { status: 200, schema: pageSchema(historyView) },
        problems: [notFound, gone],
      }),
      async (c) => {
        const { id } = valid(c, 'param')
        const { limit, cursor } = valid(c, 'query')
        await admit(entities, id, (object) => access.authorise(c.get('principal'), 'history.read', object))
        const rows = await history.page(kind, id, limit + 1, placeOf(readCursor(cursor)))
        const { items, next } = pageOf(rows, limit, ({ place }) => `${place.told ?? '-'} ${place.reported ?? '-'}`)
        const names = await users.names(items.flatMap(({ by }) => (by ? [by.id] : [])))
        return c.json({ items: items.map((entry) => historyOut(entry, names)), next })
      },
    )
  }
}

function placeOf(cursor: string | undefined): HistoryPlace {
  if (cursor === undefined) return { told: null, reported: null }
  const [, told, reported] = /^(-|\d{1,15}) (-|\d{1,15})$/.exec(cursor) ?? []
  if (told === undefined || reported === undefined) throw new CallerError(invalidCursor, 'It is of another list.')
  return { told: told === '-' ? null : Number(told), reported: reported === '-' ? null : Number(reported) }
}
