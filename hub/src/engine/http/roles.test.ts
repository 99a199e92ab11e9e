import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../../test/support/database.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import type { RoleContract } from '../index.ts'
import { startApi, type TestApi } from '../test/api.ts'

const walk = (version: string, more = ''): string => `model walk ${version}

states new (initial), on, over (final)

signal go, end${more}

on go: new -> on

on end: on -> over
`
const contract: RoleContract = {
  role: 'walk',
  title: 'A walk',
  signals: { go: {}, end: {} },
  states: ['on'],
  tasks: [],
}
const stricter: RoleContract = { ...contract, signals: { ...contract.signals, rest: {} } }

/** The hub brings 1.0.0, and 1.1.0 from the next on. */
async function hubWith(url: string, roles: readonly RoleContract[], shipped: readonly string[]): Promise<TestApi> {
  const api = await startApi({ url, roles, clock })
  for (const version of shipped) await api.hub.engine.publish(document(version))
  return api
}
const clock = manualClock(Date.UTC(2026, 0, 1))

function document(version: string) {
  const [states, initial, final] = [['new', 'on', 'over'], ['new'], ['over']]
  const transitions = [
    { on: 'go', from: ['new'], to: ['on'], name: 'go' },
    { on: 'end', from: ['on'], to: ['over'], name: 'end' },
  ]
  return { model: 'walk', version, states, initial, final, signals: { go: {}, end: {} }, transitions }
}

async function startedOn(api: TestApi, id: string): Promise<unknown> {
  await api.hub.engine.signal({ to: `walk/${id}`, type: 'go', args: {}, create: {} })
  return (await api.hub.engine.instance(`walk/${id}`))?.version
}

describe('a role', () => {
  it('is filled by the newest version that came with the hub, whatever people publish', async () => {
    const api = await hubWith((await databaseForThisTest()).url, [contract], ['1.0.0', '1.1.0'])
    expect((await api.post('/models', { text: walk('9.0.0-acme.1') })).status).toBe(201)
    expect(await api.refused(api.post('/models', { text: walk('9.0.0') }), 422)).toBe('model-unsound')
    expect(await startedOn(api, 'a')).toBe('1.1.0')
    expect(await api.items('/roles')).toMatchObject([{ role: 'walk', version: '1.1.0', assigned: null }])
  })

  it('is filled by the version that a person chose, at every hub, until it is given back', async () => {
    const { url } = await databaseForThisTest()
    const here = await hubWith(url, [contract], ['1.0.0'])
    const there = await hubWith(url, [contract], ['1.0.0'])
    await here.post('/models', { text: walk('1.0.0-acme.1') })
    expect(await here.put('/roles/walk', { version: '1.0.0-acme.1' })).toMatchObject({
      status: 200,
      body: { version: '1.0.0-acme.1', assigned: { version: '1.0.0-acme.1', by: 'usr-1' } },
    })
    expect(await startedOn(here, 'a')).toBe('1.0.0-acme.1')
    await until(async () => {
      clock.advance(5_000)
      return (await there.items('/roles'))[0]!['version'] === '1.0.0-acme.1'
    })
    expect(await startedOn(there, 'b')).toBe('1.0.0-acme.1')
    await here.put('/roles/walk', { version: null })
    expect(await startedOn(here, 'c')).toBe('1.0.0')
    expect((await here.hub.engine.instance('walk/a'))?.version).toBe('1.0.0-acme.1')
    const events = await here.hub.database.sql`select data from platform_event where type = 'role.assigned' order by id`
    expect(events.map(({ data }) => data)).toEqual([
      { version: '1.0.0-acme.1', before: '1.0.0', by: 'usr-1' },
      { version: null, before: '1.0.0-acme.1', by: 'usr-1' },
    ])
  })

  it('goes back to the shipped version under a hub whose contract the chosen one does not keep, and says why', async () => {
    const { url } = await databaseForThisTest()
    const older = await hubWith(url, [contract], ['1.0.0'])
    await older.post('/models', { text: walk('1.0.0-acme.1') })
    await older.put('/roles/walk', { version: '1.0.0-acme.1' })
    const newer = await hubWith(url, [stricter], ['1.0.0'])
    expect(await startedOn(newer, 'a')).toBe('1.0.0')
    expect(await newer.items('/roles')).toMatchObject([
      { version: '1.0.0', findings: [{ message: 'the signal rest is not declared' }] },
    ])
    expect(await newer.refused(newer.put('/roles/walk', { version: '1.0.0-acme.1' }), 422)).toBe('contract-unmet')
    expect((await newer.post('/models', { text: walk('1.0.0-acme.2', ', rest') })).status).toBe(201)
    expect((await newer.put('/roles/walk', { version: '1.0.0-acme.2' })).status).toBe(200)
    expect(await startedOn(newer, 'b')).toBe('1.0.0-acme.2')
  })

  it('that there is not, or a version that is not published, is refused', async () => {
    const api = await hubWith((await databaseForThisTest()).url, [contract], ['1.0.0'])
    expect(await api.refused(api.put('/roles/run', { version: null }), 404)).toBe('unknown-role')
    expect(await api.refused(api.put('/roles/walk', { version: '7.0.0' }), 404)).toBe('unknown-model')
  })
})
