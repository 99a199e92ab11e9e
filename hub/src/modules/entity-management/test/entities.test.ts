import type { CapabilityReport } from '@sutler/device-model'
import { expect, test } from 'vitest'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { silentLog } from '../../../platform/log.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { createEntityManagement } from '../index.ts'

const report = (free: number, version = '15'): CapabilityReport => ({
  class: 'phone',
  hardware: { model: 'P1', arch: 'arm64', cpus: 8 },
  os: { name: 'android', version },
  memory: { total: 8e9 },
  storage: { total: 64e9, free },
  runtimes: { node: '24.0.0' },
  features: ['restart'],
  timeZone: 'Europe/Berlin',
  installed: [],
})

async function home(devices = 1) {
  const database = await databaseForThisTest()
  const clock = manualClock()
  const entities = createEntityManagement({ database, doorbells: localDoorbells(), clock, log: silentLog })
  const household = await entities.addHousehold('main', 'Müller', 'Europe/Berlin')
  const ids = Array.from({ length: devices }, (_, i) => `dev-0000000${i}`)
  await database.transaction((tx) =>
    entities.addDevices(
      tx,
      ids.map((id) => ({ id, household: household.id, class: 'phone', serial: `S-${id}`, name: id })),
    ),
  )
  const record = (reports: readonly { device: string; report: CapabilityReport }[]) =>
    database.transaction((tx) => entities.recordCapabilities(tx, reports))
  const events = async (type: string) =>
    (await database.sql`select subject from platform_event where type = ${type} order by id`).map(
      (row) => row['subject'],
    )
  const history = async () => (await database.sql`select 1 from entity_capabilities_history`).length
  return { database, clock, entities, household, record, events, history }
}

test('a device is read back with its latest report', async () => {
  const { entities, household, record, clock } = await home(2)
  clock.advance(1000)
  await record([{ device: 'dev-00000000', report: report(5) }])
  const [first, second] = await entities.devicesOfHousehold(household.id)
  expect(first).toEqual({
    id: 'dev-00000000',
    tenant: 'main',
    household: household.id,
    class: 'phone',
    serial: 'S-dev-00000000',
    name: 'dev-00000000',
    protocol: 'native',
    state: 'active',
    reachable: false,
    reachableChangedAt: null,
    capabilities: report(5),
    reportedAt: clock.now(),
    tags: [],
    attributes: {},
    version: 1,
    createdAt: clock.now() - 1000,
  })
  expect(second?.capabilities).toBe(null)
  expect(await entities.device('dev-00000000')).toEqual(first)
  expect(await entities.devices(['dev-00000001', 'dev-unknown'])).toEqual([second])
  expect(await entities.device('dev-unknown')).toBe(null)
})

test('history and events tell what changed, not what is repeated or merely fuller', async () => {
  const { entities, record, events, history } = await home()
  const device = 'dev-00000000'
  await record([{ device, report: report(5) }])
  await record([{ device, report: report(5) }])
  expect([await history(), await events('device.capabilities-changed')]).toEqual([1, [device]])
  await record([{ device, report: report(4) }])
  expect((await entities.device(device))?.capabilities?.storage?.free).toBe(4)
  expect([await history(), await events('device.capabilities-changed')]).toEqual([1, [device]])
  await record([{ device, report: report(4, '16') }])
  expect([await history(), await events('device.capabilities-changed')]).toEqual([2, [device, device]])
})

test('of several reports of one device in a batch the last counts, and unknown devices are passed over', async () => {
  const { entities, record, history } = await home(2)
  await record([
    { device: 'dev-00000000', report: report(5, '14') },
    { device: 'dev-unknown0', report: report(5) },
    { device: 'dev-00000001', report: report(6) },
    { device: 'dev-00000000', report: report(5, '16') },
  ])
  expect(await history()).toBe(2)
  expect((await entities.device('dev-00000000'))?.capabilities?.os.version).toBe('16')
})

test('presence tells changes only, and its time is that of the change', async () => {
  const { entities, events, clock } = await home(2)
  const [a, b] = ['dev-00000000', 'dev-00000001']
  const mark = (...changes: [string, boolean][]) =>
    entities.markReachable(changes.map(([device, reachable]) => ({ device, reachable })))
  await mark([a!, true], [b!, false], [b!, true], ['dev-unknown0', true])
  const connected = clock.now()
  expect((await events('device.connected')).toSorted()).toEqual([a, b])
  clock.advance(1000)
  await mark([a!, true], [b!, false])
  expect(await entities.device(a!)).toMatchObject({ reachable: true, reachableChangedAt: connected })
  expect(await entities.device(b!)).toMatchObject({ reachable: false, reachableChangedAt: connected + 1000 })
  await entities.markAllUnreachable()
  expect(await events('device.disconnected')).toEqual([b, a])
  expect(await events('device.connected')).toHaveLength(2)
})

test('opposite batches at the same time do not block one another', async () => {
  const { entities } = await home(9)
  const ids = Array.from({ length: 9 }, (_, i) => `dev-0000000${i}`)
  const batches = Array.from({ length: 20 }, (_, i) =>
    entities.markReachable((i % 2 ? ids : ids.toReversed()).map((device) => ({ device, reachable: i % 2 === 0 }))),
  )
  await Promise.all(batches)
  expect(new Set((await entities.devices(ids)).map((device) => device.reachable)).size).toBe(1)
})

test('what a transaction adds is gone when it fails', async () => {
  const { database, entities, household } = await home()
  const failing = database.transaction(async (tx) => {
    await entities.addDevice(tx, {
      id: 'dev-10000000',
      household: household.id,
      class: 'gateway',
      serial: 'S',
      name: 'n',
    })
    expect(await entities.device('dev-10000000', tx.sql)).not.toBe(null)
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  expect(await entities.device('dev-10000000')).toBe(null)
})

test('preferences are kept by version', async () => {
  const { database, entities, household } = await home()
  const subject = { kind: 'household', id: household.id } as const
  const set = (document: object, expected?: number) =>
    database.transaction((tx) => entities.setPreferences(tx, subject, { ...document }, expected))
  await expect(set({ quiet: 1 }, 1)).rejects.toMatchObject({ code: 'changed-meanwhile' })
  expect(await set({ quiet: 1 }, 0)).toEqual({ ...subject, document: { quiet: 1 }, version: 1 })
  await expect(set({ quiet: 2 }, 0)).rejects.toMatchObject({ code: 'changed-meanwhile' })
  expect((await set({ quiet: 2 }, 1)).version).toBe(2)
  expect((await set({ quiet: 3 })).version).toBe(3)
  const others = { kind: 'device', id: 'dev-00000000' } as const
  expect(await entities.preferences([subject, others])).toEqual([{ ...subject, document: { quiet: 3 }, version: 3 }])
  const unknown = database.transaction((tx) => entities.setPreferences(tx, { kind: 'user', id: 'usr-unknown' }, {}))
  await expect(unknown).rejects.toMatchObject({ code: 'unknown-subject' })
})

test('people belong to households', async () => {
  const { database, entities, household, events } = await home()
  const add = (households: string[]) =>
    database.transaction((tx) => entities.addUser(tx, { tenant: 'main', name: 'Anna', email: null, households }))
  const anna = await add([household.id, household.id])
  expect(anna.households).toEqual([household.id])
  expect(await entities.users([anna.id])).toEqual([anna])
  expect(await events('user.created')).toEqual([anna.id])
  await expect(add([household.id, 'hh-unknown'])).rejects.toMatchObject({
    code: 'unknown-household',
    places: [{ pointer: '/households/1' }],
  })
})
