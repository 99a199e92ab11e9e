import { compile, evaluate, ExpressionError, FilterError, versionKey } from '@sutler/expressions'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { filterVariables } from '../domain/filter-variables.ts'
import { compileFleetFilter, filterCondition, fleetFrom } from '../store/filter-sql.ts'
import { entitiesForThisTest } from './entities-for-this-test.ts'
import { anyDevice, anyFilter, now } from './filter-arbitraries.ts'

/**
 * A filter in the database and CEL itself, over the same devices: for each device, the same answer, where an error of CEL's is
 * as good as false at the top and tells itself from false everywhere else.
 */

test('random filters match in the database exactly the devices that CEL says', { timeout: 240_000 }, async () => {
  const { database, entities, add } = await entitiesForThisTest()
  await add(fc.sample(anyDevice, { numRuns: 150, seed: 7 }))
  await database.sql`
    update entity_household set kind = 'organisation', tags = '{hotel}', attributes = '{"stars": 5}' where name = 'O’Hara'`
  const ids = (await database.sql<{ id: string }[]>`select id from entity_device`).map((row) => row.id)
  const devices = await entities.devices(ids)
  const households = new Map(
    (await entities.households([...new Set(devices.map((d) => d.household))])).map((h) => [h.id, h]),
  )
  const cases = devices.map((d) => ({ id: d.id, variables: filterVariables(d, households.get(d.household)!, now) }))
  const reached = new Set<boolean>()
  await fc.assert(
    fc.asyncProperty(anyFilter, async (source) => {
      const compiled = compiledUnlessTooExpensive(source)
      fc.pre(compiled !== null)
      const rows = await database.sql<{ device: string }[]>`
        select f.device from ${fleetFrom(database.sql, compiled.needs)} where ${filterCondition(database.sql, compiled)}`
      const expression = compile(source)
      const expected = cases.filter(({ variables }) => answer(expression, variables)).map(({ id }) => id)
      reached.add(expected.length > 0 && expected.length < cases.length)
      expect(rows.map((row) => row.device).toSorted(), source).toEqual(expected.toSorted())
    }),
    { numRuns: 1200 },
  )
  expect(reached).toEqual(new Set([true, false]))
})

function compiledUnlessTooExpensive(source: string) {
  try {
    return compileFleetFilter(source, now)
  } catch (error) {
    if (error instanceof FilterError && error.fault === 'too-expensive') return null
    throw error
  }
}

function answer(expression: ReturnType<typeof compile>, variables: Parameters<typeof evaluate>[1]): boolean {
  try {
    return evaluate(expression, variables) === true
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

test('versions sort in the database as they do in CEL', async () => {
  const database = await databaseForThisTest()
  const identifier = fc.constantFrom('alpha', 'beta', '1', '2', '10', '007', 'rc-1', 'x', '0', '-', '')
  const anyVersion = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('', 'v'),
        fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
        fc.option(fc.array(identifier, { minLength: 1, maxLength: 3 })),
        fc.constantFrom('', '+b.1'),
      )
      .map(
        ([v, numbers, before, build]) =>
          `${v}${numbers.join('.')}${before === null ? '' : `-${before.join('.')}`}${build}`,
      ),
    fc.string({ maxLength: 6 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    fc.constantFrom('1.0.0-', '1..0', '9999999999', '1.2.3.4', `1.0.0-${'a'.repeat(130)}`),
  )
  const texts = fc.sample(anyVersion, { numRuns: 3000, seed: 3 })
  const rows = await database.sql<{ key: string | null }[]>`
    select entity_version_key(t) as key from unnest(${texts}::text[]) with ordinality as u(t, n) order by n`
  expect(rows.map((row) => row.key)).toEqual(texts.map(versionKey))
  expect(rows.filter((row) => row.key !== null).length).toBeGreaterThan(500)
})
