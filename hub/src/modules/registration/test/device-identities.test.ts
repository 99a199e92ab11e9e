import { createHash, generateKeyPairSync } from 'node:crypto'
import type { IdentityProof } from '@sutler/device-model'
import { describe, expect, test } from 'vitest'
import { testSealing } from '../../../../../test/support/sealing.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import { digestResponse } from '../domain/device-proof.ts'
import { startHub, type TestHub } from './hub.ts'

const refused = { refused: 'device-not-recognised' }
const isIn = (device: string) => ({ device, class: 'gateway', tenant: 'main' })

async function addDevice(hub: TestHub, wanted: object) {
  const body = { household: await hub.household(), class: 'gateway', ...wanted }
  const made = await hub.request('POST', '/devices', { token: await hub.operator(), body })
  if (made.status !== 201) throw new Error(made.text)
  return made.json as { device: string; identity: { id: string }; credential: { id: string; secret: string } }
}

function shows(hub: TestHub, protocol: string, identity: string, proof: IdentityProof, more: object = {}) {
  return hub.registration.identities.authenticate({ protocol, identity, proof, address: '192.0.2.1', ...more })
}

describe('a device with an identity of its own protocol', () => {
  test('is added with a token that is shown once, and is let in by it and by nothing else', async () => {
    const hub = await startHub()
    const { device, identity, credential } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
    expect(credential).toMatchObject({ kind: 'token', secret: expect.stringMatching(/^dvt_/), username: null })
    expect(identity).toMatchObject({ device, protocol: 'ddi', identity: 'box-1', inForce: true })
    const as = (proof: IdentityProof, tenant = 'main', name = 'box-1') => shows(hub, 'ddi', name, proof, { tenant })
    expect(await as({ token: credential.secret })).toEqual(isIn(device))
    expect(await as({ token: `${credential.secret}x` })).toEqual(refused)
    expect(await as({ gatewayToken: credential.secret })).toEqual(refused)
    expect(await as({ password: credential.secret })).toEqual(refused)
    expect(await as({ token: credential.secret }, 'other')).toEqual(refused)
    expect(await as({ token: credential.secret }, 'main', 'box-2')).toEqual(refused)
    expect(await as({ token: credential.secret }, 'main', 'box\0')).toEqual(refused)
    expect(await as({ token: credential.secret }, 'main', 'x'.repeat(2000))).toEqual(refused)
    const token = await hub.operator()
    expect((await hub.request('GET', `/devices/${device}`, { token })).json).toMatchObject({
      protocol: 'ddi',
      serial: 'box-1',
      name: 'gateway box-1',
      class: 'gateway',
    })
    const [event] = await hub.database.sql`select data, subject from platform_event where type = 'device.enrolled'`
    expect(event).toEqual({
      subject: device,
      data: { class: 'gateway', serial: 'box-1', protocol: 'ddi', identity: 'box-1' },
    })
  })

  test('proves a password in the clear or by HTTP Digest, with the name it was given', async () => {
    const hub = await startHub()
    const identity = '00D09E-Box-123'
    const { device, credential } = await addDevice(hub, { protocol: 'cwmp', identity })
    const given = { kind: 'password', username: 'cpe', password: 'a password of the maker' }
    const other = await addDevice(hub, { protocol: 'cwmp', identity: '00D09E-Box-124', credential: given })
    expect(other.credential.secret).toBeNull()
    const digest = (username: string, password: string, more: object = {}): IdentityProof => {
      const asked = {
        username,
        realm: 'cwmp',
        nonce: 'n1',
        uri: '/cwmp',
        method: 'POST',
        algorithm: 'MD5' as const,
        ...more,
      }
      return { digest: { ...asked, response: digestResponse(asked, password) } }
    }
    const withQop = { qop: 'auth', nc: '00000001', cnonce: 'c1' }
    const { secret } = credential
    expect(await shows(hub, 'cwmp', identity, { password: secret, username: identity })).toEqual(isIn(device))
    expect(await shows(hub, 'cwmp', identity, { password: secret, username: 'cpe' })).toEqual(refused)
    expect(await shows(hub, 'cwmp', identity, digest(identity, secret))).toEqual(isIn(device))
    expect(await shows(hub, 'cwmp', identity, digest(identity, secret, withQop))).toEqual(isIn(device))
    const sha = { ...withQop, algorithm: 'SHA-256' }
    expect(await shows(hub, 'cwmp', identity, digest(identity, secret, sha))).toEqual(isIn(device))
    const covered = { ...withQop, qop: 'auth-int' }
    expect(await shows(hub, 'cwmp', identity, digest(identity, secret, covered))).toEqual(refused)
    expect(await shows(hub, 'cwmp', identity, digest('cpe', secret))).toEqual(refused)
    expect(await shows(hub, 'cwmp', identity, digest(identity, `${secret}x`))).toEqual(refused)
    const wrongMethod = { digest: { ...(digest(identity, secret) as { digest: object }).digest, method: 'GET' } }
    expect(await shows(hub, 'cwmp', identity, wrongMethod as IdentityProof)).toEqual(refused)
    expect(await shows(hub, 'cwmp', '00D09E-Box-124', digest('cpe', given.password))).toEqual(isIn(other.device))
  })

  test('proves a certificate, a public key or a pre-shared key that its protocol has checked', async () => {
    const hub = await startHub()
    const sha256 = createHash('sha256').update('a certificate').digest('hex')
    const certified = await addDevice(hub, {
      protocol: 'ddi',
      identity: 'box-1',
      credential: { kind: 'certificate', sha256: sha256.toUpperCase(), subject: 'CN=box-1' },
    })
    const as = (proof: IdentityProof) => shows(hub, 'ddi', 'box-1', proof, { tenant: 'main' })
    expect(await as({ certificate: sha256 })).toEqual(isIn(certified.device))
    expect(await as({ certificate: '0'.repeat(64), subject: 'CN=box-1' })).toEqual(isIn(certified.device))
    expect(await as({ certificate: '0'.repeat(64) })).toEqual(refused)
    expect(await as({ certificate: sha256.slice(2) })).toEqual(refused)

    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const identity = '{"mac":"02:11:22:33:44:55"}'
    const pem = publicKey.export({ format: 'pem', type: 'spki' }) as string
    const keyed = await addDevice(hub, {
      protocol: 'mender',
      identity,
      credential: { kind: 'public-key', publicKey: pem },
    })
    expect(await shows(hub, 'mender', identity, { publicKey: pem.replaceAll('\n', '\r\n') })).toEqual(
      isIn(keyed.device),
    )
    expect(await shows(hub, 'mender', identity, { publicKey: 'another' })).toEqual(refused)

    const sensor = await addDevice(hub, {
      protocol: 'lwm2m',
      identity: 'urn:dev:1',
      credential: { kind: 'psk', username: 'psk-1' },
    })
    expect(sensor.credential.secret).toMatch(/^[0-9a-f]{32}$/)
    expect(await shows(hub, 'lwm2m', 'urn:dev:1', { preShared: 'psk-1' })).toEqual(isIn(sensor.device))
    expect(await shows(hub, 'lwm2m', 'urn:dev:1', { preShared: 'urn:dev:1' })).toEqual(refused)
  })

  test('has the identity for itself: nobody else gets it, and nobody in a protocol without tenants', async () => {
    const hub = await startHub()
    const token = await hub.operator()
    const household = await hub.household()
    const add = async (protocol: string, identity: string, more: object = {}) => {
      const body = { household, class: 'gateway', protocol, identity, ...more }
      const { status, json } = await hub.request('POST', '/devices', { token, body })
      return status === 201 ? status : (json.type as string)
    }
    expect(await add('ddi', 'box-1')).toBe(201)
    expect(await add('ddi', 'box-1')).toBe('/problems/identity-taken')
    expect(await add('usp', 'box-1')).toBe(201)
    expect(await add('mender', 'm')).toBe('/problems/credential-unusable')
    expect(await add('ddi', 'x', { credential: { kind: 'psk' } })).toBe('/problems/credential-unusable')
    expect(await add('ddi', 'x', { credential: { kind: 'certificate' } })).toBe('/problems/credential-unusable')
    expect(await add('mender', 'x', { credential: { kind: 'public-key', publicKey: 'x' } })).toBe(
      '/problems/credential-unusable',
    )
    const psk = { credential: { kind: 'psk', username: 'k' } }
    expect(await add('lwm2m', 'a', psk)).toBe(201)
    expect(await add('lwm2m', 'b', psk)).toBe('/problems/credential-taken')
    expect(await add('ddi', 'x', { household: 'hh-00000000' })).toBe('/problems/unknown-household')
    expect(await add('ddi', 'a\u0007b')).toBe('/problems/invalid-request')
    const count = await hub.database.owner.sql`select 1 from registration.registration_device`
    expect(count).toHaveLength(3)
  })

  test('is refused within five seconds once it is out of service, at every hub', async () => {
    const one = await startHub()
    const two = await startHub({ database: one.database, clock: one.clock })
    const { device, credential } = await addDevice(one, { protocol: 'ddi', identity: 'box-1' })
    const at = (hub: TestHub) => shows(hub, 'ddi', 'box-1', { token: credential.secret }, { tenant: 'main' })
    expect([await at(one), await at(two)]).toEqual([isIn(device), isIn(device)])
    await one.registration.decommission(device)
    expect(await at(one)).toEqual(refused)
    one.clock.advance(5_000)
    expect(await at(two)).toEqual(refused)
  })

  test('is refused while it is quarantined, and never is for what it says of its starts', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
    const poll = () => shows(hub, 'ddi', 'box-1', { token: credential.secret }, { tenant: 'main' })
    for (const boot of ['a', 'b', 'a', 'b']) await hub.registration.deviceBooted(device, boot)
    expect(await poll()).toEqual(isIn(device))
    await hub.database.owner.sql`update registration.registration_device set quarantined_at = now()`
    hub.clock.advance(4_000)
    expect(await poll()).toEqual(refused)
  })

  test('is answered from memory while it polls; the database is asked again after some seconds', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
    const poll = () => shows(hub, 'ddi', 'box-1', { token: credential.secret }, { tenant: 'main' })
    expect(await poll()).toEqual(isIn(device))
    await hub.database.owner.sql`delete from registration.registration_device_credential`
    hub.clock.advance(3_999)
    expect(await poll()).toEqual(isIn(device))
    hub.clock.advance(1)
    expect(await poll()).toEqual(refused)
  })

  test('of a native device there is none, and a foreign one does not connect as a native one', async () => {
    const hub = await startHub()
    const { device } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
    expect(await hub.registration.authenticateDevice(device, 'anything')).toBe(false)
  })
})

test('the secrets that a protocol cannot do without are there for devices that are let in, and for no other use', async () => {
  const hub = await startHub()
  const sensor = await addDevice(hub, { protocol: 'lwm2m', identity: 'urn:dev:1' })
  const box = await addDevice(hub, { protocol: 'cwmp', identity: '00D09E-1' })
  const { secret, protocolsOf } = hub.registration.identities
  const key = { device: sensor.device, username: 'urn:dev:1', secret: sensor.credential.secret }
  expect(await secret('lwm2m', 'urn:dev:1', 'pre-shared-key')).toEqual(key)
  expect(await secret('lwm2m', 'urn:dev:2', 'pre-shared-key')).toBeNull()
  expect(await secret('lwm2m', 'urn:dev:1', 'connection-request')).toBeNull()
  const asked = await Promise.all([1, 2].map(() => secret('cwmp', '00D09E-1', 'connection-request')))
  expect(asked[0]).toEqual({
    device: box.device,
    username: expect.stringMatching(/^hub-/),
    secret: expect.stringMatching(/^.{24}$/),
  })
  expect(asked[1]).toEqual(asked[0])
  expect(await secret('cwmp', '00D09E-1', 'pre-shared-key')).toBeNull()
  const spoken = await protocolsOf([sensor.device, box.device, 'dev-none'])
  expect([...spoken.values()].toSorted()).toEqual(['cwmp', 'lwm2m'])
  await hub.registration.decommission(sensor.device)
  await hub.registration.decommission(box.device)
  expect(await secret('lwm2m', 'urn:dev:1', 'pre-shared-key')).toBeNull()
  expect(await secret('cwmp', '00D09E-1', 'connection-request')).toBeNull()
})

describe('guesses at passwords', () => {
  const many = (work: (i: number) => Promise<object>, count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => work(i)))
  const slowed = (answers: readonly object[]) =>
    answers.filter((each) => 'refused' in each && each.refused === 'too-many-attempts').length

  test('are slowed by identity, also those that come at once; whoever was let in from there before is not held up', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub, { protocol: 'cwmp', identity: 'box-1' })
    const from = (address: string, password: string) => shows(hub, 'cwmp', 'box-1', { password }, { address })
    expect(await from('192.0.2.7', credential.secret)).toEqual(isIn(device))
    expect(slowed(await many((i) => from('192.0.2.66', `guess ${i}`), 130))).toBe(30)
    expect(await from('192.0.2.68', credential.secret)).toEqual({ refused: 'too-many-attempts', retryAfter: 1 })
    expect(await from('192.0.2.7', credential.secret)).toEqual(isIn(device))
    expect(slowed(await many((i) => from('192.0.2.7', `guess ${i}`), 130))).toBe(30)
    expect(await from('192.0.2.7', credential.secret)).toMatchObject({ refused: 'too-many-attempts' })
    hub.clock.advance(10_000)
    expect(await from('192.0.2.7', credential.secret)).toEqual(isIn(device))
  })

  test('are slowed by address, whichever identities they are of', async () => {
    const hub = await startHub()
    const { device, credential } = await addDevice(hub, { protocol: 'cwmp', identity: 'box-1' })
    const from = (address: string, identity: string, password: string) =>
      shows(hub, 'cwmp', identity, { password }, { address })
    expect(slowed(await many((i) => from('192.0.2.66', `box-${i + 2}`, 'admin'), 1_010))).toBe(10)
    expect(await from('192.0.2.66', 'box-1', credential.secret)).toMatchObject({ refused: 'too-many-attempts' })
    expect(await from('192.0.2.67', 'box-1', credential.secret)).toEqual(isIn(device))
  })
})

test('a fleet behind one address is not locked out by those of it that have a wrong token', async () => {
  const hub = await startHub()
  const { device, credential } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
  const poll = (identity: string, token: string) => shows(hub, 'ddi', identity, { token }, { tenant: 'main' })
  for (let i = 0; i < 11; i++) {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => poll(`wrong-${i}-${n}`, 'old token')))
    expect(new Set(answers.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(refused)]))
  }
  expect(await poll('box-1', credential.secret)).toEqual(isIn(device))
})

test('who is unknown is compared with as much as who is wrong', async () => {
  let opened = 0
  const sealing: Sealing = { ...testSealing, open: (...asked) => (opened++, testSealing.open(...asked)) }
  const hub = await startHub({ sealing })
  await addDevice(hub, { protocol: 'cwmp', identity: 'box-1' })
  const work = async (identity: string) => {
    const before = opened
    expect(await shows(hub, 'cwmp', identity, { password: 'wrong', username: identity })).toEqual(refused)
    return opened - before
  }
  expect(await work('box-1')).toBe(1)
  expect(await work('box-2')).toBe(1)
})

test('a device that polls all day is in the audit once', async () => {
  const hub = await startHub()
  const { device, credential } = await addDevice(hub, { protocol: 'ddi', identity: 'box-1' })
  const poll = (token: string) => shows(hub, 'ddi', 'box-1', { token }, { tenant: 'main' })
  for (let i = 0; i < 24; i++) {
    await poll(credential.secret)
    await poll('wrong')
    hub.clock.advance(1_000_000)
  }
  await hub.registration.flushAudit()
  const query = `/audit?about=${device}&action=device.connect&limit=200`
  const { json } = await hub.request('GET', query, { token: await hub.operator() })
  const verdicts = (json.items as { verdict: string }[]).map(({ verdict }) => verdict)
  expect(verdicts.filter((verdict) => verdict === 'allowed')).toHaveLength(1)
  expect(verdicts.filter((verdict) => verdict === 'refused').length).toBeLessThan(8)
})
