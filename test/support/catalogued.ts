import { expect } from 'vitest'
import { eventSchemas } from '../../hub/src/events/index.ts'
import type { TestDatabase } from './database.ts'

/** Every event that the log has is of a type of the catalogue, and its data is as the catalogue says, with nothing beside it. */
export async function expectCatalogued({ owner }: Pick<TestDatabase, 'owner'>): Promise<void> {
  const rows = await owner.sql<{ type: string; data: unknown }[]>`select type, data from platform_event`
  const wrong = rows.flatMap(({ type, data }) => {
    const schema = eventSchemas.get(type)
    if (schema === undefined) return [`${type}: write it into docs/reference/events.md and hub/src/events/schemas`]
    const read = (schema.def.catchall === undefined ? schema.strict() : schema).safeParse(data)
    if (read.success) return []
    return [`${type}: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`]
  })
  expect([...new Set(wrong)]).toEqual([])
}
