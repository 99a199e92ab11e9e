import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub, type TestHub } from './hub.ts'

const waiting = { status: 202, json: { ticket: expect.stringMatching(/^enr-/), expiresAt: expect.any(String) } }

async function asked(hub: TestHub, token: string, state = 'waiting') {
  return (await hub.request('GET', `/enrolments?state=${state}`, { token })).json.items
}

test('a device waits until a person has agreed, then gets its certificate; each step is an event', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const claim = await hub.claim(await hub.household(), { approval: 'person' })
  const body = testDevice('SN-1').enrolment(claim)
  const first = await hub.request('POST', '/enrolments', { body })
  expect(first).toMatchObject(waiting)
  expect(first.headers.get('retry-after')).toBe('10')
  hub.clock.advance(2 * 3_600_000)
  expect((await hub.request('POST', '/enrolments', { body })).json).toEqual(first.json)
  expect(await asked(hub, token)).toMatchObject([{ id: first.json.ticket, serial: 'SN-1', class: 'gateway' }])
  const path = `/enrolments/${first.json.ticket}`
  expect(await hub.request('POST', `${path}/approve`, { token })).toMatchObject({
    status: 200,
    json: { state: 'approved', decidedBy: expect.stringMatching(/^usr-/) },
  })
  expect((await hub.request('POST', `${path}/approve`, { token })).status).toBe(200)
  expect((await hub.request('POST', `${path}/refuse`, { token })).json.type).toBe('/problems/enrolment-decided')
  expect((await hub.request('POST', '/enrolments', { body })).status).toBe(201)
  expect((await hub.request('POST', '/enrolments', { body })).status).toBe(200)
  expect(await asked(hub, token)).toEqual([])
  expect(await asked(hub, token, 'enrolled')).toHaveLength(1)
  const events = await hub.database.sql`select type from platform_event where type like 'enrolment.%' order by id`
  expect(events.map(({ type }) => type)).toEqual(['enrolment.waiting', 'enrolment.approved'])
})

test('whom a person refused stays refused; a ticket that nobody decided ends after a week', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const claim = await hub.claim(await hub.household(), { approval: 'person', uses: 2, expiresInSeconds: 20 * 86_400 })
  const [one, two] = [testDevice('SN-1').enrolment(claim), testDevice('SN-2').enrolment(claim)]
  const { ticket } = (await hub.request('POST', '/enrolments', { body: one })).json
  const late = (await hub.request('POST', '/enrolments', { body: two })).json
  expect((await hub.request('POST', `/enrolments/${ticket}/refuse`, { token })).json.state).toBe('refused')
  expect((await hub.request('POST', '/enrolments', { body: one })).status).toBe(403)
  hub.clock.advance(7 * 86_400_000)
  const again = await hub.login('operator', (await hub.firstOperator()).password)
  const decided = await hub.request('POST', `/enrolments/${late.ticket}/approve`, { token: again })
  expect(decided.json).toMatchObject({
    type: '/problems/enrolment-decided',
    detail: expect.stringContaining('expired'),
  })
  const anew = await hub.request('POST', '/enrolments', { body: two })
  expect(anew).toMatchObject(waiting)
  expect(anew.json.ticket).not.toBe(late.ticket)
})

test('people decide about their own household only; others’ enrolments are not there for them', async () => {
  const hub = await startHub()
  const [home, other] = [await hub.household('A'), await hub.household('B')]
  const claim = await hub.claim(home, { approval: 'class == "phone"' })
  const { ticket } = (await hub.request('POST', '/enrolments', { body: testDevice('S').enrolment(claim) })).json
  const bea = await hub.person('bea', ['subscriber'], [other])
  expect(await asked(hub, bea.token)).toEqual([])
  expect((await hub.request('POST', `/enrolments/${ticket}/approve`, { token: bea.token })).status).toBe(404)
  const ada = await hub.person('ada', ['subscriber'], [home])
  expect((await hub.request('POST', `/enrolments/${ticket}/approve`, { token: ada.token })).status).toBe(200)
  expect((await hub.request('POST', '/enrolments/enr-00000000/approve', { token: await hub.operator() })).status).toBe(
    404,
  )
})

test('what a claim cannot be made of is said at its place', async () => {
  const hub = await startHub({ order: async () => null })
  const token = await hub.operator()
  const household = await hub.household()
  const ask = (body: object) => hub.request('POST', '/claims', { token, body })
  const refused = (code: string, pointer: string) => ({
    status: 422,
    json: { type: `/problems/${code}`, errors: [{ pointer }] },
  })
  expect(await ask({ household, approval: 'Person' })).toMatchObject(refused('claim-approval-unusable', '/approval'))
  expect(await ask({ household, order: 'ord-00000000' })).toMatchObject(refused('claim-order-unknown', '/order'))
  expect(await ask({ household, csr: 'x' })).toMatchObject(refused('claim-request-unusable', '/csr'))
  const named = testDevice('SN-1').csr()
  expect(await ask({ household, csr: named })).toMatchObject(refused('claim-request-unusable', '/csr'))
  expect((await ask({})).json).toMatchObject({ errors: [{ pointer: '/household' }] })
  expect((await ask({ household, expiresInSeconds: 31 * 86_400 })).status).toBe(400)
})

test('a claim for an order is for its household, and ends when the order does', async () => {
  let ended = false
  let home = ''
  const hub = await startHub({
    order: async (id) => (id === 'ord-00000001' ? { tenant: 'main', household: home, ended } : null),
  })
  home = await hub.household()
  const token = await hub.operator()
  const made = await hub.request('POST', '/claims', { token, body: { order: 'ord-00000001', uses: 2 } })
  expect(made).toMatchObject({ status: 201, json: { household: home, order: 'ord-00000001' } })
  const enrol = (serial: string) =>
    hub.request('POST', '/enrolments', { body: testDevice(serial).enrolment(made.json.claim) })
  expect((await enrol('SN-1')).status).toBe(201)
  ended = true
  expect((await enrol('SN-2')).status).toBe(403)
  const late = await hub.request('POST', '/claims', { token, body: { order: 'ord-00000001' } })
  expect(late.json.type).toBe('/problems/claim-order-unknown')
  const other = { order: 'ord-00000001', household: await hub.household('B') }
  ended = false
  expect((await hub.request('POST', '/claims', { token, body: other })).json.type).toBe('/problems/claim-order-unknown')
})

test('a claim certificate is no claim by what is known of it: without the certificate nobody enrols', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const csr = testDevice('', 'ecdsa').csr({ name: '' })
  const body = { household: await hub.household(), csr, serialPrefix: 'GW-', uses: 5, expiresInSeconds: 90 * 86_400 }
  const { json } = await hub.request('POST', '/claims', { token, body })
  expect(json).toMatchObject({ kind: 'certificate', certificate: expect.stringContaining('BEGIN'), uses: 5 })
  const [name] = json.claim.split('.')
  expect(name).toBe(json.id)
  const { serialNumber } = new X509Certificate(json.certificate)
  for (const claim of [json.claim, name, serialNumber, serialNumber.toLowerCase(), `claim certificate ${serialNumber}`])
    expect((await hub.request('POST', '/enrolments', { body: testDevice('GW-1').enrolment(claim) })).status).toBe(403)
})
