import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../support/browser.ts'
import { firstOperator } from '../support/first-operator.ts'
import { benchHub } from './bench-hub.ts'
import { figure, median, type Bench } from './measure.ts'

/**
 * The console in Chromium with an empty cache: from the request for the page until its navigation stands, for somebody who is logged
 * in; against the reference page of the API in the same browser, which has no script at all. And what that loads.
 */

const dist = fileURLToPath(new URL('../../packages/console/dist', import.meta.url))

export const bench: Bench = async ({ quick, say, resources }) => {
  const hub = await benchHub({ resources })
  const browser = await openBrowser()
  resources.defer(() => browser.close())
  const entered = await browser.newContext({ ignoreHTTPSErrors: true })
  const { name, password } = firstOperator
  const session = await entered.request.post(`${hub.url}/api/v1/browser/sessions`, {
    data: { name, password },
    headers: { origin: hub.url },
  })
  if (!session.ok()) throw new Error(`the log-in was refused: ${await session.text()}`)
  const storageState = await entered.storageState()
  const seconds = async (path: string): Promise<number> => {
    const context = await browser.newContext({ storageState, ignoreHTTPSErrors: true })
    try {
      const page = await context.newPage()
      const begun = performance.now()
      await page.goto(`${hub.url}${path}`, { waitUntil: 'commit' })
      await page.locator('nav').first().waitFor()
      return (performance.now() - begun) / 1000
    } finally {
      await context.close()
    }
  }
  const own: number[] = []
  const plain: number[] = []
  // The first visits warm up browser and hub.
  for (const path of ['/console/', '/docs']) await seconds(path)
  for (let round = 0; round < (quick ? 5 : 21); round++) {
    own.push(await seconds('/console/'))
    plain.push(await seconds('/docs'))
  }
  const kilobytes = shellBytes() / 1000
  say(
    `first view ${median(own).toFixed(2)} s, reference page ${median(plain).toFixed(2)} s, ${kilobytes.toFixed(0)} kB`,
  )
  return {
    'console.first_view': figure(own, 's', {
      against: `the API’s reference page ${median(plain).toFixed(2)} s`,
      ratio: median(own) / median(plain),
      goal: '< 1 s',
    }),
    'console.shell': figure([kilobytes], 'kB', { goal: '≤ 200 kB compressed (gzip)' }),
  }
}

/** What the page names, compressed with gzip. */
function shellBytes(): number {
  const index = readFileSync(join(dist, 'index.html'), 'utf8')
  const assets = [...index.matchAll(/"\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => join(dist, path!))
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  // What is too small to gain by it is not compressed.
  return assets.reduce((sum, path) => sum + (size(`${path}.gz`) || size(path)), index.length)
}
