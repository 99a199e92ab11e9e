import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ddiErrors } from '../errors.ts'
import { ddiServer, type DdiServer } from '../test/web.ts'
import { bodyLimit } from '../wire/json.ts'

const image = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 251))
const closed = (finished: string) => ({ status: { execution: 'closed', result: { finished }, details: ['done'] } })

interface File {
  readonly filename: string
  readonly _links: Record<'download' | 'download-http', { readonly href: string }>
}

/** Whatever an answer has. */
interface Document {
  readonly _links: Readonly<Record<string, { readonly href: string } | undefined>>
  readonly deployment: { readonly chunks: readonly { readonly artifacts: readonly File[] }[] }
  readonly actionHistory?: { readonly messages: readonly string[] }
  readonly autoConfirm: unknown
  readonly errorCode: string
}

let hub: DdiServer
beforeEach(async () => {
  hub = await ddiServer()
  hub.host.enrol('box')
})
afterEach(() => hub.close())

const call = (path: string, init: RequestInit & { token?: string | null } = {}) => {
  const { token = 'TargetToken token-box', headers, ...rest } = init
  const url = path.startsWith('http') ? path : `${hub.url}/home/controller/v1/box${path}`
  return fetch(url, { ...rest, headers: { ...(token && { authorization: token }), ...headers } })
}
const send = (method: string, path: string, body: unknown) =>
  call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const post = (path: string, body: unknown) => send('POST', path, body)
const json = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Document
const read = (path: string) => json(call(path))
const link = async (name: string) => (await read(''))._links[name]?.href

/** Install output, read by the device; its action's document. */
async function offered(): Promise<{ id: number; document: Document; href: string }> {
  const id = hub.host.install('dev-box', { 'image.swu': image })
  const document = await read(`/deploymentBase/${id}`)
  return { id, document, href: document.deployment.chunks[0]!.artifacts[0]!._links['download-http'].href }
}

describe('a device that polls', () => {
  test('is given its links, and counts as present until it has missed its time', async () => {
    expect(await read('')).toEqual({
      config: { polling: { sleep: expect.stringMatching(/^00:0[45]:\d\d$/) } },
      _links: { configData: { href: `${hub.url}/home/controller/v1/box/configData` } },
    })
    expect(hub.host.seenWithin.get('dev-box')).toBeGreaterThan(600_000)
  })

  test('is shown what it is to install, installs it, and is done', async () => {
    const id = hub.host.install('dev-box', { 'image.swu': image })
    const href = await link('deploymentBase')
    expect(href).toMatch(`${hub.url}/home/controller/v1/box/deploymentBase/${id}?c=`)
    const { deployment } = await json(call(href!))
    expect(deployment.chunks[0]).toMatchObject({
      part: 'os',
      name: 'linux',
      version: '2.0',
      artifacts: [{ filename: 'image.swu', size: 200_000 }],
    })
    expect(hub.host.taken).toEqual([{ device: 'dev-box', output: id, error: null }])
    expect((await post(`/deploymentBase/${id}/feedback`, { status: { execution: 'proceeding' } })).status).toBe(200)
    expect((await post(`/deploymentBase/${id}/feedback`, closed('success'))).status).toBe(200)
    expect(hub.host.kinds()).toEqual(['hello', 'accepted', 'progress', 'outcome'])
    expect(hub.host.last('outcome')).toMatchObject({
      result: 'installed',
      reported: { name: 'linux', version: '2.0', by: `closed, success of deploymentBase/${id}` },
    })
    expect(await link('deploymentBase')).toBeUndefined()
    expect((await post(`/deploymentBase/${id}/feedback`, closed('success'))).status).toBe(410)
    expect((await call(`/deploymentBase/${id}`)).status).toBe(410)
    expect(await read(`/installedBase/${id}`)).toMatchObject({
      id: String(id),
      deployment: { chunks: [{ version: '2.0' }] },
    })
  })

  test('says what it is, and what it runs', async () => {
    const query = hub.host.queue('dev-box', { kind: 'query-capabilities' })
    const data = {
      'hardware.model': 'STB 9',
      arch: 'arm64',
      os: 'linux',
      'os.version': '6.1',
      'storage.total': '1000',
      tz: 'Europe/Berlin',
      'installed.linux': '1.0',
    }
    expect((await send('PUT', '/configData', { mode: 'merge', data })).status).toBe(200)
    expect(hub.host.taken).toEqual([{ device: 'dev-box', output: query, error: null }])
    expect(hub.host.last('capabilities')).toMatchObject({
      report: {
        class: 'gateway',
        hardware: { model: 'STB 9', arch: 'arm64' },
        os: { name: 'linux', version: '6.1' },
        storage: { total: 1000, free: 1000 },
        timeZone: 'Europe/Berlin',
        units: [{ name: 'linux', version: '1.0' }],
      },
    })
    expect(await link('configData')).toBeUndefined()
    expect((await send('PUT', '/installedBase', { name: 'linux', version: '1.1' })).status).toBe(200)
    expect(hub.host.last('inventory')).toMatchObject({ units: [{ name: 'linux', version: '1.1' }] })
  })

  test('is shown the history that it asks for', async () => {
    const { id } = await offered()
    for (const details of [['one'], ['two']])
      await post(`/deploymentBase/${id}/feedback`, { status: { execution: 'proceeding', details } })
    expect((await read(`/deploymentBase/${id}`)).actionHistory).toBeUndefined()
    expect((await read(`/deploymentBase/${id}?actionHistory=1`)).actionHistory).toEqual({
      status: 'DOWNLOAD',
      messages: ['two'],
    })
    expect((await read(`/deploymentBase/${id}?c=1&actionHistory=-1`)).actionHistory?.messages).toHaveLength(4)
  })

  test('installs in the terms that policy and the order have at that moment', async () => {
    const id = hub.host.install('dev-box', { 'image.swu': image })
    const tagged = async (mayInstall: boolean, due: number | null) => {
      hub.host.termsOf.set(`delivery-${id}`, { mayInstall, due })
      const href = await link('deploymentBase')
      return { href, deployment: (await json(call(href!))).deployment }
    }
    const shut = await tagged(false, null)
    expect(shut.deployment).toMatchObject({ download: 'forced', update: 'skip', maintenanceWindow: 'unavailable' })
    expect((await post(`/deploymentBase/${id}/feedback`, closed('success'))).status).toBe(200)
    expect(await link('deploymentBase')).toBeUndefined()
    const soft = await tagged(true, Date.now() + 3_600_000)
    expect(soft.deployment).toMatchObject({ download: 'attempt', update: 'attempt' })
    const forced = await tagged(true, Date.now() - 1)
    expect(forced.deployment).toMatchObject({ download: 'forced', update: 'forced' })
    expect(new Set([shut.href, soft.href, forced.href]).size).toBe(3)
    expect(hub.host.kinds()).toEqual(['hello', 'accepted'])
  })

  test('is told to stop in the one form and answers in the other', async () => {
    const { id } = await offered()
    hub.host.queue('dev-box', { kind: 'cancel', delivery: `delivery-${id}`, reason: 'no' })
    expect(await link('cancelAction')).toBe(`${hub.url}/home/controller/v1/box/cancelAction/${id}`)
    expect(await read(`/cancelAction/${id}`)).toEqual({ id: String(id), cancelAction: { stopId: String(id) } })
    expect((await call(`/deploymentBase/${id}`)).status).toBe(404)
    expect((await post('/cancelAction/999/feedback', { id, ...closed('success') })).status).toBe(200)
    expect(hub.host.last('outcome')).toMatchObject({ result: 'failed', error: 'cancelled' })
    expect((await post(`/cancelAction/${id}/feedback`, closed('success'))).status).toBe(410)
  })

  test('confirms by itself where it wants to', async () => {
    await call('/confirmationBase/deactivateAutoConfirm', { method: 'POST' })
    const id = hub.host.install('dev-box', { 'image.swu': image })
    expect(await link('deploymentBase')).toBeUndefined()
    const base = await read('/confirmationBase')
    expect(base).toMatchObject({
      autoConfirm: { active: false },
      _links: { confirmationBase: { href: await link('confirmationBase') } },
    })
    expect(await read(`/confirmationBase/${id}`)).toMatchObject({ confirmation: { chunks: [{ name: 'linux' }] } })
    expect((await call(`/deploymentBase/${id}`)).status).toBe(404)
    expect((await post(`/confirmationBase/${id}/feedback`, { confirmation: 'confirmed' })).status).toBe(200)
    expect((await call(`/deploymentBase/${id}`)).status).toBe(200)
    expect((await post('/confirmationBase/activateAutoConfirm', { initiator: 'anna', remark: 'always' })).status).toBe(
      200,
    )
    expect((await read('/confirmationBase')).autoConfirm).toMatchObject({
      active: true,
      initiator: 'anna',
      remark: 'always',
    })
  })
})

describe('downloads', () => {
  test('whole, by HEAD, in parts, from an offset, past the end', async () => {
    const { href } = await offered()
    const head = await call(href, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
      200,
      '200000',
      'bytes',
    ])
    expect(Buffer.from(await (await call(href)).arrayBuffer())).toEqual(image)
    const rest = await call(href, { headers: { range: 'bytes=150000-' } })
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, 'bytes 150000-199999/200000'])
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(image.subarray(150_000))
    const part = await call(href, { headers: { range: 'bytes=0-131071' } })
    expect((await part.arrayBuffer()).byteLength).toBe(131_072)
    const beyond = await call(href, { headers: { range: 'bytes=200000-' } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */200000'])
  })

  test('go by entity tags', async () => {
    const { href } = await offered()
    const etag = (await call(href, { method: 'HEAD' })).headers.get('etag')!
    expect(etag).toBe(`"${createHash('sha256').update(image).digest('hex')}"`)
    const status = async (headers: Record<string, string>) => (await call(href, { headers })).status
    expect(await status({ 'if-none-match': etag })).toBe(304)
    expect(await status({ 'if-match': '"other"' })).toBe(412)
    expect(await status({ range: 'bytes=5-', 'if-range': etag })).toBe(206)
    expect(await status({ range: 'bytes=5-', 'if-range': '"other"' })).toBe(200)
  })

  test('have their MD5SUM and their list', async () => {
    const { id, href } = await offered()
    const sum = await call(`${href}.MD5SUM`)
    expect(await sum.text()).toBe(`${createHash('md5').update(image).digest('hex')}  image.swu`)
    expect(await read(`/softwaremodules/${id}/artifacts`)).toMatchObject([{ filename: 'image.swu', size: 200_000 }])
  })

  test('are for the device whose action it is, while it is open or installed', async () => {
    const { id, href } = await offered()
    hub.host.enrol('other')
    const others = href.replace('/box/', '/other/')
    expect((await call(others, { token: 'TargetToken token-other' })).status).toBe(404)
    expect((await call(others)).status).toBe(401)
    await post(`/deploymentBase/${id}/feedback`, closed('failure'))
    expect((await call(href)).status).toBe(410)
  })

  test('of several files with one name are told apart', async () => {
    const id = hub.host.install('dev-box', {
      'a/x.bin': Buffer.from('1'),
      'b/X.bin': Buffer.from('22'),
      'c.bin': Buffer.from('333'),
    })
    const { deployment } = await read(`/deploymentBase/${id}`)
    const { artifacts } = deployment.chunks[0]!
    expect(artifacts.map((each) => each.filename)).toEqual([
      expect.stringMatching(/^0-\w{8}-x\.bin$/),
      expect.stringMatching(/^1-\w{8}-X\.bin$/),
      'c.bin',
    ])
    const texts = await Promise.all(artifacts.map(async (each) => (await call(each._links.download.href)).text()))
    expect(texts).toEqual(['1', '22', '333'])
  })

  test('beyond what the hub sends at once wait', async () => {
    await hub.close()
    hub = await ddiServer({ downloads: 0 })
    hub.host.enrol('box')
    const { href } = await offered()
    const refused = await call(href)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  })
})

describe('who a device is', () => {
  test('is shown by a target token, a gateway token, or a front’s word about a certificate', async () => {
    await hub.close()
    const front = { trusts: (address: string) => address.endsWith('127.0.0.1'), certificateHeader: 'x-client-cert' }
    hub = await ddiServer({ front, publicUrl: 'https://hub.example' })
    hub.host.enrol('box', { gatewayToken: 'g' })
    expect((await call('', { token: 'GatewayToken g' })).status).toBe(200)
    hub.host.enrol('box', { certificate: 'ab'.repeat(32) })
    const shown = {
      'x-client-cert': Array.from({ length: 32 }, () => 'AB').join(':'),
      'x-forwarded-for': '10.0.0.1, 192.0.2.7',
    }
    const answer = await call('', { token: null, headers: shown })
    expect((await json(answer))._links['configData']?.href).toBe(
      'https://hub.example/home/controller/v1/box/configData',
    )
    expect(hub.host.claims.at(-1)).toMatchObject({
      protocol: 'ddi',
      tenant: 'home',
      identity: 'box',
      address: '192.0.2.7',
    })
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from('der').toString('base64')}\n-----END CERTIFICATE-----\n`
    hub.host.enrol('box', { certificate: createHash('sha256').update('der').digest('hex') })
    expect((await call('', { token: null, headers: { 'x-client-cert': encodeURIComponent(pem) } })).status).toBe(200)
  })

  test('is not believed from a header that no front has sent', async () => {
    hub.host.enrol('box', { certificate: 'ab'.repeat(32) })
    expect((await call('', { token: null, headers: { 'x-client-cert': 'ab'.repeat(32) } })).status).toBe(401)
  })

  test('is refused with what is wrong: nothing shown, a wrong token, one that waits', async () => {
    const nothing = await call('', { token: null })
    expect([nothing.status, nothing.headers.get('www-authenticate')]).toEqual([401, 'TargetToken, GatewayToken'])
    expect(await nothing.json()).toMatchObject({ errorCode: 'sutler.ddi.no-credentials' })
    expect((await call('', { token: 'TargetToken x' })).status).toBe(401)
    hub.host.verdict = { waiting: true }
    expect(await (await call('')).json()).toMatchObject({
      errorCode: 'sutler.ddi.refused',
      message: expect.stringContaining('waits'),
    })
  })
})

describe('bad requests', () => {
  test('are answered with the code and a sentence', async () => {
    const { id } = await offered()
    const refused = async (answer: Promise<Response>) => {
      const response = await answer
      return [response.status, (await json(response)).errorCode]
    }
    const path = `/deploymentBase/${id}/feedback`
    const typed = (body: string, type = 'application/json') =>
      call(path, { method: 'POST', body, headers: { 'content-type': type } })
    expect(await refused(typed('{'))).toEqual([400, 'sutler.ddi.bad-json'])
    expect(await refused(post(path, { status: {} }))).toEqual([400, 'sutler.ddi.bad-field'])
    expect(await refused(typed('x', 'application/cbor'))).toEqual([415, 'sutler.ddi.not-json'])
    expect(await refused(typed('x'.repeat(bodyLimit + 1)))).toEqual([413, 'sutler.ddi.too-large'])
    expect(await refused(call('/deploymentBase/77'))).toEqual([404, 'sutler.ddi.not-found'])
    expect(await refused(call('/nothing'))).toEqual([404, 'sutler.ddi.not-found'])
    expect(await refused(call('', { method: 'DELETE' }))).toEqual([405, 'sutler.ddi.wrong-method'])
  })

  test('with a foreign Host get no links to it', async () => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1')
    socket.write(
      'GET /home/controller/v1/box HTTP/1.1\r\nHost: evil"host\r\nAuthorization: TargetToken token-box\r\n\r\n',
    )
    const answer = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())))
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('that end in the middle of the body leave nothing behind', async () => {
    const { id } = await offered()
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1')
    socket.write(
      `POST /home/controller/v1/box/deploymentBase/${id}/feedback HTTP/1.1\r\nHost: h\r\nAuthorization: TargetToken token-box\r\nContent-Length: 500\r\n\r\n{`,
    )
    await new Promise((resolve) => setImmediate(resolve))
    socket.destroy()
    await hub.protocol.stop()
    expect(hub.host.kinds()).toEqual([])
  })

  test('have a code each, which the guide explains', () => {
    const guide = readFileSync(new URL('../../../../docs/guide/devices/ddi.md', import.meta.url), 'utf8')
    for (const [code, { title, remedy, status }] of Object.entries(ddiErrors))
      expect(guide).toMatch(
        new RegExp(`\\| .${code}. +\\| ${status} +\\| ${title} +\\| ${remedy.replaceAll('.', '\\.')} +\\|`),
      )
  })
})

describe('when the hub fails or hurries', () => {
  test('a word that was not kept is said again and means once', async () => {
    const { id } = await offered()
    hub.host.failing = 'remember'
    const path = `/deploymentBase/${id}/feedback`
    const failed = await post(path, closed('success'))
    expect(failed.status).toBe(503)
    hub.host.failing = null
    expect((await post(path, closed('success'))).status).toBe(200)
    expect(hub.host.kinds()).toEqual(['accepted', 'outcome'])
    expect(hub.failures).toHaveLength(1)
  })

  test('two sessions of one device at once both get a right answer', async () => {
    const { id } = await offered()
    const path = `/deploymentBase/${id}/feedback`
    const answers = await Promise.all(
      [1, 2, 3].map((code) => post(path, { status: { execution: 'proceeding', code } })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await read(`/deploymentBase/${id}?actionHistory=-1`)).actionHistory?.messages).toHaveLength(3)
  })

  test('an output leaves the queue only once the device’s action is remembered', async () => {
    const id = hub.host.install('dev-box', { 'image.swu': image })
    hub.host.failing = 'remember'
    expect((await call(`/deploymentBase/${id}`)).status).toBe(503)
    hub.host.failing = null
    expect(hub.host.taken).toEqual([])
    expect((await call(`/deploymentBase/${id}`)).status).toBe(200)
    expect(hub.host.taken).toEqual([{ device: 'dev-box', output: id, error: null }])
  })

  test('after a stop nothing is answered by it', async () => {
    await hub.protocol.stop()
    expect((await call('')).status).toBe(404)
  })
})
