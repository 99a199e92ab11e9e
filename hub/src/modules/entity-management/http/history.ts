import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import type { HistoryPlace } from '../app/history.ts'
import type { EntityManagementApp } from '../app/index.ts'
import type { HistoryEntry } from '../domain/history.ts'
import { historyView } from '../labels-contract.ts'
import { annotationLists } from './annotated.ts'
import { historyOut } from './views.ts'

/** The history of attributes of devices, people and households. */
export function historyRoutes(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp): void {
  annotationLists<HistoryEntry & { readonly place: HistoryPlace }>(app, access, entities, {
    path: 'history',
    name: 'History',
    summary: (noun) => `Lists what changed of a ${noun}, newest first: which attributes, by whom, from what to what`,
    action: 'history.read',
    view: historyView,
    rows: (kind, id, limit, after) => entities.history.page(kind, id, limit, placeOf(after)),
    placeOf: ({ place }) => `${place.told ?? '-'} ${place.reported ?? '-'}`,
    people: ({ by }) => (by ? [by.id] : []),
    shown: historyOut,
  })
}

function placeOf(cursor: string | undefined): HistoryPlace {
  if (cursor === undefined) return { told: null, reported: null }
  const [, told, reported] = /^(-|\d{1,15}) (-|\d{1,15})$/.exec(cursor) ?? []
  if (told === undefined || reported === undefined) throw new CallerError(invalidCursor, 'It is of another list.')
  return { told: told === '-' ? null : Number(told), reported: reported === '-' ? null : Number(reported) }
}
