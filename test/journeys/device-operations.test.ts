import { answer, createClient, type Schemas, type SutlerClient } from '@sutler/client'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { addHomes, secondPerson } from '../support/campaign-fleet.ts'
import { composeSecondHub, hubForThisFile } from '../support/composed-hub.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

/** One thing done to many devices, as an operator does it. */

const hub = hubForThisFile({ clock: systemClock })
let api: SutlerClient
const line = commandLineForThisFile()

beforeAll(async () => {
  ;({ api } = hub)
  await line.saveLogin(hub.connection)
}, patience)
type Wish = Schemas['DeviceOperationPreviewRequest']
type Operation = Schemas['DeviceOperation']

/** Devices whose names end so; they are `phone <name>`. */
async function fleet(name: string, count: number): Promise<{ ids: string[]; filter: string }> {
  const homes = await addHomes(
    hub,
    systemClock,
    name,
    Array.from({ length: count }, () => ({ classes: ['phone'] as const })),
  )
  return { ids: homes.flatMap(({ devices }) => devices), filter: `device.name == "phone ${name}"` }
}

async function preview(selection: Wish['selection'], operation: Wish['operation']) {
  return answer(await api.POST('/api/v1/device-operations/previews', { body: { selection, operation } }))
}

async function run(token: string, perMinute = 12_000, as = api): Promise<Operation> {
  return answer(await as.POST('/api/v1/device-operations', { body: { token, perMinute } }))
}

const at = (id: string) => ({ params: { path: { id } } })

function ended({ id }: Pick<Operation, 'id'>): Promise<Operation> {
  return until(
    async () => {
      const found = answer(await api.GET('/api/v1/device-operations/{id}', at(id)))
      return found.state === 'running' ? null : found
    },
    { deadline: patience, what: `the end of ${id}` },
  )
}

async function exceptionsOf({ id }: Operation) {
  return answer(await api.GET('/api/v1/device-operations/{id}/exceptions', at(id))).items
}

async function stateOf(ids: readonly string[]): Promise<string[]> {
  const rows = await hub.database.owner.sql<{ state: string }[]>`
    select state from entity_device where id = any(${[...ids]}) order by id`
  return rows.map(({ state }) => state)
}

const decommission = { kind: 'decommission' as const }
const reporting = { kind: 'query-capabilities' as const }

describe('operations over many devices', { timeout: 2 * patience }, () => {
  test('what is previewed is not done; what is run is done to all but those that it would not be done to', async () => {
    const { ids, filter } = await fleet('old', 8)
    answer(await api.POST('/api/v1/devices/{id}/decommission', at(ids[3]!)))
    const looked = await preview({ filter }, decommission)
    expect(looked).toMatchObject({ devices: 8, lookedAt: 8, complete: true, operation: decommission })
    expect(looked.first.map(({ id, would }) => [id, would])).toEqual(ids.map((id) => [id, id !== ids[3]]))
    expect(looked.refusals).toEqual([
      { code: 'decommissioned', detail: 'It is out of service already.', devices: 1, first: [ids[3]] },
    ])
    expect(await stateOf(ids)).toEqual(ids.map((id) => (id === ids[3] ? 'decommissioned' : 'active')))

    const operation = await ended(await run(looked.token))
    expect(operation).toMatchObject({ state: 'done', planned: 8, done: 7, skipped: 1, failed: 0 })
    expect(await stateOf(ids)).toEqual(ids.map(() => 'decommissioned'))
    expect(await exceptionsOf(operation)).toEqual([
      { device: ids[3], outcome: 'skipped', code: 'decommissioned', detail: 'It is out of service already.' },
    ])
    // By the operation, on the decision of whoever started it.
    const { items } = answer(await api.GET('/api/v1/audit', { params: { query: { about: ids[0]! } } }))
    const row = items.find(({ action }) => action === 'device.decommission')!
    expect(row.principal).toMatchObject({ kind: 'system', id: `device-operation:${operation.id}` })
    expect(row.reason).toContain(operation.startedBy)
    const events = await hub.database.owner.sql<{ type: string; data: object }[]>`
      select type, data from platform_event where subject = ${operation.id} order by id`
    expect(events.map(({ type }) => type)).toEqual(['device-operation.started', 'device-operation.completed'])
    expect(events[1]!.data).toMatchObject({ kind: 'decommission', done: 7, skipped: 1, failed: 0 })
  })

  test('a token is for whoever asked, for one start, for 15 minutes, and for about as many devices', async () => {
    const { ids, filter } = await fleet('token', 6)
    const second = createClient({ hub: hub.url, token: await secondPerson(hub, 'second', 'operator') })
    const { token } = await preview({ filter }, reporting)
    await expect(run(token, 60, second)).rejects.toMatchObject({ code: 'preview-gone' })
    await ended(await run(token))
    await expect(run(token)).rejects.toMatchObject({ code: 'preview-gone' })

    const late = await preview({ filter }, reporting)
    expect(Date.parse(late.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000)
    await hub.database.owner.sql`
      update participant_operation_preview set expires_at = now() - interval '1 second' where id = ${late.token}`
    await expect(run(late.token)).rejects.toMatchObject({ code: 'preview-gone' })

    const early = await preview({ filter }, reporting)
    await hub.database.owner.sql`update entity_fleet set name = 'other' where device = any(${ids.slice(0, 5)})`
    await expect(run(early.token)).rejects.toMatchObject({
      code: 'selection-moved',
      message: '6 devices were selected at the preview, 1 are now.',
    })
  })

  test('devices are put into a static group and taken out, which is not deleted meanwhile', async () => {
    const { ids, filter } = await fleet('grouped', 4)
    const group = answer(await api.POST('/api/v1/groups', { body: { name: 'Grouped', devices: [] } })).id
    const slow = await run((await preview({ filter }, { kind: 'add-to-group', group })).token, 30)
    const deleted = api.DELETE('/api/v1/groups/{id}', at(group))
    await expect(deleted.then(answer)).rejects.toMatchObject({ code: 'group-in-use' })
    answer(await api.POST('/api/v1/device-operations/{id}/cancel', { ...at(slow.id), body: { reason: 'too slow' } }))
    await ended(await run((await preview({ filter }, { kind: 'add-to-group', group })).token))
    const members = async () =>
      answer(await api.GET('/api/v1/groups/{id}/devices', at(group))).items.map(({ id }) => id)
    expect(await members()).toEqual(ids)
    await ended(await run((await preview({ group }, { kind: 'remove-from-group', group })).token))
    expect(await members()).toEqual([])
    answer(await api.DELETE('/api/v1/groups/{id}', at(group)))

    const live = answer(await api.POST('/api/v1/groups', { body: { name: 'Live', filter } })).id
    await expect(preview({ filter }, { kind: 'add-to-group', group: live })).rejects.toMatchObject({
      code: 'wrong-group-kind',
    })
    await expect(preview({ filter }, { kind: 'add-to-group', group })).rejects.toMatchObject({
      code: 'unknown-group',
    })
  })

  test('some of what devices prefer is changed, the rest stays; what one device refuses is its own failure', async () => {
    const { ids, filter } = await fleet('prefer', 3)
    const document = (id: string) => ({ params: { path: { kind: 'device' as const, id } } })
    const before = { timeZone: 'Europe/Berlin', urgent: 'waits' as const }
    answer(await api.PUT('/api/v1/preferences/{kind}/{id}', { ...document(ids[0]!), body: before }))
    // Just below what a document may be: one matter more is too much.
    const names = (kind: string) => Array.from({ length: 200 }, (_, i) => `${kind}${'é'.repeat(58)}${i}`.slice(0, 64))
    const services = Object.fromEntries(names('c').map((name) => [name, 'stable' as const]))
    const large = { consent: { services: names('s'), categories: names('k') } }
    const rows = Array.from({ length: 20 }, (_, i) => ({
      kind: 'deny' as const,
      name: `${'é'.repeat(60)}${i}`,
      dtstart: '2026-06-01T22:00',
      duration: 'PT1H',
    }))
    answer(
      await api.PUT('/api/v1/preferences/{kind}/{id}', { ...document(ids[1]!), body: { ...large, windows: rows } }),
    )
    const set = { channels: { services } }
    const looked = await preview({ filter }, { kind: 'set-preferences', set, unset: ['urgent'] })
    const operation = await ended(await run(looked.token))
    expect(operation).toMatchObject({ state: 'done', done: 2, failed: 1 })
    expect(await exceptionsOf(operation)).toMatchObject([
      { device: ids[1], outcome: 'failed', code: 'preferences-too-large' },
    ])
    const shown = async (id: string) =>
      answer(await api.GET('/api/v1/preferences/{kind}/{id}', document(id))).preferences
    expect(await shown(ids[0]!)).toEqual({ timeZone: 'Europe/Berlin', ...set })
    expect(await shown(ids[2]!)).toEqual(set)
    const never = { windows: [{ kind: 'allow' as const, dtstart: '2020-01-01T00:00', duration: 'PT1H' }] }
    await expect(preview({ filter }, { kind: 'set-preferences', set: never, unset: [] })).rejects.toMatchObject({
      code: 'window-never-opens',
    })
  })

  test('an order for many devices is refused with what to do instead', async () => {
    const order = { kind: 'order', action: 'add', service: 'guide' } as Wish['operation']
    await expect(preview({ filter: 'true' }, order)).rejects.toMatchObject({
      code: 'orders-are-campaigns',
    })
  })

  test('one that is cancelled does nothing more, and what it did stays', async () => {
    const { ids, filter } = await fleet('cancelled', 5)
    const operation = await run((await preview({ filter }, decommission)).token, 60)
    await until(async () => (await stateOf(ids))[0] === 'decommissioned', { deadline: patience })
    const body = { reason: 'wrong filter' }
    const cancelled = answer(await api.POST('/api/v1/device-operations/{id}/cancel', { ...at(operation.id), body }))
    expect(cancelled).toMatchObject({ state: 'cancelled', why: 'wrong filter' })
    const again = api.POST('/api/v1/device-operations/{id}/cancel', { ...at(operation.id), body })
    await expect(again.then(answer)).rejects.toMatchObject({ code: 'operation-ended' })
    const states = await stateOf(ids)
    expect(states.at(-1)).toBe('active')
  })

  test('ten run at a time', async () => {
    const { filter } = await fleet('many', 2)
    const running: Operation[] = []
    for (let count = 0; count < 10; count++) running.push(await run((await preview({ filter }, reporting)).token, 1))
    const one = await preview({ filter }, reporting)
    await expect(run(one.token)).rejects.toMatchObject({ code: 'too-many-operations' })
    for (const { id } of running)
      answer(await api.POST('/api/v1/device-operations/{id}/cancel', { ...at(id), body: { reason: '' } }))
    await ended(await run(one.token))
  })

  test('one that does not end in time, or meets far more devices, is given up with the reason', async () => {
    const { filter } = await fleet('late', 2)
    const { owner } = hub.database
    const late = await run((await preview({ filter }, reporting)).token, 1)
    await owner.sql`update participant_operation set until = now(), next_at = now() where id = ${late.id}`
    expect(await ended(late)).toMatchObject({ state: 'failed', why: expect.stringContaining('in time') as string })
    const grown = await run((await preview({ filter }, reporting)).token, 1)
    // Their ids come behind those of the first: one of these may have been done already.
    const { ids } = await fleet('more', 6)
    await owner.sql`update entity_fleet set name = 'phone late' where device = any(${ids})`
    await owner.sql`update participant_operation set per_minute = 12000, next_at = now() where id = ${grown.id}`
    expect(await ended(grown)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('more devices') as string,
    })
  })

  test('several hubs share operations, and each device is counted once', async () => {
    const { ids, filter } = await fleet('shared', 60)
    const other = await composeSecondHub(hub, { clock: systemClock })
    try {
      const wishes = [reporting, decommission].map((operation) => preview({ filter }, operation))
      const operations = []
      for (const { token } of await Promise.all(wishes)) operations.push(await run(token, 1_200))
      const [asked, taken] = await Promise.all(operations.map(ended))
      expect(asked).toMatchObject({ state: 'done', planned: 60 })
      expect(asked!.done + asked!.skipped).toBe(60)
      expect(taken).toMatchObject({ state: 'done', planned: 60, done: 60, skipped: 0, failed: 0 })
      expect(await stateOf(ids)).toEqual(ids.map(() => 'decommissioned'))
    } finally {
      await other.stop()
    }
  })
})

describe('operations on the command line', { timeout: 2 * patience }, () => {
  test('are previewed, run, shown, listed and cancelled', async () => {
    const { filter, ids } = await fleet('cli', 3)
    expect((await line.run(['group', 'create', 'Pilot'])).status).toBe(0)
    const looked = await line.run(['operation', 'preview', 'add-to-group', 'Pilot', '--filter', filter])
    expect(looked).toMatchObject({ status: 0, out: expect.stringContaining('add-to-group for 3 devices') as string })
    const token = /: (dop-\w+)$/m.exec(looked.out)![1]!
    const done = await line.run(['operation', 'run', token, '--follow'])
    expect(done.out).toMatch(/^dop-\w+ is done: add-to-group, 3 of 3 devices done, 0 skipped, 0 failed/)
    const prefer = ['operation', 'preview', 'set-preferences', '--group', 'Pilot']
    const looks = await line.run([...prefer, '--set', '{"autoUpdate":{"default":"off"}}', '--unset', 'windows'])
    expect(looks.out).toContain('set-preferences for 3 devices')
    const gone = await line.run(['operation', 'preview', 'decommission', '--device', ids[0]!, 'dev-nowhere'])
    expect(gone.out).toContain('1: There is no such device. (dev-nowhere)')
    const { token: slow } = await line.json('operation', 'preview', 'query-capabilities', '--filter', filter)
    const { id } = await line.json('operation', 'run', String(slow), '--per-minute', '1')
    expect((await line.run(['operation', 'show', String(id)])).out).toContain(`${String(id)} is running`)
    expect((await line.run(['operation', 'list', '--state', 'running'])).out).toContain(String(id))
    const cancelled = await line.run(['operation', 'cancel', String(id), '--reason', 'wrong filter'])
    expect(cancelled.out).toContain('is cancelled: query-capabilities')
    expect((await line.run(['operation', 'exceptions', String(id)])).status).toBe(0)
    expect((await line.run(['operation', 'preview', 'decommission'])).err).toContain('[invalid-request]')
  })
})
