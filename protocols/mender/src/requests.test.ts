import { generateKeyPairSync, sign } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deploymentIdOf } from './wire/deployment-id.ts'
import { serve, type Serving } from './test/serving.ts'

let hub: Serving
beforeEach(async () => {
  hub = await serve()
})
afterEach(() => hub.stop())

const base = '/api/devices'
const next = `${base}/v1/deployments/device/deployments/next?artifact_name=a&device_type=b`
const call = (path: string, init: RequestInit = {}) => fetch(hub.url + path, init)
const code = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

/** What comes back on a connection of its own until that ends. */
function raw(sent: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1', () => socket.write(sent))
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    socket.on('error', () => {}).on('close', () => resolve(text))
  })
}

describe('authentication', () => {
  test.each(['rsa', 'ecdsa', 'ed25519'] as const)(
    'a device with a key of %s waits, is accepted, and gets a token',
    async (key) => {
      const device = hub.device({ key })
      expect(await device.authenticate()).toBe(false)
      const [claim] = hub.host.claims
      expect(claim).toMatchObject({ protocol: 'mender', identity: '{"mac":"00:11"}', says: { mac: '00:11' } })
      hub.accept(claim!, 'dev-1')
      expect(await device.authenticate()).toBe(true)
      expect(hub.host.of('dev-1', 'hello')).toMatchObject([{ agent: 'mender', boot: '' }])
      expect(await device.poll()).toBe('nothing')
    },
  )

  test('another key for the same identity waits, and the one in force goes on', async () => {
    const real = hub.accepted('dev-1')
    const other = hub.device({ identity: { serial: 'dev-1' } })
    expect([await other.authenticate(), await real.authenticate()]).toEqual([false, true])
    real.rotateKey()
    expect(await real.poll()).toBe('unauthorized')
    hub.accept({ identity: real.identity, proof: { publicKey: real.publicKey } }, 'dev-1')
    expect(await real.poll()).toBe('nothing')
  })

  const signed = (body: string, more: Record<string, string> = {}, pair = generateKeyPairSync('ed25519')) => {
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const text = body.replace('KEY', JSON.stringify(pem).slice(1, -1))
    const signature = sign(null, Buffer.from(text), pair.privateKey).toString('base64')
    const headers = { 'x-men-signature': signature, ...more }
    return call(`${base}/v1/authentication/auth_requests`, { method: 'POST', body: text, headers })
  }
  const request = '{"id_data":"{\\"mac\\":\\"1\\"}","pubkey":"KEY"}'

  test('a signature that is not the body’s, or is missing, is refused before anybody is asked', async () => {
    expect(await code(await signed(request, { 'x-men-signature': 'AAAA' }))).toEqual([401, 'bad-signature'])
    expect(await code(await signed(request, { 'x-men-signature': '' }))).toEqual([401, 'bad-signature'])
    const elsewhere = sign(null, Buffer.from(request), generateKeyPairSync('ed25519').privateKey).toString('base64')
    expect(await code(await signed(request, { 'x-men-signature': elsewhere }))).toEqual([401, 'bad-signature'])
    expect(hub.host.claims).toEqual([])
    expect(await code(await signed(request))).toEqual([401, 'not-accepted'])
  })

  test('a signature in lines of base64, as OpenSSL breaks it, is read', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const body = JSON.stringify({ id_data: '{"mac":"1"}', pubkey: pem })
    const signature = sign('sha256', Buffer.from(body), pair.privateKey).toString('base64').replaceAll(/.{64}/g, '$& ')
    const init = { method: 'POST', body, headers: { 'x-men-signature': signature } }
    expect(await code(await call(`${base}/v1/authentication/auth_requests`, init))).toEqual([401, 'not-accepted'])
  })

  test.each([
    ['too short an RSA key', () => generateKeyPairSync('rsa', { modulusLength: 1_024 })],
    ['a curve that Mender does not use', () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' })],
    ['a key of another kind', () => generateKeyPairSync('dsa', { modulusLength: 2_048, divisorLength: 256 })],
  ])('%s is refused', async (_what, make) => {
    const pem = make().publicKey.export({ type: 'spki', format: 'pem' }) as string
    const body = JSON.stringify({ id_data: '{"mac":"1"}', pubkey: pem })
    const init = { method: 'POST', body, headers: { 'x-men-signature': 'AAAA' } }
    expect(await code(await call(`${base}/v1/authentication/auth_requests`, init))).toEqual([400, 'unsupported-key'])
  })

  test('a token that has ended, is changed, or is of another hub opens nothing; the client gets a new one by itself', async () => {
    const device = hub.accepted('dev-1')
    expect(await device.authenticate()).toBe(true)
    for (const token of ['', 'Bearer x', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZXYtMSJ9.', 'Basic eHg6eHg='])
      expect(await code(await call(next, { headers: { authorization: token } }))).toEqual([401, 'no-token'])
    const before = hub.host.claims.length
    hub.clock.time += 3_601_000
    expect(await device.poll()).toBe('nothing')
    expect(hub.host.claims.slice(before).some(({ says }) => says !== undefined)).toBe(true)
  })

  test('a device that is refused is refused with its token, too', async () => {
    const device = hub.accepted('dev-1')
    await device.authenticate()
    hub.host.verdict = { refused: 'device-not-recognised' }
    expect(await device.poll()).toBe('unauthorized')
  })

  test('guesses are slowed down as the hub says', async () => {
    hub.host.verdict = { refused: 'too-many-attempts', retryAfter: 77 }
    const answer = await signed(request)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '77'])
  })

  test('guesses count where the device is, as a proxy of the operator’s says it, and nobody else', async () => {
    const from = { 'x-forwarded-for': '10.0.0.1, 192.0.2.7' }
    await signed(request, from)
    hub.fronts.add('127.0.0.1')
    await signed(request, from)
    expect(hub.host.claims.map(({ address }) => address)).toEqual(['127.0.0.1', '192.0.2.7'])
  })

  test('a tenant token says in whose fleet an unknown device waits, and is told to nobody else', async () => {
    await hub.device({ tenantToken: 'secret-of-the-fleet' }).authenticate()
    expect(hub.host.claims).toMatchObject([{ gatewayToken: 'secret-of-the-fleet', says: { mac: '00:11' } }])
    expect(JSON.stringify(hub.host.claims[0]!.says)).not.toContain('secret')
  })

  test('a token is worth nothing once its key belongs to another device', async () => {
    const device = hub.accepted('dev-1')
    await device.authenticate()
    hub.accept({ identity: device.identity, proof: { publicKey: device.publicKey } }, 'dev-2')
    expect((await device.report(deploymentIdOf(1), 'success')) >= 400).toBe(true)
    expect(hub.host.of('dev-1', 'outcome')).toEqual([])
  })
})

describe('the address', () => {
  test('of nothing is 404, and with the wrong method 405', async () => {
    for (const path of ['/v1/deployments/device/deployments/x/other', '/v3/anything', '/v1'])
      expect(await code(await call(`${base}${path}`, { method: 'PUT' }))).toEqual([404, 'unknown-path'])
    for (const method of ['DELETE', 'PATCH'])
      expect(await code(await call(next, { method }))).toEqual([405, 'wrong-method'])
  })

  test('takes a body of bounded size, declared or not', async () => {
    const large = new Uint8Array(20_000)
    const path = `${base}/v1/authentication/auth_requests`
    expect(await code(await call(path, { method: 'POST', body: large }))).toEqual([413, 'too-large'])
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(5_000))
      },
    })
    const dribbled = call(path, { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
    expect(await dribbled.then(code, () => [413, 'too-large'])).toEqual([413, 'too-large'])
  })

  test('reads nothing of whoever shows no good token', async () => {
    const status = `${base}/v1/deployments/device/deployments/${deploymentIdOf(1)}/log`
    const head = `PUT ${status} HTTP/1.1\r\nhost: h\r\nauthorization: Bearer a.b.c\r\ncontent-length: 1000000\r\n\r\n`
    // The answer comes although not a byte of the body does.
    expect(await raw(head)).toMatch(/^HTTP\/1\.1 401 [^]*connection: close/i)
  })

  test('ends the connection of a body that does not arrive in time', async () => {
    await hub.stop()
    hub = await serve({ bodyPatience: 20 })
    const head = `POST ${base}/v1/authentication/auth_requests HTTP/1.1\r\nhost: h\r\ncontent-length: 500\r\n\r\n{`
    expect(await raw(head)).toBe('')
    await hub.protocol.stop()
  })

  test('of a hub that has stopped asks the device to come again', async () => {
    await hub.protocol.stop()
    const answer = await call(next)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
  })
})
