import { fileURLToPath } from 'node:url'
import { publishService, readServiceSource, releaseVersion, signService } from '@sutler/cli'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildAgentPage } from '../../agent/build-page.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { startChromium, type Chromium } from '../support/chromium.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { createClaim, createHousehold, patience, placeOrder, settledOrder } from './household.ts'

let hub: ComposedHub
let browser: Chromium

beforeAll(async () => {
  await buildAgentPage()
  hub = await composeHub({ clock: systemClock, env: { SUTLER_PLAIN_APP_PORT: '0' } })
  browser = await startChromium()
}, 2 * patience)

afterAll(async () => {
  await browser?.close()
  await hub?.stop()
}, patience)

it(
  'a page enrols, installs what was ordered, proves it, and serves it',
  async () => {
    const household = await createHousehold(hub)
    const claim = await createClaim(hub, household)
    await publishGuide('1.0.0')
    const page = await openDevice(claim)
    await page.getByRole('button', { name: 'Enrol' }).click()
    await page.getByRole('status').getByText('Connected').waitFor()
    const order = await settledOrder(hub, (await placeOrder(hub, household, 'add', 'tv-guide')).id)
    expect(order).toMatchObject({ state: 'completed', deliveries: [{ proof: { holds: true, files: 4 } }] })
    const app = await openApp(page, 'tv-guide')
    await app.getByRole('button', { name: 'Channel up' }).click()
    expect(await app.getByRole('status').innerText()).toBe('The television cannot be reached')
    expect(new URL(app.url()).origin).not.toBe(hub.url)
  },
  2 * patience,
)

async function publishGuide(version: string): Promise<void> {
  const directory = fileURLToPath(new URL(`../../examples/services/tv-guide/${version}`, import.meta.url))
  const source = await readServiceSource(directory)
  await publishService(hub.api, source)
  await signService(hub.api, source, hub.trust.developer)
  await releaseVersion(hub.api, source.id, version)
}

async function openDevice(claim: string | null): Promise<Page> {
  const page = await browser.context.newPage()
  await page.goto(`${hub.url}/device${claim === null ? '' : `#claim=${claim}`}`)
  return page
}

/** Opens an app as a person does: from the device's page, in a tab of its own. */
async function openApp(page: Page, service: string): Promise<Page> {
  const opened = browser.context.waitForEvent('page')
  await page.getByRole('link', { name: `Open ${service}` }).click()
  return opened
}
