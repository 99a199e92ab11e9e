import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { patience } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(() => line.logIn(hub.url))

it('an operator says of a home what it needs, and reads later who said what', { timeout: patience }, async () => {
  const id = String((await line.json('household', 'create', 'Seeblick', '--kind', 'organisation'))['id'])
  const defined = await line.run(['attribute', 'define', 'household', 'stars', 'number', '--minimum', '1', '--integer'])
  expect([defined.status, defined.out]).toEqual([0, 'household.stars fits all.\n'])
  expect((await line.run(['household', 'set', id, 'stars=0'])).err).toContain('/attributes/stars: This is at least 1.')
  expect((await line.run(['household', 'set', id, 'stars=4'])).out).toBe('stars=4\n')
  expect((await line.run(['household', 'tag', id, 'hotel', 'lake'])).out).toBe('hotel lake\n')
  expect((await line.run(['household', 'tag', id, '--remove', 'lake'])).out).toBe('hotel\n')
  expect((await line.run(['household', 'note', id, 'Ask for Mr Meier.'])).status).toBe(0)
  expect((await line.run(['household', 'notes', id])).out).toMatch(/operator +Ask for Mr Meier\./)
  const history = await line.run(['household', 'history', id])
  expect(history.out).toMatch(/operator +operator +tags: \["hotel","lake"\] → \["hotel"\]/)
  expect(history.out).toMatch(/attributes.stars: – → 4/)
})

it('somebody is taken out and erased, and the audit is whole', { timeout: patience }, async () => {
  const account = { name: 'bea', password: 'a long enough password', roles: ['sponsor' as const] }
  const { id } = (await hub.api.POST('/api/v1/accounts', { body: account })).data!
  const file = line.path('bea.json')
  expect((await line.run(['user', 'export', id, '--output', file])).status).toBe(0)
  const { data } = JSON.parse(await readFile(file, 'utf8')) as { data: Record<string, unknown> }
  expect(Object.keys(data).toSorted()).toEqual([
    'access',
    'answers',
    'development',
    'orders',
    'participation',
    'person',
  ])
  const shown = await line.run(['user', 'erase', id])
  expect(shown.out).toMatch(/account: they cannot log in any more +1 +is erased/)
  expect(shown.err).toContain(`Nothing was done. To erase ${id} for good: sutler user erase ${id} --yes`)
  expect((await line.run(['user', 'erase', id, '--yes'])).out).toMatch(
    /rows of the audit about them +\d+ +stays +the law/,
  )
  expect((await line.run(['user', 'tag', id])).err).toContain(`The user ${id} was erased.`)
  expect((await line.run(['audit', 'verify'])).out).toMatch(/^the audit is whole/)
})

it('two homes are merged, with what they have, once not both have the same', { timeout: patience }, async () => {
  const [stays, goes] = [
    await line.json('household', 'create', 'Meier'),
    await line.json('household', 'create', 'meier'),
  ]
  const [into, from] = [String(stays['id']), String(goes['id'])]
  expect((await line.run(['household', 'duplicates'])).out).toContain(`${into} Meier; ${from} meier`)
  const { sql } = hub.database.owner
  await sql`
    insert into order_subscription (id, tenant, household, service, version, state, created_at, updated_at)
    values ('sub-00000001', 'main', ${from}, 'guide', '1.0.0', 'active', now(), now()),
      ('sub-00000002', 'main', ${into}, 'guide', '1.0.0', 'active', now(), now())`
  const refused = await line.run(['household', 'merge', from, into, '--yes'])
  const why = `Both have guide: order its removal from ${from} or from ${into}`
  expect([refused.status, refused.err]).toEqual([1, expect.stringContaining(why)])
  await sql`update order_subscription set state = 'ended' where id = 'sub-00000002'`
  const done = await line.run(['household', 'merge', from, into, '--yes'])
  expect([done.status, done.err]).toEqual([0, expect.stringContaining(`${from} is ${into} now.`)])
  expect(await sql`select household from order_subscription where state = 'active'`).toEqual([{ household: into }])
})
