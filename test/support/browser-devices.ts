import { answer } from '@sutler/client'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildAgentPage } from '../../agent/build-page.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { openBrowser } from './browser.ts'
import { createClaim, createHousehold, patience, until } from '../journeys/household.ts'
import { hubForThisFile, type ComposedHub } from './composed-hub.ts'

/** A browser that is a device. */
export interface BrowserDevice {
  readonly context: BrowserContext
  /** The device's own page. */
  readonly page: Page
  readonly household: string
  /** Its id at the hub. */
  readonly id: string
  /** Opens an app as a person does: from the device's page, in a tab of its own. */
  openApp(service: string): Promise<Page>
  /** The tab is closed and opened again. */
  reopen(): Promise<Page>
}

export interface BrowserDevices {
  readonly hub: ComposedHub
  /** A browser with nothing in it. */
  newContext(): Promise<BrowserContext>
  /** One that has enrolled. @param prepare is called before its page is opened */
  enrol(prepare?: (context: BrowserContext) => Promise<void>): Promise<BrowserDevice>
}

/** A hub at which browsers are devices, and Chromium, for all tests of one file, at whose top this is called. */
export function browserDevicesForThisFile(
  prepare: (hub: ComposedHub) => Promise<void> = async () => {},
): BrowserDevices {
  let browser: Browser | undefined
  // Before the hub, which reads it.
  beforeAll(async () => {
    await buildAgentPage()
    browser = await openBrowser()
  })
  const hub = hubForThisFile({ clock: systemClock, env: { SUTLER_PLAIN_APP_PORT: '0' } }, prepare)
  afterAll(() => browser?.close())
  const newContext = async (): Promise<BrowserContext> => {
    const context = await browser!.newContext()
    context.setDefaultTimeout(patience)
    return context
  }
  return {
    hub,
    newContext,
    async enrol(prepareContext = async () => {}) {
      const context = await newContext()
      await prepareContext(context)
      const household = await createHousehold(hub)
      const claim = await createClaim(hub, household)
      let page = await openDevicePage(hub, context, `#claim=${claim}`)
      await page.getByRole('button', { name: 'Enrol' }).click()
      await connected(page)
      const listed = async () =>
        answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } })).items[0]
      const { id } = await until(async () => ((await listed())?.capabilities ? listed() : null))
      return {
        context,
        household,
        id,
        get page() {
          return page
        },
        async openApp(service) {
          const opened = context.waitForEvent('page')
          await page.getByRole('link', { name: `Open ${service}` }).click()
          const app = await opened
          await app.waitForLoadState()
          return app
        },
        async reopen() {
          await page.close()
          page = await openDevicePage(hub, context)
          return page
        },
      }
    },
  }
}

export async function openDevicePage(hub: ComposedHub, context: BrowserContext, hash = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${hub.url}/device${hash}`)
  return page
}

export async function connected(page: Page): Promise<void> {
  await page.getByRole('status').getByText('Connected', { exact: true }).waitFor()
}
