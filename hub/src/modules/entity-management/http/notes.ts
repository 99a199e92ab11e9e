import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { gone } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { tooManyNotes } from '../app/notes.ts'
import { entityId, idParams } from '../contract.ts'
import { newNote, noteView } from '../labels-contract.ts'
import { annotated, annotationLists, type Annotated } from './annotated.ts'
import { noteOut } from './views.ts'

const noteParams = z.object({ id: entityId, note: entityId })

/** Notes of operators on devices, people and households. */
export function noteRoutes(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp): void {
  annotationLists(app, access, entities, {
    path: 'notes',
    name: 'Notes',
    summary: (noun) => `Lists the notes on a ${noun}, newest first`,
    action: 'note.read',
    view: noteView,
    rows: (kind, id, limit, after) => entities.notes.page(kind, id, { limit, after }),
    placeOf: ({ id }) => id,
    people: ({ author }) => [author],
    shown: noteOut,
  })
  for (const what of annotated) writing(app, access, entities, what)
}

function writing(app: Hono<ApiEnv>, access: Access, entities: EntityManagementApp, what: Annotated): void {
  const { notes, users } = entities
  app.post(
    `/${what.path}/:id/notes`,
    ...endpoint({
      id: `create${what.name}Note`,
      summary: `Writes a note on a ${what.noun}, for other operators`,
      tag: what.tag,
      action: 'note.write',
      params: idParams,
      body: newNote,
      answer: { status: 201, schema: noteView },
      problems: [notFound, gone, tooManyNotes],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const principal = c.get('principal')
      await what.admit(entities, id, (object) => access.authorise(principal, 'note.write', object))
      const { tenant, id: author } = principal
      const made = await notes.add({ tenant, kind: what.kind, subject: id, author, text: valid(c, 'json').text })
      return c.json(noteOut(made, await users.names([author])), 201)
    },
  )

  app.delete(
    `/${what.path}/:id/notes/:note`,
    ...endpoint({
      id: `delete${what.name}Note`,
      summary: `Deletes a note on a ${what.noun}`,
      tag: what.tag,
      action: 'note.write',
      params: noteParams,
      answer: { status: 204, schema: null },
      problems: [notFound, gone],
    }),
    async (c) => {
      const { id, note } = valid(c, 'param')
      const principal = c.get('principal')
      await what.admit(entities, id, (object) => access.authorise(principal, 'note.write', object))
      await notes.remove({ id: note, tenant: principal.tenant, kind: what.kind, subject: id })
      return c.body(null, 204)
    },
  )
}
