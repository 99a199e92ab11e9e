import { readdirSync, readFileSync } from 'node:fs'
import { answer, createClient } from '@sutler/client'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish } from '../../../test/attacks/matrix/furnish.ts'
import { firstOperator } from '../../../test/support/first-operator.ts'
import { axeFaults } from './harness/axe.ts'
import { consoleForThisFile, type Visit } from './harness/console.ts'
import { furnishHome, type FurnishedHome } from './harness/home.ts'

/**
 * Every page of the console, from its routes, with one of everything on the hub: light and dark, on a desk and on a phone. A page
 * that is added is here by itself.
 */

const pages = new URL('../src/pages/', import.meta.url)
const desk = { width: 1280, height: 900 }
const phone = { width: 360, height: 780 }
/** Rules that depend on the colours, and on the width. */
const ofColours = ['color-contrast']
const ofWidth = ['scrollable-region-focusable', 'target-size', 'button-name', 'link-name', 'empty-heading']
const long = process.env['SUTLER_LONG'] === '1'
/** Everything is slow on a busy machine. */
const patience = { timeout: 120_000 }

/** Of all areas, `/devices/$id`. */
const routes = readdirSync(pages)
  .flatMap((area) => {
    const text = readFileSync(new URL(`${area}/routes.ts`, pages), 'utf8')
    const paths = [...text.matchAll(/^\s*path: '([^']+)'/gm)].map(([, path]) => path!)
    if (paths.length !== text.split('createRoute({').length - 1) throw new Error(`${area}: a route's path is not read`)
    return paths
  })
  .toSorted()
/** What more a page shows when its address says so. */
const asked = ['/search?q=kitchen', '/duplicates?of=households', '/households?kind=organisation']

let home: FurnishedHome
/** What stands for a parameter, by the word before it: `devices/$id`. */
let places: Readonly<Record<string, string>>
let visit: Visit

const consoles = consoleForThisFile(async (hub) => {
  home = await furnishHome(hub)
  // Not the hub's own key: a key makes no keys.
  const { token } = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator }))
  const made = await furnish(hub, 'main', token)
  const { deliveries } = answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: home.order } } }))
  places = {
    ...made,
    devices: home.phone.id,
    people: made['users']!,
    households: home.household,
    orders: home.order,
    operations: made['device-operations']!,
    services: 'tv-guide',
    catalogue: 'tv-guide',
    $service: '1.0.0',
    models: 'delivery',
    $name: '2.1.0',
    instances: 'delivery',
    $model: deliveries[0]!.id,
    duplicates: 'users',
    $of: made['users']!,
    $id: made['from-previewMergeUsers']!,
  }
})

beforeAll(async () => {
  const roles = ['operator', 'developer', 'sponsor', 'subscriber'] as const
  visit = await consoles.visit('/', { name: 'olga', roles, households: [home.household] })
}, patience.timeout)
afterAll(() => home?.phone.disconnect())

/** The page's address with ids of what is there in place of its parameters. */
function addressOf(route: string): string {
  const words = route.split('/')
  return words
    .map((word, at) => {
      if (!word.startsWith('$')) return word
      const place = places[words[at - 1]!]
      if (place === undefined) throw new Error(`${route}: nothing is furnished that stands for ${word}`)
      return encodeURIComponent(place)
    })
    .join('/')
}

/** Until everything is there that the page asks the hub for, and it stands still. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, main [aria-busy=true]') === null)
  await page.evaluate(stillness)
}

/** In the page: until nothing has changed or moved for some frames, for a new width or colour is answered in several. */
async function stillness(): Promise<void> {
  const [enough, most] = [6, 600]
  const moves = ({ playState, effect }: Animation): boolean =>
    playState === 'running' && effect?.getComputedTiming().endTime !== Infinity
  let still = 0
  const observer = new MutationObserver(() => (still = 0))
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  for (let frame = 0; still < enough && frame < most; frame++) {
    await new Promise(requestAnimationFrame)
    still = document.getAnimations().some(moves) ? 0 : still + 1
  }
  observer.disconnect()
}

/** What axe finds on the page as it is shown now. */
async function faults(page: Page, how: string, only?: string[]): Promise<string[]> {
  return (await axeFaults(page, only)).map(({ id, where }) => `${how}: ${id}: ${where.join(' ')}`)
}

/**
 * In light on a desk and in dark on a phone: in the second what depends on colours and width. The other two ways, where colours
 * and widths have been seen already, are the long mode's.
 */
async function faultsOfView(page: Page): Promise<string[]> {
  const found: string[] = []
  await settled(page)
  found.push(...(await faults(page, 'light')))
  await page.emulateMedia({ colorScheme: 'dark' })
  if (long) {
    await settled(page)
    found.push(...(await faults(page, 'dark', ofColours)))
  }
  await page.setViewportSize(phone)
  await settled(page)
  found.push(...(await faults(page, 'dark, phone', [...ofColours, ...ofWidth])))
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  if (width > phone.width) found.push(`phone: the page is ${width} wide`)
  await page.emulateMedia({ colorScheme: 'light' })
  if (long) {
    await settled(page)
    found.push(...(await faults(page, 'light, phone', ofColours)))
  }
  await page.setViewportSize(desk)
  return found
}

test('there are pages at all', () => {
  expect(routes.length).toBeGreaterThan(50)
  expect(routes).toContain('/devices/$id')
})

test.each([...routes, ...asked])('%s has nothing that axe finds wrong, with all its tabs', patience, async (route) => {
  const { page, errors, go } = visit
  const before = errors.length
  await go(addressOf(route))
  const found = await faultsOfView(page)
  const tabs = page.getByRole('main').getByRole('tab')
  for (let at = 0; at < (await tabs.count()); at++) {
    const tab = tabs.nth(at)
    if ((await tab.getAttribute('aria-selected')) === 'true') continue
    await tab.click()
    const name = (await tab.textContent()) ?? ''
    found.push(...(await faultsOfView(page)).map((fault) => `${name}: ${fault}`))
  }
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('')
  expect([...found, ...errors.slice(before)]).toEqual([])
})
