import { X509Certificate, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:https'
import { answer, createClient, followEvents } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { createHousehold, patience, publishTestService } from '../journeys/household.ts'
import { testAuthority } from '../support/authority.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { startNginx, type Nginx } from '../support/nginx.ts'

let hub: ComposedHub
let nginx: Nginx

beforeAll(async () => {
  const env = { SUTLER_PROTOCOLS: 'ddi', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_DEVICE_FRONTS: '127.0.0.1' }
  hub = await composeHub({ clock: systemClock, env })
  nginx = await startNginx({ url: hub.url, deviceUrl: hub.deviceUrl! })
}, patience)

afterAll(async () => {
  await nginx?.stop()
  await hub?.stop()
}, patience)

/** The hub as systems see it through nginx. */
function through() {
  return { hub: nginx.url, token: hub.connection.token, fetch: trustingFetch(nginx.authority) }
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly cert?: string
  readonly key?: string
}

/** What a device gets: status, and what is in it. */
async function asDevice(path: string, given: Asked = {}): Promise<{ status: number; text: string }> {
  const outgoing = request(`${nginx.devices}${path}`, { ca: nginx.authority, ...given }).end()
  const [incoming] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage]
  let text = ''
  for await (const piece of incoming.setEncoding('utf8')) text += piece
  return { status: incoming.statusCode!, text }
}

describe('a hub behind nginx, as the sample has it', { timeout: patience }, () => {
  it('tells of events as they happen, while the stream stays open', async () => {
    const stop = new AbortController()
    const api = createClient(through())
    const opened = async (): Promise<void> => {
      answer(await api.POST('/api/v1/households', { body: { name: 'Told', timeZone: 'UTC' } }))
    }
    for await (const event of followEvents(through(), { types: ['household.*'], signal: stop.signal, opened })) {
      expect(event.data['name']).toBe('Told')
      stop.abort()
    }
  })

  it('takes files that are larger than what nginx takes by itself', async () => {
    const content = randomBytes(3_000_000).toString('base64')
    const published = { ...hub, api: createClient(through()) }
    await publishTestService(published, 'large', '1.0.0', [{ deviceClass: 'phone', files: { large: content } }])
    const params = { path: { service: 'large', version: '1.0.0' } }
    const found = answer(await published.api.GET('/api/v1/services/{service}/versions/{version}', { params }))
    expect(found.state).toBe('released')
  })

  it('speaks MQTT over WebSocket', async () => {
    const socket = new WebSocket(`${nginx.url.replace('https', 'wss')}/mqtt`, 'mqtt', { ca: nginx.authority })
    await once(socket, 'open')
    expect(socket.protocol).toBe('mqtt')
    socket.terminate()
  })

  it('knows a device by the certificate that it shows to nginx, and by nothing that it says of one', async () => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const cert = testAuthority().device('box', keys.publicKey)
    const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const sha256 = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
    const household = await createHousehold(hub)
    const credential = { kind: 'certificate', sha256 }
    const body = { household, class: 'gateway', protocol: 'ddi', identity: 'box', credential }
    answer(await hub.api.POST('/api/v1/devices', { body: body as never }))
    const path = '/main/controller/v1/box'
    const shown = await asDevice(path, { cert, key })
    expect(shown.status).toBe(200)
    expect(shown.text).toContain(`${nginx.devices}${path}/configData`)
    const said = { 'x-client-certificate': encodeURIComponent(cert), 'x-forwarded-for': '192.0.2.1' }
    expect((await asDevice(path, { headers: said })).status).toBe(401)
    expect((await asDevice(path)).status).toBe(401)
  })

  it('keeps browsers on TLS', async () => {
    const response = await trustingFetch(nginx.authority)(new Request(nginx.url), { signal: null })
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
    await response.body?.cancel()
  })
})
