import { writeFile } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { answer, createClient } from '@sutler/client'
import { beforeAll, expect, test } from 'vitest'
import { connect } from '../../hub/src/platform/database.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { fillFleet } from '../bench/fleet-data/fill-fleet.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { patience, publishTestService } from './household.ts'

/** Many at once: devices and subscriptions come in as files, and everything goes out as files. */

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(() => line.saveLogin(hub.connection))
type Line = Record<string, unknown>

async function upload(kind: string, body: string, type = 'text/csv', token = hub.connection.token): Promise<Line[]> {
  const response = await fetch(`${hub.url}/api/v1/imports/${kind}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
    duplex: 'half',
  } as RequestInit)
  const text = await response.text()
  return text
    .split('\n')
    .filter(Boolean)
    .map((each) => JSON.parse(each) as Line)
}

const csv = `externalId,serial,householdExternalId,householdName,timeZone
d-1,SN-1,h-1,Meier,Europe/Berlin
d-2,SN-2,h-1,,
d-3,S N 3,h-1,,
d-4,SN-4,h-2,,
"d-5,SN-5
d-6,SN-6,h-3,Schulz,Mars/Base
d-7,SN-7,h-3,Schulz,Europe/Dublin
`

test('a device enrols by itself with what its line of the import answered', { timeout: patience }, async () => {
  const [begun, ...lines] = await upload('devices', csv)
  const end = lines.pop()
  expect(lines.map(({ line: number, status, code }) => [number, status, code])).toEqual([
    [2, 'created', undefined],
    [3, 'created', undefined],
    [4, 'failed', 'invalid-line'],
    [5, 'failed', 'unknown-household'],
    [6, 'failed', 'invalid-line'],
    [7, 'failed', 'invalid-line'],
    [8, 'created', undefined],
  ])
  expect(lines[0]!['household']).toBe(lines[1]!['household'])
  expect(lines.find((each) => each['line'] === 6)!['detail']).toContain('quote')
  expect(end).toEqual({ import: begun!['import'], state: 'done', lastLine: 8, created: 3, unchanged: 0, failed: 4 })
  const path = { params: { path: { id: String(begun!['import']) } } }
  expect(answer(await hub.api.GET('/api/v1/imports/{id}', path))).toMatchObject({
    state: 'done',
    created: 3,
    failed: 4,
  })

  const claim = String(lines[0]!['claim'])
  await expect(WireDevice.start(hub, claim, { serial: 'SN-2' })).rejects.toThrow('enrolment')
  const device = await WireDevice.start(hub, claim, { serial: 'SN-1' })
  await device.disconnect()
  const { items } = answer(
    await hub.api.GET('/api/v1/devices', { params: { query: { household: String(lines[0]!['household']) } } }),
  )
  expect(items.map(({ serial }) => serial)).toEqual(['SN-1'])
})

test('the same file again changes nothing', { timeout: patience }, async () => {
  const lines = await upload('devices', csv)
  expect(lines.filter((each) => each['status'] === 'unchanged').map((each) => each['line'])).toEqual([2, 3, 8])
  expect(lines.at(-1)).toMatchObject({ created: 0, unchanged: 3, failed: 4 })
  expect(JSON.stringify(lines)).not.toContain('"claim":')
})

test('subscriptions are ordered line by line', { timeout: patience }, async () => {
  await publishTestService(hub, 'tv-guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'x' } }])
  const rows = [
    { externalId: 's-1', householdExternalId: 'h-1', service: 'tv-guide' },
    { externalId: 's-2', householdExternalId: 'h-1', service: 'no-such' },
    { externalId: 's-3', householdExternalId: 'h-9', service: 'tv-guide' },
    { externalId: 's-4', householdExternalId: 'h-1', service: 'tv-guide', colour: 'red' },
    { externalId: 's-1', householdExternalId: 'h-1', service: 'tv-guide' },
  ]
  const file = `${rows.map((row) => JSON.stringify(row)).join('\n')}\nno json\n`
  const [, ...lines] = await upload('subscriptions', file, 'application/x-ndjson')
  expect(lines.slice(0, -1).map(({ line: number, status, code }) => [number, status, code])).toEqual([
    [1, 'created', undefined],
    [2, 'failed', expect.any(String)],
    [3, 'failed', 'unknown-household'],
    [4, 'failed', 'invalid-line'],
    [5, 'failed', 'repeated-key'],
    [6, 'failed', 'invalid-line'],
  ])
  const order = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: String(lines[0]!['id']) } } }))
  expect(order).toMatchObject({ reference: 's-1', items: [{ action: 'add', service: 'tv-guide' }] })
  const [, again] = await upload('subscriptions', file, 'application/x-ndjson')
  expect(again).toMatchObject({ line: 1, status: 'unchanged', id: order.id })
})

test('an upload that is cut off leaves what came before, and says where', { timeout: patience }, async () => {
  const { hostname, port } = new URL(hub.url)
  const socket = connectSocket(Number(port), hostname)
  const head = `POST /api/v1/imports/devices HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${hub.connection.token}\r\ncontent-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n`
  const rows = Array.from({ length: 1200 }, (_, i) => `c-${i},CUT-${i},h-1\n`).join('')
  const body = `externalId,serial,householdExternalId\n${rows}`
  socket.write(`${head}${body.length.toString(16)}\r\n${body}\r\n`)
  const seen = await new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('"line":1001')) resolve(text)
    })
  })
  socket.destroy()
  const id = /"import":"(imp-[a-z0-9]+)"/.exec(seen)![1]!
  const path = { params: { path: { id } } }
  const cut = await until(
    async () => {
      const found = answer(await hub.api.GET('/api/v1/imports/{id}', path))
      return found.state === 'cut-off' ? found : null
    },
    { deadline: patience },
  )
  expect(cut.lastLine).toBe(1001)
  expect(cut.created).toBe(1000)
  const [row] = await hub.database.owner
    .sql`select count(*)::int as n from registration.registration_claim where serial like 'CUT-%'`
  expect(row!['n']).toBe(1000)
})

test('another media type, and somebody who may not, are refused before anything is read', async () => {
  expect(await upload('devices', '{}', 'application/json')).toEqual([
    expect.objectContaining({ type: expect.stringContaining('unsupported-media-type') as string }),
  ])
  const account = { name: 'dora', password: 'a long enough password', roles: ['developer' as const] }
  await hub.api.POST('/api/v1/accounts', { body: account })
  const { token } = answer(
    await createClient({ hub: hub.url }).POST('/api/v1/sessions', {
      body: { name: account.name, password: account.password },
    }),
  )
  expect(await upload('devices', csv, 'text/csv', token)).toEqual([
    expect.objectContaining({ type: expect.stringContaining('forbidden') as string }),
  ])
})

test('everything goes out again, whatever names have in them', { timeout: patience }, async () => {
  const sql = connect(hub.database.url, { max: 1 })
  await fillFleet(sql, { devices: 2500, subscriptions: 2500, seed: 2, tenant: 'main' }, () => {})
  await sql`update entity_device set name = '=cmd|x' where id = 'dev-0000000007'`
  await sql.end({ timeout: 5 })
  const get = async (path: string): Promise<string[]> => {
    const response = await fetch(`${hub.url}/api/v1/exports/${path}`, {
      headers: { authorization: `Bearer ${hub.connection.token}` },
    })
    return (await response.text()).trimEnd().split('\n')
  }
  const devices = (await get('devices')).map((each) => JSON.parse(each) as { id: string })
  expect(devices.length).toBe(2501)
  expect(new Set(devices.map((device) => device.id)).size).toBe(2501)
  const table = await get('devices?format=csv')
  expect(table.length).toBe(2502)
  expect(table.find((row) => row.includes('dev-0000000007'))).toContain(`"'=cmd|x"`)
  const filter = encodeURIComponent('device.class == "gateway"')
  expect((await get(`devices?filter=${filter}`)).every((row) => row.includes('"class":"gateway"'))).toBe(true)
  expect((await get('subscriptions?format=csv')).length).toBe(2502)
  expect((await get('orders')).length).toBe(1)
  expect((await get('deliveries?format=csv')).length).toBeGreaterThan(1)
})

test('the same on the command line', { timeout: patience }, async () => {
  await writeFile(line.path('devices.csv'), 'externalId,serial,householdExternalId\nx-1,CLI-1,h-1\nx-2,CLI 2,h-1\n')
  const done = await line.run(['import', 'devices', 'devices.csv', '--results', 'results.ndjson'])
  expect([done.status, done.err]).toEqual([1, expect.stringContaining('line 3: serial: A serial number has')])
  expect(done.out).toContain('1 created, 0 unchanged, 1 failed')
  const shown = await line.run(['import', 'list'])
  expect(shown.out).toContain('devices')
  const exported = await line.run(['export', 'devices', '--filter', 'device.class == "gateway"', '--format', 'csv'])
  expect(exported.out.split('\n')[0]).toContain('id,household,class,serial')
  const refused = await line.run(['export', 'devices', '--filter', 'device.klass == "x"'])
  expect(refused.err).toContain('[invalid-filter]')
  const missing = await line.run(['import', 'devices', 'nowhere.csv'])
  expect(missing.err).toContain('[file-unreadable]')
})
