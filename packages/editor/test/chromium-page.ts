import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

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

/** A page in a browser of its own that runs `page.ts`. */
export interface ChromiumPage {
  readonly page: Page
  /** Errors that the page did not catch. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

/** @throws Error that says what to install when there is no browser */
export async function openPage(): Promise<ChromiumPage> {
  const executablePath = process.env['CHROMIUM'] ?? paths.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error('this test needs Chromium: apt-get install -y chromium, or set CHROMIUM to the path of one')
  const directory = await mkdtemp(join(tmpdir(), 'sutler-editor-'))
  const context = await chromium.launchPersistentContext(directory, { executablePath, headless: true, args: flags })
  const close = async (): Promise<void> => {
    await context.close()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    return { ...(await loaded(context)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function loaded(context: BrowserContext): Promise<Omit<ChromiumPage, 'close'>> {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  const entry = fileURLToPath(new URL('page.ts', import.meta.url))
  const bundle = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', target: 'es2022' })
  await page.setContent('<!doctype html><html lang="en"><title>Pattern</title><body></body></html>')
  await page.addScriptTag({ content: bundle.outputFiles[0]!.text })
  return { page, errors }
}
