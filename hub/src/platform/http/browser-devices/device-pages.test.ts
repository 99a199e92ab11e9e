import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../log.ts'
import type { ApiEnv } from '../api.ts'
import { problemResponse } from '../problem.ts'
import { createAppListener, type AppListener } from './app-listener.ts'
import { devicePages } from './device-pages.ts'
import { originsOf, type OriginsOptions } from './origins.ts'

let directory: string
let apps: AppListener
let appPort: number

const ports: OriginsOptions = {
  hub: () => ({ secure: 8480, plain: 8481 }),
  apps: () => ({ secure: 8490, plain: 8491 }),
  hubUrl: null,
  appsUrl: null,
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-page-'))
  await mkdir(join(directory, 'apps'))
  await mkdir(join(directory, 'device'))
  await writeFile(join(directory, 'device/index.html'), '<meta content="{apps}">')
  await writeFile(join(directory, 'device/page.js'), 'begin()')
  await writeFile(join(directory, 'apps/host.html'), '<body>')
  const origins = originsOf({ ...ports, hubUrl: 'https://hub.example/' })
  const handshakes = { most: 10, mostPerAddress: 10, deadline: 1000 }
  apps = createAppListener({
    log: silentLog,
    directory: join(directory, 'apps'),
    origins,
    connectionLimit: 10,
    handshakes,
  })
  appPort = await apps.listenPlain(0)
})

afterEach(async () => {
  await apps.close()
  await rm(directory, { recursive: true, force: true })
})

/** An answer to a request that came over such a connection. */
async function ask(path: string, options: Partial<OriginsOptions> = {}, host = 'localhost:8480', encrypted = true) {
  const app = new Hono<ApiEnv>()
  app.onError((error, c) => problemResponse(error, c))
  app.route('/', devicePages(join(directory, 'device'), originsOf({ ...ports, ...options })))
  const answer = await app.request(path, {}, { incoming: { headers: { host }, socket: { encrypted } } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('the page that makes a browser a device', () => {
  it.each([
    ['localhost:8480', true, {}, 'https://localhost:8490'],
    ['127.0.0.1:8481', false, {}, 'http://127.0.0.1:8491'],
    ['[::1]:8480', true, {}, 'https://[::1]:8490'],
    ['hub.example', true, { appsUrl: 'https://apps.example/' }, 'https://apps.example'],
  ] as const)('frames the origin of apps that is of the same site: %s', async (host, encrypted, options, origin) => {
    const { status, headers, text } = await ask('/device', options, host, encrypted)
    expect([status, text]).toEqual([200, `<meta content="${origin}">`])
    expect(headers.get('content-security-policy')).toContain(`frame-src ${origin}`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it.each([
    ['no name', ''],
    ['markup', '"><script>:1'],
    ['a policy', 'a; script-src *'],
  ])('takes %s for no name of a hub, and is off', async (_what, host) => {
    const { status, text } = await ask('/device', {}, host)
    expect([status, JSON.parse(text)]).toMatchObject([404, { type: '/problems/browser-devices-off' }])
  })

  it('is off where apps would have no origin', async () => {
    const { text } = await ask('/device', { apps: () => ({ secure: null, plain: 8491 }) })
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/browser-devices-off' })
  })

  it('says that it is not built', async () => {
    await rm(join(directory, 'device'), { recursive: true })
    const { status, text } = await ask('/device')
    expect([status, JSON.parse(text)]).toMatchObject([503, { type: '/problems/device-page-unbuilt' }])
  })

  it('serves what was built, and no path', async () => {
    expect((await ask('/device/page.js')).text).toBe('begin()')
    for (const path of ['/device/index.html', '/device/..%2fapps%2fhost.html', '/device/nothing.js'])
      expect((await ask(path)).status).toBe(404)
  })
})

describe('the origin of apps', () => {
  it('lets pages of the hub alone put apps there, and has nothing else', async () => {
    const host = await fetch(`http://127.0.0.1:${appPort}/.sutler/host.html`)
    expect(host.status).toBe(200)
    expect(host.headers.get('content-security-policy')).toContain(
      'frame-ancestors https://hub.example http://127.0.0.1:8481',
    )
    expect(host.headers.get('service-worker-allowed')).toBe('/')
    for (const path of ['/', '/tv-guide/', '/api/v1/me', '/device', '/.sutler/page.js', '/.sutler/../device/page.js']) {
      const refused = await fetch(`http://127.0.0.1:${appPort}${path}`)
      expect([refused.status, await refused.json()]).toMatchObject([404, { type: '/problems/no-such-route' }])
    }
  })
})
