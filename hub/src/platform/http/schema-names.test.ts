import { expect, test } from 'vitest'
import { z } from 'zod'
import { watchNames } from './schema-names.ts'

test('a name that two schemas have is told, and one that a schema is given again is not', () => {
  const registry = z.registry<{ id?: string }>()
  const twice = watchNames(registry as never)
  const one = z.string()
  registry.add(one, { id: 'One' })
  registry.add(one, { id: 'One' })
  registry.add(z.string(), {})
  expect(twice()).toEqual([])
  registry.add(z.number(), { id: 'One' })
  expect(twice()).toEqual(['One'])
  expect(registry.get(one)).toEqual({ id: 'One' })
})
