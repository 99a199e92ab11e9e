import { generateKeyPairSync } from 'node:crypto'
import type { EnrolAnswer, IdentityClaim, IdentityProof } from '@sutler/device-model'
import { describe, expect, test } from 'vitest'
import { startHub, type TestHub } from './hub.ts'

const refused = { refused: 'device-not-recognised' }
const waiting = { waiting: true }

function key(): string {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }) as string
}

async function shows(hub: TestHub, identity: string, proof: IdentityProof, more: Partial<IdentityClaim> = {}) {
  const claim = { protocol: 'mender', identity, proof, address: '192.0.2.1', ...more }
  return hub.registration.identities.authenticate(claim)
}

const batch = (protocol: string, tenant: string | undefined = 'main') =>
  ({ protocol, ...(tenant !== undefined && { tenant }) }) as const

async function gateway(hub: TestHub, wanted: object) {
  const body = { protocol: 'ddi', name: 'Batch', ...wanted }
  const made = await hub.request('POST', '/gateway-credentials', { token: await hub.operator(), body })
  if (made.status !== 201) throw new Error(made.text)
  return made.json as { id: string; secret: string; username: string | null }
}

async function listed(hub: TestHub, state = 'waiting') {
  const answer = await hub.request('GET', `/enrolments?state=${state}&limit=200`, { token: await hub.operator() })
  return answer.json.items as { id: string; identity: string; device: string | null }[]
}

async function accept(hub: TestHub, id: string, body: object) {
  return hub.request('POST', `/enrolments/${id}/accept`, { token: await hub.operator(), body })
}

describe('an unknown device that has proved something', () => {
  test('waits with what it says of itself until a person says whose it is, then comes in by the key it has shown', async () => {
    const hub = await startHub()
    const publicKey = key()
    const says = { mac: '02:11', note: 'bad\0text' }
    expect(await shows(hub, '{"mac":"02:11"}', { publicKey }, { says })).toEqual(waiting)
    expect(await shows(hub, '{"mac":"02:11"}', { publicKey }, { says })).toEqual(waiting)
    const [ticket, ...more] = await listed(hub)
    expect(more).toEqual([])
    expect(ticket).toMatchObject({
      protocol: 'mender',
      identity: '{"mac":"02:11"}',
      says: { mac: '02:11', note: 'bad\uFFFDtext' },
      household: null,
      class: null,
      claim: null,
      device: null,
    })
    const household = await hub.household()
    const approve = await hub.request('POST', `/enrolments/${ticket!.id}/approve`, { token: await hub.operator() })
    expect(approve.json.type).toBe('/problems/enrolment-needs-place')
    const accepted = await accept(hub, ticket!.id, { household, class: 'gateway', name: 'Hall' })
    expect(accepted).toMatchObject({ status: 200, json: { state: 'enrolled', device: expect.stringMatching(/^dev-/) } })
    const { device } = accepted.json
    expect(await shows(hub, '{"mac":"02:11"}', { publicKey })).toEqual({ device, class: 'gateway', tenant: 'main' })
    const again = await accept(hub, ticket!.id, { household, class: 'gateway' })
    expect(again).toMatchObject({ status: 200, json: { device } })
    const events = await hub.database
      .sql`select type from platform_event where type ~ '^(enrolment|device)' order by id`
    expect(events.map(({ type }) => type)).toEqual(['enrolment.waiting', 'device.enrolled', 'enrolment.approved'])
  })

  test('stays out once a person has refused it; another key of the same name waits anew', async () => {
    const hub = await startHub()
    const publicKey = key()
    await shows(hub, 'box', { publicKey })
    const [ticket] = await listed(hub)
    const answer = await hub.request('POST', `/enrolments/${ticket!.id}/refuse`, { token: await hub.operator() })
    expect(answer.json.state).toBe('refused')
    hub.clock.advance(4_000)
    expect(await shows(hub, 'box', { publicKey })).toEqual(refused)
    expect((await accept(hub, ticket!.id, {})).json.type).toBe('/problems/enrolment-decided')
    expect(await shows(hub, 'box', { publicKey: key() })).toEqual(waiting)
  })

  test('that says to be one that is there is not it: a person lets its new key take the place of the old one', async () => {
    const hub = await startHub()
    const [old, fresh] = [key(), key()]
    const body = {
      household: await hub.household(),
      class: 'gateway',
      protocol: 'mender',
      identity: 'box',
      credential: { kind: 'public-key', publicKey: old },
    }
    const { device } = (await hub.request('POST', '/devices', { token: await hub.operator(), body })).json
    expect(await shows(hub, 'box', { publicKey: fresh })).toEqual(waiting)
    const [ticket] = await listed(hub)
    expect(ticket).toMatchObject({ device, identity: 'box' })
    expect((await accept(hub, ticket!.id, {})).json).toMatchObject({ state: 'enrolled', device })
    expect(await shows(hub, 'box', { publicKey: fresh })).toMatchObject({ device })
    expect(await shows(hub, 'box', { publicKey: old })).toEqual(waiting)
    await hub.registration.decommission(device)
    expect(await shows(hub, 'box', { publicKey: key() })).toEqual(refused)
  })

  test('is one of a batch by the credential that the batch shares, and goes on with it until it has its own', async () => {
    const hub = await startHub()
    const { id, secret } = await gateway(hub, {})
    const as = (token: string, tenant = 'main') => shows(hub, 'box-1', { gatewayToken: token }, batch('ddi', tenant))
    expect(await as(secret)).toEqual(waiting)
    expect(await as(secret, 'other')).toEqual(refused)
    expect(await as(`${secret}x`)).toEqual(refused)
    const [ticket] = await listed(hub)
    const { device } = (await accept(hub, ticket!.id, { household: await hub.household(), class: 'phone' })).json
    expect(await as(secret)).toMatchObject({ device })
    const token = await hub.operator()
    const { items } = (await hub.request('GET', `/devices/${device}/identities`, { token })).json
    expect(items).toMatchObject([{ inForce: true, credentials: [{ kind: 'gateway', gateway: id }] }])
    const path = `/devices/${device}/identities/${items[0].id}/credentials`
    const own = await hub.request('POST', path, { token, body: {} })
    expect(own).toMatchObject({ status: 201, json: { kind: 'token' } })
    expect(await shows(hub, 'box-1', { token: own.json.secret }, batch('ddi'))).toMatchObject({ device })
    expect(await as(secret)).toEqual(waiting)
  })

  test('of a revoked batch is refused, whether it waits or is in', async () => {
    const hub = await startHub()
    const { id, secret, username } = await gateway(hub, { protocol: 'cwmp' })
    const as = (identity: string): Promise<EnrolAnswer> =>
      shows(hub, identity, { username: username!, password: secret }, { protocol: 'cwmp' })
    expect(await as('00D09E-1')).toEqual(waiting)
    const [ticket] = await listed(hub)
    await accept(hub, ticket!.id, { household: await hub.household(), class: 'gateway' })
    expect(await as('00D09E-1')).toMatchObject({ class: 'gateway' })
    expect(await as('00D09E-2')).toEqual(waiting)
    const token = await hub.operator()
    expect((await hub.request('DELETE', `/gateway-credentials/${id}`, { token })).status).toBe(204)
    expect(await listed(hub)).toEqual([])
    expect(await as('00D09E-1')).toEqual(refused)
    expect(await as('00D09E-2')).toEqual(refused)
    expect((await hub.request('GET', '/gateway-credentials', { token })).json.items).toMatchObject([
      { id, protocol: 'cwmp', kind: 'password', revokedAt: expect.any(String) },
    ])
  })

  test('comes in by itself where the rule of its batch holds, and waits where it does not', async () => {
    const hub = await startHub()
    const household = await hub.household()
    const approval = 'serial.startsWith("GW-")'
    const { secret } = await gateway(hub, { household, class: 'gateway', approval })
    const as = (identity: string) => shows(hub, identity, { gatewayToken: secret }, batch('ddi'))
    expect(await as('GW-1')).toMatchObject({ class: 'gateway' })
    expect(await as('GW-1')).toMatchObject({ class: 'gateway' })
    expect(await as('XX-1')).toEqual(waiting)
    const [ticket] = await listed(hub)
    const approve = await hub.request('POST', `/enrolments/${ticket!.id}/approve`, { token: await hub.operator() })
    expect(approve.json).toMatchObject({ state: 'enrolled', household })
    expect(await hub.entities.devicesOfHousehold(household)).toHaveLength(2)
    const [event] = await hub.database.sql`select data from platform_event where type = 'device.enrolled'`
    expect(event!['data']).toEqual({ class: 'gateway', serial: 'GW-1', protocol: 'ddi', identity: 'GW-1' })
  })

  test('shows whose fleet it is of by its tenant’s token, and waits there', async () => {
    const hub = await startHub()
    const { secret } = await gateway(hub, { protocol: 'mender', credential: { kind: 'token', token: 'a'.repeat(900) } })
    expect(secret).toBeNull()
    expect(await shows(hub, 'box', { publicKey: key() }, { gatewayToken: 'a'.repeat(900) })).toEqual(waiting)
    const [ticket] = await listed(hub)
    expect(ticket).toMatchObject({ gateway: expect.stringMatching(/^gwc-/) })
    expect(JSON.stringify(ticket)).not.toContain('aaaa')
  })
})

test('a flood of unknown devices is bounded by where it comes from, and people are still heard', async () => {
  const hub = await startHub()
  const from = (address: string, identity: string) => shows(hub, identity, { publicKey: key() }, { address })
  for (let i = 0; i < 50; i++) expect(await from('192.0.2.66', `box-${i}`)).toEqual(waiting)
  expect(await from('192.0.2.66', 'box-50')).toEqual({ refused: 'too-many-waiting' })
  expect(await from('192.0.2.67', 'box-51')).toEqual(waiting)
  expect(await listed(hub)).toHaveLength(51)
})

test('a list that is full gives the place of whoever was not here for a day to a new one, else to nobody', async () => {
  const hub = await startHub()
  const now = hub.clock.now()
  const { sql } = hub.database.owner
  await sql`
    insert into registration.registration_enrolment (id, tenant, serial, state, protocol, identity, public_key, source, asked_at,
      seen_at, expires_at)
    select 'enr-0000000' || n, 'main', 's', 'waiting', 'mender', 'old-' || n, 'k', 'x' || n, ${new Date(now)}, ${new Date(now)},
      ${new Date(now + 7 * 86_400_000)} from generate_series(1, 1000) n`
  expect(await shows(hub, 'box', { publicKey: key() })).toEqual({ refused: 'too-many-waiting' })
  hub.clock.advance(24 * 3_600_000)
  expect(await shows(hub, 'box', { publicKey: key() })).toEqual(waiting)
  const [{ count }] = (await sql`select count(*)::int as count from registration.registration_enrolment`) as [
    { count: number },
  ]
  expect(count).toBe(1000)
})
