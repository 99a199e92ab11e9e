import { answer, type SutlerClient } from '@sutler/client'
import { beforeAll, expect, test } from 'vitest'
import { connect } from '../../hub/src/platform/database.ts'
import { fillFleet } from '../bench/fleet-data/fill-fleet.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { patience } from './household.ts'

/** An operator looks through a fleet: live filters, groups, counts; over the API and the command line. */

const hub = hubForThisFile({ clock: manualClock() })
let api: SutlerClient
const line = commandLineForThisFile()

beforeAll(async () => {
  api = hub.api
  await line.saveLogin(hub.connection)
  const sql = connect(hub.database.url, { max: 1 })
  await fillFleet(sql, { devices: 300, subscriptions: 600, seed: 1, tenant: 'main' }, () => {})
  await sql.end({ timeout: 5 })
}, patience)
const count = async (query: { filter?: string; group?: string } = {}): Promise<number> =>
  answer(await api.GET('/api/v1/devices/count', { params: { query } })).count

async function allPages(filter: string, limit: number): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ;) {
    const query = { filter, limit, ...(cursor === undefined ? {} : { cursor }) }
    const page = answer(await api.GET('/api/v1/devices', { params: { query } }))
    ids.push(...page.items.map((device) => device.id))
    if (page.next === null) return ids
    cursor = page.next
  }
}

test('a filter lists and counts the same devices', async () => {
  const filter = 'device.class == "phone" && semver(report.os.version) >= semver("13")'
  const ids = await allPages(filter, 7)
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(20)
  expect(await count({ filter })).toBe(ids.length)
  expect(await count({ filter: `!(${filter})` })).toBe(300 - ids.length)
  expect(await count()).toBe(300)
})

test('a filter that is wrong is answered with its place', async () => {
  const { status, type, errors } = await failing('/api/v1/devices', { filter: 'device.colour == "red"' })
  expect([status, type]).toEqual([400, expect.stringContaining('invalid-filter')])
  expect(errors).toEqual([
    expect.objectContaining({
      pointer: '#query/filter',
      detail: expect.stringContaining('Device has no colour'),
      line: 1,
      column: 7,
    }),
  ])
  const mixed = await failing('/api/v1/devices', { filter: 'device.reachable', class: 'phone' })
  expect(mixed.type).toContain('invalid-request')
})

async function failing(path: string, query: Record<string, string>) {
  const response = await fetch(`${hub.url}${path}?${new URLSearchParams(query).toString()}`, {
    headers: { authorization: `Bearer ${hub.connection.token}` },
  })
  const problem = (await response.json()) as { type: string; errors: unknown[] }
  return { status: response.status, ...problem }
}

test('a static group keeps its list, a live group follows its filter', async () => {
  const [one, two] = (await allPages('device.class == "gateway"', 200)) as [string, string]
  const made = answer(await api.POST('/api/v1/groups', { body: { name: 'Pilot', devices: [one] } }))
  const live = answer(
    await api.POST('/api/v1/groups', { body: { name: 'Gateways', filter: 'device.class == "gateway"' } }),
  )
  expect([made.kind, live.kind]).toEqual(['static', 'live'])
  expect(await count({ group: live.id })).toBe(100)
  const path = { params: { path: { id: made.id } } }
  const change = { add: [one, two], remove: ['dev-nowhere'] }
  expect(answer(await api.POST('/api/v1/groups/{id}/devices', { ...path, body: change }))).toEqual({
    added: 1,
    removed: 0,
  })
  const members = answer(await api.GET('/api/v1/groups/{id}/devices', path))
  expect(members.items.map((device) => device.id)).toEqual([one, two])
  expect(await count({ group: made.id })).toBe(2)
  const listed = answer(await api.GET('/api/v1/groups')).items.map((group) => group.name)
  expect(listed).toEqual(expect.arrayContaining(['Pilot', 'Gateways']))

  await expect(api.POST('/api/v1/groups', { body: { name: 'Pilot', devices: [] } })).rejects.toMatchObject({
    code: 'group-name-taken',
  })
  await expect(api.POST('/api/v1/groups', { body: { name: 'X', devices: ['dev-nowhere'] } })).rejects.toMatchObject({
    code: 'unknown-devices',
  })
  await expect(api.POST('/api/v1/groups', { body: { name: 'X' } })).rejects.toMatchObject({ code: 'invalid-request' })
  const toLive = { params: { path: { id: live.id } } }
  await expect(api.POST('/api/v1/groups/{id}/devices', { ...toLive, body: { add: [one] } })).rejects.toMatchObject({
    code: 'wrong-group-kind',
  })
  await hub.database.owner
    .sql`insert into entity_group_use (group_id, kind, id, name) values (${made.id}, 'campaign', 'cmp-1', 'Summer')`
  await expect(api.DELETE('/api/v1/groups/{id}', path)).rejects.toMatchObject({
    code: 'group-in-use',
    message: expect.stringContaining('campaign Summer (cmp-1)'),
  })
  await hub.database.owner.sql`delete from entity_group_use`
  await api.DELETE('/api/v1/groups/{id}', path)
  await expect(api.GET('/api/v1/groups/{id}', path)).rejects.toMatchObject({ code: 'not-found' })
})

test('the same on the command line', { timeout: patience }, async () => {
  const found = await line.run([
    'devices',
    '--filter',
    'device.class == "gateway" && !device.reachable',
    '--limit',
    '3',
  ])
  expect(found).toMatchObject({ status: 0, out: expect.stringContaining('gateway') as string })
  const wrong = await line.run(['devices', '--filter', 'device.class = "gateway"'])
  expect([wrong.status, wrong.err]).toEqual([1, expect.stringContaining('[invalid-filter]')])
  expect((await line.run(['group', 'create', 'Phones', '--filter', 'device.class == "phone"'])).out).toContain('live')
  const ids = await allPages('device.class == "set-top-box"', 200)
  expect((await line.run(['group', 'create', 'Some', ids[0]!])).out).toContain('static')
  expect((await line.run(['group', 'add', 'Some', ids[0]!, ids[1]!])).out).toBe('1 added, 0 removed\n')
  expect((await line.run(['group', 'remove', 'Some', ids[0]!])).out).toBe('0 added, 1 removed\n')
  const devices = await line.run(['group', 'devices', 'Some'])
  expect([devices.out.includes(ids[1]!), devices.out.includes(ids[0]!)]).toEqual([true, false])
  expect((await line.run(['group', 'list'])).out).toContain('device.class == "phone"')
  expect((await line.run(['group', 'delete', 'Some'])).status).toBe(0)
  expect((await line.run(['group', 'delete', 'Some'])).err).toContain('there is no group Some')
})
