import { expect, test } from 'vitest'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { silentLog } from '../../../platform/log.ts'
import { useCases } from '../app/index.ts'
import type { DeviceOrder } from '../domain/entities.ts'
import { postgresStorage } from '../store/index.ts'

const everything = { tenant: 'main', all: true, households: [], owner: '' } as const

/** Five devices, named against the order of their ids; the first two are connected, one after the other. */
async function fleet() {
  const database = await databaseForThisTest()
  const clock = manualClock(Date.parse('2026-01-01T00:02:00Z'))
  const app = useCases({ database, doorbells: localDoorbells(), clock, log: silentLog, storage: postgresStorage })
  const household = await app.households.add('main', { name: 'Müller', timeZone: 'Europe/Berlin' })
  const devices = ['a', 'b', 'c', 'd', 'e'].map((letter, index) => ({
    id: `dev-0000000${letter}`,
    household: household.id,
    class: index < 3 ? ('phone' as const) : ('gateway' as const),
    serial: `S-${letter}`,
    name: ['Zora', 'Yves', 'Xaver', 'Wim', 'Xaver'][index]!,
    ...(letter === 'e' ? { protocol: 'cwmp' as const } : {}),
  }))
  await database.transaction((tx) => app.devices.add(tx, devices))
  for (const device of ['dev-0000000b', 'dev-0000000a']) {
    clock.advance(1000)
    await app.devices.markReachable([{ device, reachable: true }])
  }
  /** Letters of all pages of two. */
  const listed = async (sort: DeviceOrder, more: { class?: 'phone'; filter?: string } = {}) => {
    let letters = ''
    for (let after: string | undefined; ;) {
      const page = await app.devices.page({ limit: 2, after, sort, ...more }, everything)
      letters += page.map(({ id }) => id.at(-1)).join('')
      if (page.length < 2) return letters
      after = app.devices.place(sort, page.at(-1)!)
    }
  }
  return { app, clock, database, listed }
}

test('devices are listed by name or by presence, both ways, page by page, with a filter or without', async () => {
  const { listed } = await fleet()
  expect(await listed('id')).toBe('abcde')
  expect(await listed('name')).toBe('dceba')
  expect(await listed('-name')).toBe('abecd')
  expect(await listed('presence')).toBe('ba')
  expect(await listed('-presence')).toBe('ab')
  expect(await listed('name', { class: 'phone' })).toBe('cba')
  expect(await listed('-name', { filter: 'device.name.startsWith("X") || device.protocol == "cwmp"' })).toBe('ec')
  expect(await listed('presence', { filter: 'device.reachable' })).toBe('ba')
})

test.each(['nothing', '["Zora"]', '[1,"dev-0000000a"]', '[null,null]', '{}'])(
  'the place %s is of no list of names',
  async (after) => {
    const { app } = await fleet()
    await expect(app.devices.page({ limit: 2, after, sort: 'name' }, everything)).rejects.toMatchObject({
      entry: { code: 'invalid-cursor' },
    })
  },
)

test('a fleet is counted by class, protocol and state; what is decommissioned counts as that alone', async () => {
  const { app, database } = await fleet()
  await database.transaction((tx) => app.devices.decommission(tx, 'dev-0000000d'))
  expect(await app.tallies.fleet('main')).toEqual({
    countedAt: '2026-01-01T00:02:02.000Z',
    devices: 4,
    reachable: 2,
    byClass: [
      { class: 'phone', devices: 3, reachable: 2 },
      { class: 'gateway', devices: 1, reachable: 0 },
    ],
    byProtocol: [
      { protocol: 'native', devices: 3, reachable: 2 },
      { protocol: 'cwmp', devices: 1, reachable: 0 },
    ],
    byState: [
      { state: 'active', devices: 4, reachable: 2 },
      { state: 'decommissioned', devices: 1, reachable: 0 },
    ],
  })
  expect((await app.tallies.fleet('another')).devices).toBe(0)
})

test('presence is written down once in five minutes, whoever asks, and thinned out with age', async () => {
  const { app, clock } = await fleet()
  const minute = 60_000
  const series = async (span: 'day' | 'month') =>
    (await app.tallies.series('main', span)).map(({ at, reachable }) => `${at.toISOString().slice(5, 16)} ${reachable}`)
  await app.tallies.sample()
  await app.tallies.sample()
  clock.advance(5 * minute)
  await app.devices.markReachable([{ device: 'dev-0000000a', reachable: false }])
  await app.tallies.sample()
  expect(await series('day')).toEqual(['01-01T00:00 2', '01-01T00:05 1'])
  clock.advance(49 * 60 * minute)
  await app.tallies.sample()
  expect(await series('day')).toEqual(['01-03T01:05 1'])
  expect(await series('month')).toEqual(['01-01T00:00 2'])
})
