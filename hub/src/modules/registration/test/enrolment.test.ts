import { expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub } from './hub.ts'

test('a device enrols with a claim, and the same request again gets the same answer', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const claim = await hub.claim(home)
  const body = testDevice('SN-1').enrolment(claim)
  const first = await hub.request('POST', '/enrolments', { body })
  expect(first.status).toBe(201)
  expect(first.json).toEqual({
    device: expect.stringMatching(/^dev-[a-z0-9]{22}$/),
    hub: hub.registration.hub(),
    mqtt: 'mqtt://hub.test:1883',
    household: home,
    certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
    issuedAt: expect.any(String),
    expiresAt: expect.any(String),
    authority: hub.registration.authority.root(),
    trustRoot: '{}',
  })
  hub.clock.advance(2 * 3_600_000)
  const again = await hub.request('POST', '/enrolments', { body })
  expect(again.status).toBe(200)
  const fresh = { certificate: expect.any(String), issuedAt: expect.any(String), expiresAt: expect.any(String) }
  expect(again.json).toEqual({ ...first.json, ...fresh })

  const device = await hub.entities.device(first.json.device)
  expect(device).toMatchObject({
    household: home,
    class: 'gateway',
    serial: 'SN-1',
    name: 'gateway SN-1',
    state: 'active',
  })
  const events = await hub.database.sql`select type, household, data from platform_event where subject = ${device!.id}`
  expect(events).toMatchObject([
    { type: 'device.enrolled', household: home, data: { class: 'gateway', serial: 'SN-1' } },
  ])
})

test('a claim used by many devices at once makes as many devices as it allows', async () => {
  const hub = await startHub()
  const claim = await hub.claim(await hub.household(), { uses: 3 })
  const asked = Array.from({ length: 12 }, (_, i) =>
    hub.request('POST', '/enrolments', { body: testDevice(`SN-${i}`).enrolment(claim) }),
  )
  const statuses = (await Promise.all(asked)).map((answer) => answer.status).toSorted()
  expect(statuses).toEqual([...Array<number>(3).fill(201), ...Array<number>(9).fill(403)])
  expect(await hub.database.sql`select count(*)::int as n from entity_device`).toEqual([{ n: 3 }])
  expect(await hub.database.owner.sql`select used from registration_claim`).toEqual([{ used: 3 }])
})

test('two hubs together do not use a claim twice, nor make two devices of one key', async () => {
  const one = await startHub()
  const two = await startHub({ database: one.database, clock: one.clock })
  const home = await one.household()
  const claim = await one.claim(home)
  const both = await Promise.all(
    [one, two].map((hub, i) => hub.request('POST', '/enrolments', { body: testDevice(`SN-${i}`).enrolment(claim) })),
  )
  expect(both.map((answer) => answer.status).toSorted()).toEqual([201, 403])

  const device = testDevice('SN-9')
  const claims = [await one.claim(home), await one.claim(home)]
  const twice = await Promise.all(
    [one, two].map((hub, i) => hub.request('POST', '/enrolments', { body: device.enrolment(claims[i]!) })),
  )
  expect(twice.map((answer) => answer.status).toSorted()).toEqual([201, 403])
  expect(await one.database.sql`select count(*)::int as n from entity_device`).toEqual([{ n: 2 }])
  expect(await one.database.owner.sql`select sum(used)::int as n from registration_claim`).toEqual([{ n: 2 }])
})

test('every refusal looks the same', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const token = await hub.operator()
  const device = testDevice('SN-1')
  const expired = await hub.claim(home, { expiresInSeconds: 1 })
  hub.clock.advance(1000)
  const revoked = await hub.claim(home)
  const { items } = (await hub.request('GET', `/claims?household=${home}`, { token })).json
  for (const { id } of items) await hub.request('DELETE', `/claims/${id}`, { token })
  const usedUp = await hub.claim(home)
  await hub.request('POST', '/enrolments', { body: testDevice('SN-2').enrolment(usedUp) })
  const good = await hub.claim(home)
  const bodies = {
    unknown: device.enrolment(`clm_${'A'.repeat(43)}`),
    'not of a claim’s form': device.enrolment('x'),
    expired: device.enrolment(expired),
    revoked: device.enrolment(revoked),
    'used up': device.enrolment(usedUp),
    'for another serial': device.enrolment(await hub.claim(home, { serial: 'SN-7' })),
    'signed for another claim': { ...device.enrolment(usedUp), claim: good },
    'signed by another key': { ...testDevice('SN-1').enrolment(good), csr: device.csr() },
    'for another name': device.enrolment(good, { name: 'SN-7' }),
    'for another’s key': device.enrolment(good, { key: Buffer.from(testDevice('SN-9').publicKey, 'base64url') }),
    'for no key': { ...device.enrolment(good), csr: 'x' },
    'not signed': { ...device.enrolment(good), signature: '' },
  }
  const answers = new Map<string, string[]>()
  for (const [what, body] of Object.entries(bodies)) {
    const { status, text } = await hub.request('POST', '/enrolments', { body })
    expect([what, status]).toEqual([what, 403])
    answers.set(text, [...(answers.get(text) ?? []), what])
  }
  expect([...answers.values()]).toHaveLength(1)
  expect((await hub.request('POST', '/enrolments', { body: device.enrolment(good) })).status).toBe(201)
})

test('an enrolment of the wrong form is pointed at what is wrong', async () => {
  const hub = await startHub()
  const cases: [pointer: string, wrong: object][] = [
    ['/csr', { csr: 'A'.repeat(2049) }],
    ['/publicKey', { publicKey: 'A'.repeat(43) }],
    ['/serial', { serial: 'a b' }],
    ['/serial', { serial: 'a\nb' }],
    ['/serial', { serial: 'x'.repeat(65) }],
    ['/class', { class: 'toaster' }],
    ['/role', { role: 'operator' }],
  ]
  for (const [pointer, wrong] of cases) {
    const answer = await hub.request('POST', '/enrolments', { body: { ...testDevice('S').enrolment('x'), ...wrong } })
    expect([pointer, answer.status]).toEqual([pointer, 400])
    expect(answer.json.errors.map((place: { pointer: string }) => place.pointer)).toEqual([pointer])
  }
})

test('guessing claims is limited; a thousand devices that enrol at once are not', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const claim = await hub.claim(home, { uses: 1000 })
  const asked = Array.from({ length: 1000 }, (_, i) =>
    hub.request('POST', '/enrolments', { body: testDevice(`SN-${i}`).enrolment(claim) }),
  )
  const statuses = new Set((await Promise.all(asked)).map((answer) => answer.status))
  expect([...statuses]).toEqual([201])
  const guess = () =>
    hub.request('POST', '/enrolments', { body: testDevice('SN-G').enrolment(`clm_${'B'.repeat(43)}`) })
  for (let i = 0; i < 50; i++) expect((await guess()).status).toBe(403)
  const limited = await guess()
  expect(limited.status).toBe(429)
  expect(limited.headers.get('retry-after')).toBe('1')
})

test('subscribers make claims for their own household only', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const other = await hub.household('Meier')
  const { token } = await hub.person('anna', ['subscriber'], [home])
  const make = (household: string) => hub.request('POST', '/claims', { token, body: { household } })
  expect((await make(home)).status).toBe(201)
  const theirs = await make(other)
  const nobodys = await make('hh-00000000')
  expect(theirs.status).toBe(404)
  expect(theirs.text).toBe(nobodys.text)
  const operators = await hub.request('POST', '/claims', {
    token: await hub.operator(),
    body: { household: 'hh-00000000' },
  })
  expect(operators.json).toMatchObject({ type: '/problems/unknown-household', errors: [{ pointer: '/household' }] })
})
