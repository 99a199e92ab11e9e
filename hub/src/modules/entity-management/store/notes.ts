import type { NoteStore } from '../app/storage.ts'
import type { Note } from '../domain/notes.ts'

interface NoteRow extends Omit<Note, 'createdAt'> {
  created_at: Date
}

export const noteStore: NoteStore = {
  async insert(sql, { id, tenant, kind, subject, author, text, createdAt }) {
    await sql`
      insert into entity_note (id, tenant, kind, subject, author, text, created_at)
      values (${id}, ${tenant}, ${kind}, ${subject}, ${author}, ${text}, ${new Date(createdAt)})`
  },

  async count(sql, kind, subject) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from entity_note where kind = ${kind} and subject = ${subject}`
    return row!.count
  },

  async page(sql, kind, subject, { limit, after }) {
    const rows = await sql<NoteRow[]>`
      select * from entity_note where kind = ${kind} and subject = ${subject}
      ${after === undefined ? sql`` : sql`and id < ${after}`} order by id desc limit ${limit}`
    return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.getTime() }))
  },

  async remove(sql, kind, subject, id) {
    const gone = await sql`delete from entity_note where kind = ${kind} and subject = ${subject} and id = ${id}`
    return gone.count === 1
  },
}
