import type { PreferenceStore } from '../app/storage.ts'

const tables = { household: 'entity_household', user: 'entity_user', device: 'entity_device' } as const

export const preferenceStore: PreferenceStore = {
  async find(sql, subjects) {
    const kinds = subjects.map((subject) => subject.kind)
    const ids = subjects.map((subject) => subject.id)
    return sql`
      select p.kind, p.id, p.document, p.version from entity_preference p
      join unnest(${kinds}::text[], ${ids}::text[]) as s(kind, id) on p.kind = s.kind and p.id = s.id`
  },

  // The insert takes effect only for a subject that exists, and only when nothing or anything may be there. Which tenants there are
  // is registration's to know: whoever may write for one is in it.
  async write(sql, { kind, id }, document, expected, at) {
    const rows = await sql<{ version: number }[]>`
      insert into entity_preference as p (kind, id, tenant, document, version, updated_at)
      select ${kind}, e.id, e.tenant, ${sql.json(document as never)}, 1, ${at}
      from ${kind === 'tenant' ? sql`(select ${id}::text as id, ${id}::text as tenant)` : sql`${sql(tables[kind])}`} e
      where e.id = ${id}
        and (${expected ?? 0}::int = 0 or exists (select from entity_preference where kind = ${kind} and id = ${id}))
      on conflict (kind, id) do update
        set document = excluded.document, version = p.version + 1, updated_at = excluded.updated_at
        where ${expected ?? null}::int is null or p.version = ${expected ?? null}::int
      returning p.version`
    return rows[0]?.version ?? null
  },
}
