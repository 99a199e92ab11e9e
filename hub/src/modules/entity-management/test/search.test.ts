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
    const request = { text, kinds: ['device', 'user', 'household', 'group', 'user-group'] as const, limit: 5 }
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

test('a device is found by what it is called in its protocols, however that is written', async () => {
  const { entities, database, find, devices, households } = await home()
  const named = (names: string[]) => database.transaction((tx) => entities.setIdentities(tx, devices[1]!, names))
  await named(['{"mac":"AA:BB:CC:11:22:33"}', 'urn:imei:490154203237518', '00D09E-Router-A1/7'])
  const written = ['AA:BB:CC:11:22:33', 'aabbcc112233', 'aabb.cc11.2233', 'aa-bb-cc', 'AA BB CC 11 22 33', 'bbcc11']
  for (const text of [...written, '49015420', '49-015420-323751-8', '490154 203237 518', 'a1/7', 'routera17'])
    expect(await find(text), text).toEqual(['device Küche'])
  expect(await find('aabbcc', { all: false, households: [households[1]!] })).toEqual(['device Küche'])
  expect(await find('aabbcc', { all: false, households: [households[0]!] })).toEqual([])
  expect(await find('aabbcc', { tenant: 'acme' })).toEqual([])
  await named(['urn:imei:490154203237518'])
  expect([await find('aabbcc'), await find('490154')]).toEqual([[], ['device Küche']])
})

test('a serial number is found with other marks than it has, or with none', async () => {
  const { find } = await home()
  for (const text of ['sn4711', 'SN:4711', 'sn.47.11']) expect(await find(text), text).toEqual(['device Living room'])
})

test('groups of people are found by their names, as they are now, by who may see all', async () => {
  const { database, find } = await home()
  const { sql } = database
  await sql`
    insert into entity_user_group (id, tenant, name, created_at, changed_at) values ('ugr-00000001', 'main', 'Night désk', now(), now())`
  expect(await find('desk')).toEqual(['user-group Night désk'])
  expect(await find('desk', { all: false, owner: 'usr-1' })).toEqual([])
  await sql`update entity_user_group set name = 'Day shift'`
  expect([await find('desk'), await find('shift')]).toEqual([[], ['user-group Day shift']])
  await sql`delete from entity_user_group`
  expect(await find('shift')).toEqual([])
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
