import { answer, type Schemas } from '@sutler/client'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Clock } from '../../../../hub/src/platform/clock.ts'
import { hubForThisFile, type ComposedHub } from '../../../../test/support/composed-hub.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { openBrowser } from '../../../../test/support/browser.ts'

type Role = Schemas['Account']['roles'][number]

export interface ConsoleForThisFile {
  readonly hub: ComposedHub
  /** Makes an account with a password, and a page of a browser of its own where it is logged in. */
  visit(path: string, person: Person): Promise<Visit>
}

interface Person {
  readonly name: string
  readonly roles: readonly Role[]
  readonly households?: readonly string[]
  /** As in playwright. */
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page did not catch, and what its policy refused. */
  readonly errors: readonly string[]
  /** Goes to a page of the console, `/devices`. */
  go(path: string): Promise<void>
}

const password = 'a long password for tests'
/** Everything is slow on a busy machine, milliseconds. */
const patience = 25_000

/**
 * A composed hub and Chromium for all tests of one file, at whose top this is called. Screens are compared by roles and names.
 * @param prepare fills the hub before the first test
 * @param options `clock`: one that stands still unless given; what is streamed needs one that goes
 */
export function consoleForThisFile(
  prepare: (hub: ComposedHub) => Promise<void> = async () => {},
  { clock = manualClock(Date.now()) }: { readonly clock?: Clock } = {},
): ConsoleForThisFile {
  return consoleOf(hubForThisFile({ clock }, prepare))
}

/** The same for a hub that the file has already: one with devices, say (test/journeys/hub-with-phones.ts). */
export function consoleOf(hub: ComposedHub): ConsoleForThisFile {
  let browser: Browser | undefined
  const made = new Set<string>()
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const logIn = async (context: BrowserContext, { name, roles, households }: Person): Promise<void> => {
    if (!made.has(name)) {
      const body = { name, password, roles: [...roles], ...(households && { households: [...households] }) }
      answer(await hub.api.POST('/api/v1/accounts', { body }))
      made.add(name)
    }
    const headers = { origin: hub.url }
    const answered = await context.request.post(`${hub.url}/api/v1/browser/sessions`, {
      data: { name, password },
      headers,
    })
    expect(answered.status()).toBe(201)
  }

  return {
    hub,
    async visit(path, person) {
      const { viewport = { width: 1280, height: 900 }, colorScheme = 'light' } = person
      const context = await browser!.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      context.setDefaultTimeout(patience)
      await logIn(context, person)
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted ?Type/i.test(message.text())) errors.push(message.text())
      })
      const go = async (to: string): Promise<void> => {
        await page.goto(`${hub.url}/console${to}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
      }
      await go(path)
      return { page, context, errors, go }
    },
  }
}

/** For tests that go through several pages: on a busy machine each takes its time. */
export const walk = { timeout: 150_000 } as const

/** The password of everybody whom `visit` makes. */
export const everybodysPassword = password
