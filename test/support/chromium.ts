import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

const paths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser with a profile of its own. */
export interface Chromium {
  readonly context: BrowserContext
  /** Ends the browser at once, as a power cut would, and starts it again on the same profile. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** @throws Error that says what to install when there is no browser */
export async function startChromium(): Promise<Chromium> {
  const executablePath = process.env['CHROMIUM'] ?? paths.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error('this test needs Chromium: apt-get install -y chromium, or set CHROMIUM to the path of one')
  const profile = await mkdtemp(join(tmpdir(), 'sutler-chromium-'))
  const launch = () =>
    chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags, viewport: null })
  let context = await launch()
  return {
    get context() {
      return context
    },
    async restart() {
      await context.close()
      context = await launch()
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
