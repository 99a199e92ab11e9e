import type { CapabilityReport } from '@sutler/device-model'
import { describe, expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub, type Answer } from './hub.ts'

/** What operators say of devices, people and households in words of their own: tags, attributes, notes, and their history. */

const report = (version: string): CapabilityReport => ({
  class: 'phone',
  hardware: { model: 'P1', arch: 'arm64', cpus: 8 },
  os: { name: 'android', version },
  storage: { total: 64e9, free: 5 },
  runtimes: { node: '24.0.0' },
  features: ['restart'],
  installed: [],
})

async function home() {
  const hub = await startHub()
  const token = await hub.operator()
  const household = await hub.household()
  const ask = (method: string, path: string, body?: unknown) =>
    hub.request(method, path, { token, body, headers: { 'if-match': '*' } })
  const enrolled = await hub.request('POST', '/enrolments', {
    body: testDevice('SN').enrolment(await hub.claim(household)),
  })
  const user = (await ask('POST', '/users', { name: 'Bea', households: [household] })).json.id as string
  return { hub, token, household, ask, user, device: enrolled.json.device as string }
}

describe('attributes', () => {
  test('take what their definition says, and nothing else', async () => {
    const { ask, device } = await home()
    for (const [name, definition] of [
      ['floor', { type: 'number', minimum: -2, maximum: 40, integer: true }],
      ['room', { type: 'string', maxLength: 8 }],
      ['wet', { type: 'boolean' }],
      ['since', { type: 'date', minimum: '2020-01-01' }],
      ['wing', { type: 'enum', values: ['north', 'south'], required: true }],
    ] as const)
      expect((await ask('PUT', `/attributes/device/${name}`, definition)).json).toMatchObject({ name, ...definition })

    const right = { floor: 3, room: 'B 12', wet: true, since: '2026-01-31', wing: 'north' }
    const set = await ask('PATCH', `/devices/${device}`, { attributes: right })
    expect(set.json).toMatchObject({ attributes: right })
    const wrong = { floor: 3.5, room: 'far too long', wet: 'yes', since: '2026-02-31', wing: null, cellar: 1 }
    const refused = await ask('PATCH', `/devices/${device}`, { attributes: wrong })
    expect(refused).toMatchObject({ status: 422, json: { type: '/problems/attributes-invalid' } })
    expect(refused.json.errors).toEqual([
      { pointer: '/attributes/floor', detail: 'This is to be a whole number.' },
      { pointer: '/attributes/room', detail: 'This has at most 8 characters; there are 12.' },
      { pointer: '/attributes/wet', detail: 'This is to be true or false.' },
      { pointer: '/attributes/since', detail: 'This is to be a date such as 2026-01-31.' },
      { pointer: '/attributes/cellar', detail: 'No attribute cellar is defined.' },
      { pointer: '/attributes/wing', detail: 'This is required.' },
    ])
    expect((await ask('GET', `/devices/${device}`)).json.attributes).toEqual(right)
    expect((await ask('PATCH', `/devices/${device}`, { attributes: { wet: null } })).json.attributes).toEqual({
      floor: 3,
      room: 'B 12',
      since: '2026-01-31',
      wing: 'north',
    })
  })

  test.each([
    [{ type: 'number', values: ['a'] }, '/values', 'A number has no values.'],
    [{ type: 'enum' }, '/values', 'An enum says what it can be.'],
    [{ type: 'number', minimum: 3, maximum: 2 }, '/maximum', 'This is less than the minimum: nothing would fit.'],
    [{ type: 'date', minimum: '2026-13-01' }, '/minimum', 'This is a date such as 2026-01-31.'],
    [{ type: 'string', minLength: 9, maxLength: 3 }, '/maxLength', 'This is less than minLength: nothing would fit.'],
    [{ type: 'colour' }, '/type', expect.stringContaining('Invalid option')],
  ])('%j is no definition', async (body, pointer, detail) => {
    const { ask } = await home()
    const refused = await ask('PUT', '/attributes/device/floor', body)
    expect(refused).toMatchObject({ status: 400, json: { type: '/problems/invalid-request' } })
    expect(refused.json.errors).toContainEqual({ pointer, detail })
  })

  test('a definition that changes tells how many do not fit any more, and a removed one leaves the values', async () => {
    const { ask, user, household } = await home()
    await ask('PUT', '/attributes/user/shoe', { type: 'number' })
    await ask('PATCH', `/users/${user}`, { attributes: { shoe: 43 } })
    const changed = await ask('PUT', '/attributes/user/shoe', { type: 'number', maximum: 40, required: true })
    // The operator has no shoe at all.
    expect(changed.json.misfits).toBe(2)
    expect((await ask('GET', '/attributes/user/shoe')).json.misfits).toBe(2)
    expect((await ask('PATCH', `/users/${user}`, { households: [household] })).status).toBe(200)
    expect((await ask('DELETE', '/attributes/user/shoe')).json).toEqual({ holders: 1 })
    expect((await ask('PATCH', `/users/${user}`, { attributes: { shoe: 12 } })).status).toBe(422)
    expect((await ask('PATCH', `/users/${user}`, { attributes: { shoe: null } })).json.attributes).toEqual({})
  })
})

test('a device’s history tells what it says of itself apart from what operators say, newest first, page by page', async () => {
  const { hub, ask, device, user } = await home()
  const record = (version: string) =>
    hub.database.transaction((tx) => hub.entities.recordCapabilities(tx, [{ device, report: report(version) }]))
  await record('15')
  hub.clock.advance(1000)
  await ask('PATCH', `/devices/${device}`, { name: 'Kitchen', tags: ['trial'] })
  hub.clock.advance(1000)
  await record('16')
  const all = (await ask('GET', `/devices/${device}/history`)).json.items
  expect(all).toMatchObject([
    { owner: 'device', by: null, changes: [{ name: 'os.version', before: '15', after: '16' }] },
    {
      owner: 'operator',
      by: { kind: 'person', name: 'operator' },
      changes: [
        { name: 'name', after: 'Kitchen' },
        { name: 'tags', before: [], after: ['trial'] },
      ],
    },
    { owner: 'device', changes: expect.arrayContaining([{ name: 'hardware.model', before: null, after: 'P1' }]) },
  ])
  const paged: object[] = []
  for (let cursor = ''; ;) {
    const { items, next } = (await ask('GET', `/devices/${device}/history?limit=1${cursor}`)).json
    paged.push(...items)
    if (next === null) break
    cursor = `&cursor=${next}`
  }
  expect(paged).toEqual(all)

  await hub.database.transaction((tx) => hub.entities.changeUser(tx, user, { email: 'bea@example.org' }, 'scim'))
  expect((await ask('GET', `/users/${user}/history`)).json.items).toMatchObject([
    { owner: 'scim', by: null, changes: [{ name: 'email', before: null, after: 'bea@example.org' }] },
  ])
})

test('a device’s history has no line for a report in which nothing of that changed, and tells of files gone wrong', async () => {
  const { hub, ask, device } = await home()
  const component = { service: 'guide', component: 'app', version: '1.0.0', manifest: 'a'.repeat(64), epoch: 1 }
  const record = (installed: CapabilityReport['installed']) =>
    hub.database.transaction((tx) =>
      hub.entities.recordCapabilities(tx, [{ device, report: { ...report('15'), installed } }]),
    )
  await record([component])
  for (let epoch = 2; epoch < 8; epoch++) await record([{ ...component, epoch }])
  await record([{ ...component, epoch: 8, wrong: ['b.js', 'a.js'] }])
  await record([{ ...component, epoch: 9 }])
  const wrong = { name: 'installed.guide.app.wrong' }
  const of = async (query: string) => (await ask('GET', `/devices/${device}/history?${query}`)).json
  expect((await of('limit=20')).items).toMatchObject([
    { changes: [{ ...wrong, before: ['a.js', 'b.js'], after: null }] },
    { changes: [{ ...wrong, before: null, after: ['a.js', 'b.js'] }] },
    { changes: expect.arrayContaining([{ name: 'installed.guide.app', before: null, after: '1.0.0' }]) },
  ])
  const { items, next } = await of('limit=2')
  expect(items).toHaveLength(2)
  expect(await of(`limit=2&cursor=${next}`)).toMatchObject({ items: [{ owner: 'device' }], next: null })
})

test('notes are written, read newest first, and deleted; nothing hostile gets in', async () => {
  const { ask, household, hub } = await home()
  const path = `/households/${household}/notes`
  const first = await ask('POST', path, { text: 'Called twice.\nNobody at home.' })
  expect(first).toMatchObject({ status: 201, json: { author: { name: 'operator' } } })
  await ask('POST', path, { text: '<script>alert(1)</script>' })
  for (const text of ['', '   ', 'é'.repeat(2049), 'a\u0000b', '\u202Eabc'])
    expect((await ask('POST', path, { text })).status).toBe(400)
  const texts = async () => (await ask('GET', path)).json.items.map((note: { text: string }) => note.text)
  expect(await texts()).toEqual(['<script>alert(1)</script>', 'Called twice.\nNobody at home.'])
  expect((await ask('DELETE', `${path}/${first.json.id}`)).status).toBe(204)
  expect((await ask('DELETE', `${path}/${first.json.id}`)).status).toBe(404)
  expect(await texts()).toEqual(['<script>alert(1)</script>'])
  const { token } = await hub.person('bea', ['subscriber'], [household])
  expect((await hub.request('GET', path, { token })).status).toBe(403)
})

test('tags and attributes are the operators’ to say, and filters ask for them', async () => {
  const { ask, hub, household, device } = await home()
  await ask('PUT', '/attributes/device/floor', { type: 'number' })
  await ask('PATCH', `/devices/${device}`, { tags: [' trial ', 'vip', 'trial'], attributes: { floor: 3 } })
  await ask('PATCH', `/households/${household}`, { kind: 'organisation', tags: ['hotel'] })
  const count = async (filter: string) =>
    (await ask('GET', `/devices/count?filter=${encodeURIComponent(filter)}`)).json.count
  expect(await count('"trial" in device.tags && device.attributes.floor == "3"')).toBe(1)
  expect(await count('household.kind == "organisation" && "hotel" in household.tags')).toBe(1)
  expect(await count('"none" in device.tags || device.attributes.floor == "4"')).toBe(0)
  expect(await listed(ask, `/households?kind=organisation&tag=hotel`)).toEqual([household])
  expect(await listed(ask, `/households?kind=household`)).toEqual([])

  const { token } = await hub.person('bea', ['subscriber'], [household])
  const change = (body: object) =>
    hub.request('PATCH', `/devices/${device}`, { token, body, headers: { 'if-match': '*' } })
  expect((await change({ name: 'Mine' })).status).toBe(200)
  expect((await change({ name: 'Ours', tags: [] })).status).toBe(403)
  expect((await ask('GET', `/devices/${device}`)).json).toMatchObject({ name: 'Mine', tags: ['trial', 'vip'] })
})

async function listed(ask: (method: string, path: string) => Promise<Answer>, path: string) {
  return (await ask('GET', path)).json.items.map(({ id }: { id: string }) => id)
}
