import type { CapabilityReport } from '@sutler/device-model'
import { expect, test } from 'vitest'
import { filterBounds } from '../app/filters.ts'
import { entitiesForThisTest, type WantedDevice } from './entities-for-this-test.ts'

const report = (more: Partial<CapabilityReport> = {}): CapabilityReport => ({
  class: 'phone',
  hardware: { model: 'P1', arch: 'arm64', cpus: 8 },
  os: { name: 'android', version: '15' },
  memory: { total: 8e9 },
  storage: { total: 64e9, free: 5 },
  runtimes: { node: '24.0.0' },
  features: ['restart'],
  timeZone: 'Europe/Berlin',
  installed: [],
  ...more,
})
const phone: WantedDevice = { class: 'phone', name: 'n', serial: 'S', household: 0, report: report(), reachable: null }

test('a filter finds devices page by page, in order of id', async () => {
  const { entities, add } = await entitiesForThisTest()
  const ids = await add(Array.from({ length: 7 }, (_, i) => ({ ...phone, name: i % 2 === 0 ? 'even' : 'odd' })))
  const even = ids.filter((_, i) => i % 2 === 0)
  const filter = 'device.name == "even"'
  expect(await entities.countSelected('main', { filter })).toBe(4)
  const first = await entities.pageSelected('main', { filter }, undefined, 3)
  expect(first).toEqual(even.slice(0, 3))
  expect(await entities.pageSelected('main', { filter }, first.at(-1), 3)).toEqual(even.slice(3))
  expect(await entities.pageSelected('elsewhere', { filter }, undefined, 3)).toEqual([])
})

test('a filter is live: what people and devices change counts at once', async () => {
  const { database, entities, add } = await entitiesForThisTest()
  const [id] = (await add([{ ...phone, report: null }])) as [string]
  const matches = (filter: string) => database.transaction((tx) => entities.selectedAmong(tx, 'main', { filter }, [id]))
  const guide = { service: 'tv-guide', version: '1.0.0', component: 'main', manifest: 'a'.repeat(64), epoch: 1 }
  const has = 'report.installed.exists(i, i.service == "tv-guide" && i.version == "1.0.0")'
  expect(await matches('report == null')).toEqual([id])
  expect(await matches(has)).toEqual([])
  await database.transaction((tx) =>
    entities.recordCapabilities(tx, [{ device: id, report: report({ installed: [guide] }) }]),
  )
  expect(await matches('report == null')).toEqual([])
  expect(await matches(has)).toEqual([id])
  expect(await matches('report.storage.free == 5')).toEqual([id])
  await database.transaction((tx) =>
    entities.recordCapabilities(tx, [{ device: id, report: report({ storage: { total: 64e9, free: 4 } }) }]),
  )
  expect(await matches('report.storage.free == 4 && !has(report.runtimes.jvm)')).toEqual([id])
  await entities.markReachable([{ device: id, reachable: true }])
  expect(await matches('device.reachable')).toEqual([id])
  await database.transaction((tx) => entities.quarantineDevice(tx, id, 'two of it'))
  expect(await matches('device.state == "quarantined"')).toEqual([id])
})

test('a report with texts of any length is searched by their first 256 characters', async () => {
  const { entities, add } = await entitiesForThisTest()
  const model = Array.from({ length: 4000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 26))).join('')
  const [id] = await add([
    { ...phone, report: report({ hardware: { model, arch: 'x'.repeat(4000), cpus: 1 }, features: [model] }) },
  ])
  expect(
    await entities.pageSelected(
      'main',
      { filter: `report.hardware.model.startsWith("${model.slice(0, 200)}")` },
      undefined,
      9,
    ),
  ).toEqual([id])
  expect(await entities.pageSelected('main', { filter: `"${model}" in report.features` }, undefined, 9)).toEqual([id])
})

test('a filter that is wrong is refused with its place', async () => {
  const { entities } = await entitiesForThisTest()
  expect(() => entities.checkFilter('device.state == "active" &&\n  device.clas == "phone"')).toThrow(
    expect.objectContaining({
      code: 'invalid-filter',
      message: expect.stringContaining('Device has no clas; it has id, household, class,'),
      places: [{ pointer: '/filter', detail: expect.stringContaining('Device has no clas'), line: 2, column: 9 }],
    }),
  )
  await expect(entities.countSelected('main', { filter: 'device.class == "fridge"' })).rejects.toMatchObject({
    code: 'invalid-filter',
    message: expect.stringContaining('one of set-top-box, phone and gateway'),
  })
})

test('a filter that would cost too much, or does not end in time, is refused', async () => {
  const slow = 'report.features.exists(f, f.matches("(x|xx){1,90}y")) || device.name.matches("(a|b|ab){1,80}c")'
  const costly = await entitiesForThisTest({ ...filterBounds, pageCost: 1, countCost: 1 })
  await expect(costly.entities.pageSelected('main', { filter: slow }, undefined, 5)).rejects.toMatchObject({
    code: 'filter-too-expensive',
    message: expect.stringContaining('the bound is 1'),
  })
  await expect(costly.entities.countSelected('main', { filter: slow })).rejects.toMatchObject({
    code: 'filter-too-expensive',
  })
  expect(() => costly.entities.checkFilter('report.features.all(f, report.features.exists(g, g == f))')).toThrow(
    expect.objectContaining({ code: 'filter-too-expensive' }),
  )

  const late = await entitiesForThisTest({ ...filterBounds, countTime: 1 })
  await late.add(Array.from({ length: 400 }, () => ({ ...phone, report: report({ features: ['x'.repeat(3000)] }) })))
  await expect(late.entities.countSelected('main', { filter: slow })).rejects.toMatchObject({
    code: 'filter-too-expensive',
    message: 'It did not end within 0.001 s.',
  })
})

test('what is written in a filter stays a value', async () => {
  const { database, entities, add } = await entitiesForThisTest()
  await add([phone])
  const evil = [
    "'; drop table entity_fleet; --",
    '" or true --',
    "x') or ('1'='1",
    '\\',
    "\\'",
    '$1',
    '?',
    '%',
    '$$',
    '/*',
  ]
  for (const word of evil) {
    const text = JSON.stringify(word)
    const filters = [
      `device.name == ${text}`,
      `device.name in [${text}]`,
      `device.name.contains(${text})`,
      `${text} in report.features`,
      `has(report.runtimes) && report.runtimes[${text}] == ${text}`,
      `report.installed.exists(i, i.service == ${text} && i.version != ${text})`,
    ]
    for (const filter of filters) expect(await entities.countSelected('main', { filter }), filter).toBe(0)
  }
  expect(await database.sql`select 1 from entity_fleet`).toHaveLength(1)
})
