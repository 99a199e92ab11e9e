import { eventSchemas } from '../../hub/src/events/index.ts'
import type { TestDatabase } from './database.ts'

/** What the log has that the catalogue of events has not: types, and data that is not as it says or has something beside it. */
export async function uncatalogued({ owner }: Pick<TestDatabase, 'owner'>): Promise<string[]> {
  const rows = await owner.sql<{ type: string; data: unknown }[]>`select type, data from platform_event`
  const wrong = rows.flatMap(({ type, data }) => {
    const schema = eventSchemas.get(type)
    if (schema === undefined) return [`${type}: write it into docs/reference/events.md and hub/src/events/schemas`]
    const read = (schema.def.catchall === undefined ? schema.strict() : schema).safeParse(data)
    if (read.success) return []
    return [`${type}: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`]
  })
  return [...new Set(wrong)]
}
