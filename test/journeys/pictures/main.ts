import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createClient } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import type { Kept } from '../demo/processes.ts'
import { Screen } from '../demo/screen.ts'
import type { Stage } from '../demo/stage.ts'
import { startHub, tellStory } from '../demo/story.ts'

/**
 * `npm run pictures`: the demo, and then the pictures of the console that the guide shows (docs/guide/pictures/console), in light and in
 * dark. Nothing compares them: they are for people.
 */

const target = new URL('../../../docs/guide/pictures/console/', import.meta.url).pathname
const directory = await mkdtemp(join(tmpdir(), 'sutler-pictures-'))
await chmod(directory, 0o711)
const abort = new AbortController()
const running: Kept[] = []
const stage: Stage = {
  directory,
  screen: new Screen(),
  tail: [],
  signal: abort.signal,
  failed: (error) => abort.abort(error),
  running,
  browserPhone: false,
}
const browser = await openBrowser()
try {
  const hub = await startHub(stage)
  await tellStory(stage, hub)
  await take(hub.url, hub.ca, (await readFile(hub.passwordFile, 'utf8')).trim())
} finally {
  await browser.close()
  await Promise.all(running.slice(1).map((kept) => kept.stop()))
  await running[0]?.stop()
  await rm(directory, { recursive: true, force: true })
}
process.exit()

async function take(url: string, ca: string, password: string): Promise<void> {
  await mkdir(target, { recursive: true })
  const fetch = trustingFetch(await readFile(ca, 'utf8'))
  const { token } = answer(
    await createClient({ hub: url, fetch }).POST('/api/v1/sessions', { body: { name: 'operator', password } }),
  )
  const api = createClient({ hub: url, token, fetch })
  const { items: devices } = answer(await api.GET('/api/v1/devices', { params: { query: {} } }))
  const { items: orders } = answer(await api.GET('/api/v1/orders', { params: { query: { sort: 'newest' } } }))
  const { items: deliveries } = answer(await api.GET('/api/v1/deliveries', { params: { query: { sort: 'newest' } } }))
  const box = devices.find((device) => device.class === 'set-top-box')!
  const pages: Readonly<Record<string, string>> = {
    overview: '/',
    devices: '/devices',
    device: `/devices/${box.id}`,
    order: `/orders/${orders[0]!.id}`,
    adoption: '/services/tv-guide?tab=adoption',
    pattern: '/models/delivery/edit?from=2.1.0',
    instance: `/instances/delivery/${deliveries[0]!.id}`,
    audit: '/audit',
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
      ignoreHTTPSErrors: true,
    })
    await logIn(context, url, password)
    const page = await context.newPage()
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${url}/console${path}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('load')
      await page.waitForTimeout(1_500)
      await writeFile(join(target, `${name}-${colorScheme}.webp`), await pictureOf(page))
    }
    await context.close()
  }
}

/** As WebP, which Chromium writes by its own protocol alone: a fifth of a PNG. */
async function pictureOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
  await session.detach()
  return Buffer.from(data, 'base64')
}

async function logIn(context: BrowserContext, url: string, password: string): Promise<void> {
  const data = { name: 'operator', password }
  const session = await context.request.post(`${url}/api/v1/browser/sessions`, { data, headers: { origin: url } })
  if (!session.ok()) throw new Error(`the log-in was refused: ${await session.text()}`)
}
