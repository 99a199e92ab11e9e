import type { CapabilityReport } from '@sutler/device-model'
import { expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub, type TestHub } from './hub.ts'

/** entity-management's routes, here because whoever asks must be authenticated. */

async function enrol(hub: TestHub, household: string, serial: string): Promise<string> {
  const body = testDevice(serial).enrolment(await hub.claim(household))
  return (await hub.request('POST', '/enrolments', { body })).json.device
}

test('a household is made, read and changed by version', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const made = await hub.request('POST', '/households', {
    token,
    body: { name: ' Mu\u0308ller ', timeZone: 'europe/berlin' },
  })
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({
    name: 'M\u00fcller',
    timeZone: 'Europe/Berlin',
    createdAt: '2026-01-01T00:00:00.000Z',
  })
  expect(made.headers.get('location')).toBe(`/api/v1/households/${made.json.id}`)
  const path = `/households/${made.json.id}`
  const read = await hub.request('GET', path, { token })
  expect(read.json).toEqual(made.json)
  const change = (etag: string) =>
    hub.request('PATCH', path, { token, headers: { 'if-match': etag }, body: { timeZone: 'Asia/Tokyo' } })
  const changed = await change(read.headers.get('etag')!)
  expect(changed.json).toMatchObject({ name: 'M\u00fcller', timeZone: 'Asia/Tokyo' })
  expect((await change(read.headers.get('etag')!)).json.type).toBe('/problems/changed-meanwhile')
  expect((await hub.request('GET', path, { token })).headers.get('etag')).toBe(changed.headers.get('etag'))
})

test('two changes based on the same version: one wins', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const path = `/households/${await hub.household()}`
  const etag = (await hub.request('GET', path, { token })).headers.get('etag')!
  const changes = ['A', 'B', 'C'].map((name) =>
    hub.request('PATCH', path, { token, headers: { 'if-match': etag }, body: { name } }),
  )
  expect((await Promise.all(changes)).map((answer) => answer.status).toSorted()).toEqual([200, 412, 412])
})

test('wrong households and people are pointed at what is wrong', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const cases: [path: string, body: object, pointer: string][] = [
    ['/households', { name: 'X', timeZone: 'Mars/Olympus' }, '/timeZone'],
    ['/households', { name: 'X', timeZone: '+01:00' }, '/timeZone'],
    ['/households', { name: 'X' }, '/timeZone'],
    ['/households', { name: '', timeZone: 'UTC' }, '/name'],
    ['/households', { name: 'x'.repeat(129), timeZone: 'UTC' }, '/name'],
    ['/households', { name: 'a\u0000b', timeZone: 'UTC' }, '/name'],
    ['/households', { name: 'X', timeZone: 'UTC', id: 'hh-mine' }, '/id'],
    ['/users', { name: 'X', email: 'nobody' }, '/email'],
    ['/users', { name: 'X', households: ['hh-unknown'] }, '/households/0'],
    ['/users', { name: 'X', households: ['HH'] }, '/households/0'],
    ['/users', { name: 'X', roles: ['operator'] }, '/roles'],
  ]
  for (const [path, body, pointer] of cases) {
    const answer = await hub.request('POST', path, { token, body })
    expect([body, answer.json.errors?.map((place: { pointer: string }) => place.pointer)]).toEqual([body, [pointer]])
  }
})

test('devices are listed by household, class and presence, page by page', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const [one, two] = [await hub.household('One'), await hub.household('Two')]
  const ids = [await enrol(hub, one, 'A'), await enrol(hub, one, 'B'), await enrol(hub, two, 'C')]
  await hub.entities.markReachable([{ device: ids[0]!, reachable: true }])
  const serials = async (query: string) => {
    const answer = await hub.request('GET', `/devices${query}`, { token })
    return answer.json.items.map((device: { serial: string }) => device.serial).toSorted()
  }
  expect(await serials('')).toEqual(['A', 'B', 'C'])
  expect(await serials(`?household=${one}`)).toEqual(['A', 'B'])
  expect(await serials('?reachable=true')).toEqual(['A'])
  expect(await serials('?reachable=false')).toEqual(['B', 'C'])
  expect(await serials('?class=gateway')).toEqual(['A', 'B', 'C'])
  expect(await serials('?class=phone')).toEqual([])
  const first = await hub.request('GET', '/devices?limit=2', { token })
  const second = await hub.request('GET', `/devices?limit=2&cursor=${first.json.next}`, { token })
  expect([...first.json.items, ...second.json.items]).toHaveLength(3)
  expect(second.json.next).toBe(null)
  expect((await hub.request('GET', '/devices?class=toaster', { token })).status).toBe(400)
})

test('a device is renamed by version; its presence does not change the version', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const { token } = await hub.person('anna', ['subscriber'], [home])
  const id = await enrol(hub, home, 'A')
  const etag = (await hub.request('GET', `/devices/${id}`, { token })).headers.get('etag')!
  await hub.entities.markReachable([{ device: id, reachable: true }])
  const rename = { token, headers: { 'if-match': etag }, body: { name: 'Living room' } }
  const renamed = await hub.request('PATCH', `/devices/${id}`, rename)
  expect(renamed.json).toMatchObject({ id, name: 'Living room', serial: 'A', reachable: true, capabilities: null })
  expect((await hub.request('PATCH', `/devices/${id}`, { ...rename, body: { serial: 'B' } })).status).toBe(400)
})

test('a device’s capability history is read back to the first report', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const id = await enrol(hub, await hub.household(), 'A')
  for (let version = 1; version <= 3; version++) {
    const report: CapabilityReport = {
      class: 'gateway',
      hardware: { model: 'G', arch: 'arm64', cpus: 2 },
      os: { name: 'linux', version: String(version) },
      memory: { total: 1 },
      storage: { total: 2, free: 1 },
      runtimes: {},
      features: [],
      timeZone: 'UTC',
      installed: [],
    }
    await hub.database.transaction((tx) => hub.entities.recordCapabilities(tx, [{ device: id, report }]))
  }
  const path = `/devices/${id}/capabilities/history`
  const first = await hub.request('GET', `${path}?limit=2`, { token })
  const second = await hub.request('GET', `${path}?limit=2&cursor=${first.json.next}`, { token })
  const versions = [...first.json.items, ...second.json.items].map((item) => item.report.os.version)
  expect(versions).toEqual(['3', '2', '1'])
  const latest = (await hub.request('GET', `/devices/${id}`, { token })).json
  expect(latest.capabilities).toEqual(first.json.items[0].report)
  const wrong = Buffer.from('x').toString('base64url')
  expect((await hub.request('GET', `${path}?cursor=${wrong}`, { token })).json.type).toBe('/problems/invalid-cursor')
})

test('other households’ things are not there, in the same words as what does not exist', async () => {
  const hub = await startHub()
  const [home, other] = [await hub.household('Own'), await hub.household('Other')]
  const anna = await hub.person('anna', ['subscriber'], [home])
  const lonely = await hub.person('lonely', ['subscriber'])
  for (const list of ['/devices', '/households', '/claims']) {
    expect((await hub.request('GET', list, { token: lonely.token })).json.items).toEqual([])
  }
  const neighbour = await hub.person('neighbour', ['subscriber'], [other])
  const device = await enrol(hub, other, 'A')
  await enrol(hub, home, 'B')
  const own = await hub.request('GET', '/devices', { token: anna.token })
  expect(own.json.items).toMatchObject([{ serial: 'B', household: home }])
  expect((await hub.request('GET', `/devices?household=${other}`, { token: anna.token })).json.items).toEqual([])
  expect((await hub.request('GET', '/households', { token: anna.token })).json.items).toMatchObject([{ id: home }])
  expect((await hub.request('GET', '/users', { token: anna.token })).json.items).toMatchObject([{ id: anna.id }])
  const pairs = [
    [`/devices/${device}`, '/devices/dev-00000000'],
    [`/devices/${device}/capabilities/history`, '/devices/dev-00000000/capabilities/history'],
    [`/households/${other}`, '/households/hh-00000000'],
    [`/users/${neighbour.id}`, '/users/usr-00000000'],
  ]
  for (const [theirs, nobodys] of pairs) {
    const answers = [theirs!, nobodys!].map((path) => hub.request('GET', path, { token: anna.token }))
    const [one, two] = await Promise.all(answers)
    expect(one!.status).toBe(404)
    expect({ ...one!.json, instance: '' }).toEqual({ ...two!.json, instance: '' })
  }
})
