import type { IdentityProof } from '@sutler/device-model'
import { describe, expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub, type TestHub } from './hub.ts'

const refused = { refused: 'device-not-recognised' }

async function addDevice(hub: TestHub, identity = 'box-1') {
  const body = { household: await hub.household(), class: 'gateway', protocol: 'ddi', identity }
  const { json } = await hub.request('POST', '/devices', { token: await hub.operator(), body })
  return json as { device: string; identity: { id: string }; credential: { id: string; secret: string } }
}

function shows(hub: TestHub, protocol: string, identity: string, proof: IdentityProof) {
  const tenant = protocol === 'ddi' ? { tenant: 'main' } : {}
  return hub.registration.identities.authenticate({ protocol, identity, proof, address: '192.0.2.1', ...tenant })
}

async function ask(hub: TestHub, method: string, path: string, body?: object) {
  return hub.request(method, path, { token: await hub.operator(), ...(body && { body }) })
}

describe('a device that changes protocol', () => {
  test('is let in over the new one once a person has said so, and refused over the old one', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub)
    const changes: string[] = []
    const cutOff: (string | boolean)[] = []
    hub.registration.onProtocolChange((changed) => changes.push(changed))
    hub.registration.onCutOff((lost, decommissioned) => cutOff.push(lost, decommissioned))
    const path = `/devices/${device}`
    expect((await ask(hub, 'PUT', `${path}/protocol`, { protocol: 'cwmp' })).json.type).toBe(
      '/problems/no-such-identity',
    )
    expect((await ask(hub, 'PUT', `${path}/protocol`, { protocol: 'native' })).json.type).toBe(
      '/problems/no-such-identity',
    )
    const added = await ask(hub, 'POST', `${path}/identities`, { protocol: 'cwmp', identity: '00D09E-1' })
    expect(added).toMatchObject({
      status: 201,
      json: { identity: { inForce: false }, credential: { kind: 'password' } },
    })
    const password = added.json.credential.secret as string
    expect(await shows(hub, 'cwmp', '00D09E-1', { password })).toEqual(refused)
    expect(await shows(hub, 'ddi', 'box-1', { token: credential.secret })).toMatchObject({ device })
    expect((await ask(hub, 'PUT', `${path}/protocol`, { protocol: 'cwmp' })).json).toEqual({ device, protocol: 'cwmp' })
    expect(await shows(hub, 'cwmp', '00D09E-1', { password })).toMatchObject({ device })
    expect(await shows(hub, 'ddi', 'box-1', { token: credential.secret })).toEqual(refused)
    expect([changes, cutOff]).toEqual([[device], [device, false]])
    expect((await ask(hub, 'GET', path)).json).toMatchObject({ protocol: 'cwmp', state: 'active' })
    const { items } = (await ask(hub, 'GET', `${path}/identities`)).json
    expect(items).toMatchObject([
      { protocol: 'cwmp', inForce: true },
      { protocol: 'ddi', inForce: false },
    ])
    expect(JSON.stringify(items)).not.toContain(password)
    expect((await ask(hub, 'PUT', `${path}/protocol`, { protocol: 'cwmp' })).status).toBe(200)
    expect(changes).toEqual([device])
  })

  test('is told at every hub within five seconds', async () => {
    const one = await startHub()
    const two = await startHub({ database: one.database, clock: one.clock })
    const { device, credential } = await addDevice(one)
    const changes: [string, number][] = []
    two.registration.onProtocolChange((changed, at) => changes.push([changed, at]))
    expect(await shows(two, 'ddi', 'box-1', { token: credential.secret })).toMatchObject({ device })
    await ask(one, 'POST', `/devices/${device}/identities`, { protocol: 'usp', identity: 'os::1' })
    await ask(one, 'PUT', `/devices/${device}/protocol`, { protocol: 'usp' })
    const at = one.clock.now()
    for (let i = 0; i < 5; i++) {
      one.clock.advance(1_000)
      await new Promise((resolve) => setImmediate(resolve))
      await two.database.sql`select 1`
    }
    expect(await shows(two, 'ddi', 'box-1', { token: credential.secret })).toEqual(refused)
    await expect.poll(() => changes).toEqual([[device, at]])
  })

  test('to our agent does so when it enrols with a claim for it; then its old identity is refused', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub)
    const { household } = (await ask(hub, 'GET', `/devices/${device}`)).json
    const agent = testDevice('SN-1')
    const claim = await hub.claim(household, { device })
    const enrolled = await hub.request('POST', '/enrolments', { body: agent.enrolment(claim) })
    expect(enrolled).toMatchObject({ status: 201, json: { device } })
    expect((await ask(hub, 'GET', `/devices/${device}`)).json.protocol).toBe('native')
    const connect = agent.password(hub.registration.hub(), device, hub.clock.now())
    expect(await hub.registration.authenticateDevice(device, connect)).toBe(true)
    hub.clock.advance(5_000)
    expect(await shows(hub, 'ddi', 'box-1', { token: credential.secret })).toEqual(refused)
    expect((await ask(hub, 'PUT', `/devices/${device}/protocol`, { protocol: 'ddi' })).status).toBe(200)
    expect(await shows(hub, 'ddi', 'box-1', { token: credential.secret })).toMatchObject({ device })
    hub.clock.advance(1_000)
    const again = agent.password(hub.registration.hub(), device, hub.clock.now())
    expect(await hub.registration.authenticateDevice(device, again)).toBe(false)
  })
})

describe('credentials of an identity', () => {
  test('are replaced at once, or beside one another while devices change over, and revoked one by one', async () => {
    const hub = await startHub()
    const { device, identity, credential } = await addDevice(hub)
    const path = `/devices/${device}/identities/${identity.id}/credentials`
    const beside = (await ask(hub, 'POST', path, { replace: false })).json
    const both = [credential.secret, beside.secret] as [string, string]
    for (const token of both) expect(await shows(hub, 'ddi', 'box-1', { token })).toMatchObject({ device })
    const given = { credential: { kind: 'token', token: 'a token of another hub' } }
    const wrong = await ask(hub, 'POST', path, given)
    expect(wrong.json.type).toBe('/problems/invalid-request')
    const token = '0123456789abcdef0123456789abcdef'
    const made = await ask(hub, 'POST', path, { credential: { kind: 'token', token } })
    expect(made).toMatchObject({ status: 201, json: { kind: 'token', secret: null } })
    expect(await shows(hub, 'ddi', 'box-1', { token })).toMatchObject({ device })
    for (const old of both) expect(await shows(hub, 'ddi', 'box-1', { token: old })).toEqual(refused)
    expect((await ask(hub, 'DELETE', `${path}/${made.json.id}`)).status).toBe(204)
    expect(await shows(hub, 'ddi', 'box-1', { token })).toEqual(refused)
    expect((await ask(hub, 'DELETE', `${path}/${made.json.id}`)).status).toBe(404)
    for (let i = 0; i < 10; i++) expect((await ask(hub, 'POST', path, { replace: false })).status).toBe(201)
    expect((await ask(hub, 'POST', path, { replace: false })).json.type).toBe('/problems/credential-unusable')
  })

  test('go with the identity, which somebody else may have then', async () => {
    const hub = await startHub()
    const { device, identity, credential } = await addDevice(hub)
    const gone = await ask(hub, 'DELETE', `/devices/${device}/identities/${identity.id}`)
    expect(gone.status).toBe(204)
    expect((await ask(hub, 'DELETE', `/devices/${device}/identities/${identity.id}`)).status).toBe(404)
    expect(await shows(hub, 'ddi', 'box-1', { token: credential.secret })).toEqual(refused)
    expect((await addDevice(hub)).device).toMatch(/^dev-/)
    const events = await hub.database.sql`
      select type from platform_event where subject = ${device} and type like 'device.%' order by id`
    expect(events.map(({ type }) => type)).toEqual(['device.enrolled', 'device.identity-removed'])
  })
})
