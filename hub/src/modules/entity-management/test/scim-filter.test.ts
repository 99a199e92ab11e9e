import { array, asyncProperty, assert, constantFrom, oneof, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { parseFilter } from '../domain/scim/filter.ts'
import { matches } from '../domain/scim/match.ts'
import { enterpriseSchema, users } from '../domain/scim/schemas.ts'
import { userResource } from '../domain/scim/user-resource.ts'
import { postgresStorage } from '../store/index.ts'
import { entitiesForThisTest } from './entities-for-this-test.ts'

/** The database and memory mean the same by a filter. */

const compared = tuple(
  constantFrom(
    'userName',
    'displayName',
    'externalId',
    'title',
    'name.givenName',
    'emails.value',
    'emails',
    `${enterpriseSchema.id}:department`,
  ),
  constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
  constantFrom('"ada"', '"ADA"', '"a"', '"%"', '"_"', '""', '"x-1"', '"Engines"', '"b@example.org"'),
).map((parts) => parts.join(' '))
const one = oneof(
  compared,
  constantFrom(
    'active eq true',
    'active ne true',
    'title pr',
    'emails pr',
    'title eq null',
    'emails ne null',
    'externalId pr',
  ),
  constantFrom('emails[type eq "work"]', 'emails[type eq "work" and not (value co "b")]', 'emails[primary eq true]'),
)
const filter = oneof(
  one,
  tuple(one, constantFrom('and', 'or'), one).map((parts) => parts.join(' ')),
  tuple(one, one, one).map(([a, b, c]) => `not (${a} or ${b}) and ${c}`),
)

test('any filter finds the same people in the database as in memory', async () => {
  const { entities, database } = await entitiesForThisTest()
  const people = [
    [
      'ada',
      'Ada',
      'X-1',
      true,
      { title: 'Countess', emails: [{ value: 'a@example.org', type: 'work', primary: true }] },
    ],
    ['Bea%', 'Bea', null, false, { name: { givenName: 'a' }, emails: [{ value: 'b@example.org', type: 'home' }] }],
    ['c_leo', 'ADA', 'x-1', true, { [enterpriseSchema.id]: { department: 'engines' } }],
    ['dora', 'Dora', null, true, { title: 'ada', emails: [{ value: 'b@example.org', type: 'work' }] }],
  ] as const
  const store = postgresStorage.scimUsers
  const now = new Date('2026-01-01T00:00:00Z')
  for (const [userName, name, externalId, active, attributes] of people)
    await database.transaction(async (tx) => {
      const { id: user } = await entities.addUser(tx, { tenant: 'main', name, email: null, households: [] })
      await store.insert(tx.sql, [{ user, tenant: 'main', userName, externalId, active, attributes }], now)
      const { emails } = attributes as { emails?: readonly { value: string }[] }
      const address = emails?.[0]?.value ?? null
      await tx.sql`update entity_user set email = ${address} where id = ${user}`
    })
  const wish = { tenant: 'main', only: null, sort: null, offset: 0, limit: 100 }
  const { rows: all } = await store.list(database.sql, { ...wish, filter: null })
  expect(all.length).toBe(people.length)
  await assert(
    asyncProperty(array(filter, { minLength: 20, maxLength: 20 }), async (filters) => {
      for (const source of filters) {
        const parsed = parseFilter(users, source)
        const { rows, total } = await store.list(database.sql, { ...wish, filter: parsed })
        const inMemory = all.filter((user) => matches(parsed, userResource(user, 'https://hub.test/scim/v2')))
        expect([source, rows.map(({ userName }) => userName)]).toEqual([
          source,
          inMemory.map(({ userName }) => userName),
        ])
        expect(total).toBe(inMemory.length)
      }
    }),
    { numRuns: 15 },
  )
})
