import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../../../test/support/browser.ts'

/** A page in a browser of its own that runs `page.ts`. */
export interface ChromiumPage {
  readonly page: Page
  /** Errors that the page did not catch. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

/** @throws as `openBrowser` */
export async function openPage(): Promise<ChromiumPage> {
  const browser = await openBrowser()
  const close = (): Promise<void> => browser.close()
  try {
    return { ...(await loaded(await browser.newContext())), close }
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
