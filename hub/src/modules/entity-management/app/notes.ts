import { CallerError, errorCode } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { EntityKind } from '../domain/attributes.ts'
import { mostNotes, type Note } from '../domain/notes.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { PageRequest } from './storage.ts'

export const tooManyNotes = errorCode(
  'too-many-notes',
  409,
  'There are as many notes as there may be',
  'Delete notes that nobody needs any more.',
)

type NoteId = Pick<Note, 'id' | 'tenant' | 'kind' | 'subject'>

/** What operators write down about entities, for one another. */
export function notes({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.notes
  const event = (type: string, { id, tenant, kind, subject }: NoteId) => {
    return { type, subject, tenant, household: null, data: { kind, note: id } }
  }

  return {
    /** @throws CallerError `too-many-notes` */
    add: (wanted: Omit<Note, 'id' | 'createdAt'>): Promise<Note> =>
      database.transaction(async (tx) => {
        if ((await store.count(tx.sql, wanted.kind, wanted.subject)) >= mostNotes)
          throw new CallerError(tooManyNotes, `There are ${mostNotes} notes on ${wanted.subject}.`)
        const now = clock.now()
        const note = { ...wanted, id: newId('not', now), createdAt: now }
        await store.insert(tx.sql, note)
        await appendEvents(tx, doorbells, [event('note.added', note)])
        return note
      }),

    page: (kind: EntityKind, subject: string, page: PageRequest): Promise<Note[]> =>
      store.page(database.sql, kind, subject, page),

    remove: (which: NoteId): Promise<void> =>
      database.transaction(async (tx) => {
        if (!(await store.remove(tx.sql, which.kind, which.subject, which.id))) throw missing('note', which.id)
        await appendEvents(tx, doorbells, [event('note.removed', which)])
      }),
  }
}
