import { expect, test } from 'vitest'
import type { Access, Principal, Scope } from '../../../platform/access.ts'
import { search } from '../app/search/search.ts'
import { postgresStorage } from '../store/index.ts'
import { entitiesForThisTest } from './entities-for-this-test.ts'
import { silentLog } from '../../../platform/log.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'

async function home() {
  const entities = await entitiesForThisTest()
  const { database, clock } = entities
  const devices = await entities.add(
    [
      ['Living room', 'SN-4711', 0],
      ['Küche', 'SN-4712', 1],
      ['Спальня 100%', 'SN_4713', 2],
    ].map(([name, serial, household]) => ({
      class: 'phone' as const,
      name: name as string,
      serial: serial as string,
      household: household as number,
      report: null,
      reachable: null,
    })),
  )
  const searching = search({ database, clock, log: silentLog, doorbells: localDoorbells(), storage: postgresStorage })
  const find = async (text: string, scope: Partial<Scope> = {}) => {
    const whole = { tenant: 'main', all: true, households: [], owner: '', ...scope }
    const access = { visible: () => whole } as unknown as Access
    const principal = { id: whole.owner, tenant: whole.tenant } as Principal
    const request = { text, kinds: ['device', 'user', 'household', 'group'] as const, limit: 5 }
    const groups = await searching.find(access, principal, request, {})
    return groups.flatMap(({ kind, hits }) => hits.map(({ label }) => `${kind} ${label}`))
  }
  return { ...entities, devices, find }
}

test('a device is found by its name, its serial number and its id, and by a part of them', async () => {
  const { find, devices } = await home()
  for (const text of ['living', 'LIVING ROOM', 'room liv', 'iving', 'sn-4711', 'N-4711', devices[0]!, 'li'])
    expect(await find(text), text).toContain('device Living room')
  expect(await find('iv')).toEqual([])
})

test('names in every script are found, and what has a meaning in SQL is nothing but text', async () => {
  const { find } = await home()
  expect(await find('kuche')).toEqual(['device Küche'])
  expect(await find('СПАЛЬ')).toEqual(['device Спальня 100%'])
  expect(await find('100%')).toEqual(['device Спальня 100%'])
  expect(await find('sn_')).toEqual(['device Спальня 100%'])
  expect(await find('%_\\')).toEqual(['household %_\\'])
  expect(await find("'; drop table entity_search; --")).toEqual([])
  expect(await find(' \t ')).toEqual([])
})

test('another tenant finds nothing, and who sees some households finds what is theirs', async () => {
  const { find, households } = await home()
  expect(await find('living', { tenant: 'acme' })).toEqual([])
  expect(await find('sn', { all: false, households: [households[0]!] })).toEqual(['device Living room'])
  expect(await find('muller', { all: false, households: [households[0]!] })).toEqual(['household Müller'])
  expect(await find('muller', { all: false, households: [households[1]!] })).toEqual([])
})

test('what is renamed is found by its new name only', async () => {
  const { entities, database, find, households } = await home()
  const user = await database.transaction((tx) =>
    entities.addUser(tx, { tenant: 'main', name: 'Ada Byron', email: 'ada@example.org', households: [households[0]!] }),
  )
  expect(await find('ada@exam')).toEqual(['user Ada Byron'])
  await database.sql`update entity_user set name = 'Ada Lovelace' where id = ${user.id}`
  expect([await find('byron'), await find('lovelace')]).toEqual([[], ['user Ada Lovelace']])
  expect(await find('lovelace', { all: false, owner: user.id })).toEqual(['user Ada Lovelace'])
  expect(await find('lovelace', { all: false, owner: 'usr-another' })).toEqual([])
})

test('devices, people and households are found by their tags, as they are now', async () => {
  const { database, find, devices, households } = await home()
  await database.sql`update entity_device set tags = '{pilot-Süd,loan}' where id = ${devices[1]!}`
  await database.sql`update entity_household set tags = '{pilot-süd}' where id = ${households[0]!}`
  expect((await find('pilot-sud')).toSorted()).toEqual(['device Küche', 'household Müller'])
  await database.sql`update entity_device set tags = '{}' where id = ${devices[1]!}`
  expect(await find('pilot')).toEqual(['household Müller'])
  expect(await find('loan')).toEqual([])
})

test('who was erased or merged into another is found no more', async () => {
  const { entities, database, find } = await home()
  const add = (name: string) =>
    database.transaction((tx) => entities.addUser(tx, { tenant: 'main', name, email: null, households: [] }))
  const [one, two] = [await add('Grace One'), await add('Grace Two')]
  await database.sql`update entity_user set erased_at = now() where id = ${one.id}`
  await database.sql`update entity_user set merged_into = ${one.id} where id = ${two.id}`
  expect([await find('grace'), await find(one.id)]).toEqual([[], []])
})
