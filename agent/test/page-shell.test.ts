import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openBrowser } from '../../test/support/browser.ts'
import { buildAgentPage } from '../build-page.ts'

/** The device's page as the hub serves it, without a hub: what its service worker keeps, and when a new version is used. */

let directory: string
let browser: Browser
let server: Server
let url: string
/** The hub does not answer. */
let away: boolean

const types: Readonly<Record<string, string>> = { css: 'text/css', html: 'text/html', js: 'text/javascript' }

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-shell-'))
  await buildAgentPage(directory)
  await mark('version-one')
  away = false
  server = createServer((request, response) => {
    if (away) return void request.socket.destroy()
    void serve(request.url === '/device' ? 'index.html' : request.url!.slice('/device/'.length), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/device`
  browser = await openBrowser()
})

afterEach(async () => {
  await browser?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(directory, { recursive: true, force: true })
})

async function serve(name: string, response: ServerResponse): Promise<void> {
  const bytes = await readFile(join(directory, 'device', name)).catch(() => null) // There is none.
  if (bytes === null) return void response.writeHead(404).end()
  const type = types[name.split('.').at(-1)!]!
  response.writeHead(200, { 'content-type': type, 'service-worker-allowed': '/device' }).end(bytes)
}

/** Makes another version of it: each part says so, and the name of its cache. */
async function mark(version: string): Promise<void> {
  const change = async (name: string, to: (text: string) => string): Promise<void> => {
    const path = join(directory, 'device', name)
    const before = await readFile(path, 'utf8')
    const after = to(before)
    if (after === before) throw new Error(`${name} cannot be marked`)
    await writeFile(path, after)
  }
  const [digest = ''] = /(?<=sutler-shell" content=")[^"]+/.exec(
    await readFile(join(directory, 'device/index.html'), 'utf8'),
  ) ?? ['']
  await change('page.js', (text) => `${text}\nglobalThis.pageVersion=${JSON.stringify(version)}`)
  await change('index.html', (text) =>
    text.replace(digest, version).replace(/<title>.*<\/title>/, `<title>${version}</title>`),
  )
  await change('shell-worker.js', (text) => text.replaceAll(digest, version))
}

const opened = async (page: Page): Promise<string> => {
  await page.getByRole('heading', { level: 1, name: 'This browser is a device' }).waitFor()
  return `${await page.title()} ${await page.evaluate<string>('globalThis.pageVersion')}`
}

it('opens when the hub does not answer, once it was opened before', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  expect(await opened(page)).toBe('version-one version-one')
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  away = true
  const later = await context.newPage()
  await later.goto(url)
  expect(await opened(later)).toBe('version-one version-one')
})

it('uses a new version as a whole, from the next opening after it came', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await mark('version-two')
  const second = await context.newPage()
  await second.goto(url)
  expect(await opened(second)).toBe('version-one version-one')
  await second.evaluate(`navigator.serviceWorker.ready.then(({ waiting }) => waiting ?? new Promise((resolve) => {
    const look = () => navigator.serviceWorker.getRegistration('/device').then((found) => (found.waiting ? resolve() : setTimeout(look, 20)))
    look()
  })).then(() => undefined)`)
  await page.close()
  await second.close()
  away = true
  const third = await context.newPage()
  await third.goto(url)
  await third.waitForFunction("globalThis.pageVersion === 'version-two' && document.title === 'version-two'")
  expect(
    await third.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('.shell ')))"),
  ).toEqual(['.shell version-two'])
})
