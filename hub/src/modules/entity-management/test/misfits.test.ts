import { expect, test } from 'vitest'
import { valueFault, type AttributeDefinition } from '../domain/attributes.ts'
import { attributeStore } from '../store/attributes.ts'
import { entitiesForThisTest } from './entities-for-this-test.ts'

const values = [
  0,
  -1,
  2.5,
  40,
  41,
  '',
  'a',
  'abcdefghi',
  'é'.repeat(8),
  '2026-02-28',
  '2026-02-30',
  '20260228',
  true,
  false,
]
const definitions: Pick<AttributeDefinition, 'type' | 'bounds'>[] = [
  { type: 'string', bounds: {} },
  { type: 'string', bounds: { minLength: 1, maxLength: 8 } },
  { type: 'number', bounds: {} },
  { type: 'number', bounds: { minimum: 0, maximum: 40, integer: true } },
  { type: 'boolean', bounds: {} },
  { type: 'date', bounds: {} },
  { type: 'date', bounds: { minimum: '2026-03-01' } },
  { type: 'enum', bounds: { values: ['a', '2026-02-28'] } },
]

test('the database counts as misfits exactly what the hub would refuse', async () => {
  const { database, households } = await entitiesForThisTest()
  for (const { type, bounds } of definitions) {
    for (const value of values) {
      await database.sql`
        update entity_household set attributes = ${database.sql.json({ x: value })} where id = ${households[0]!}`
      const named = { tenant: 'main', kind: 'household', name: 'x', required: false, description: '' } as const
      const misfits = await attributeStore.misfits(database.sql, { ...named, type, bounds, version: 1, createdAt: 0 })
      expect([type, bounds, value, misfits]).toEqual([type, bounds, value, valueFault({ type, bounds }, value) ? 1 : 0])
    }
  }
})
