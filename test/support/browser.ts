import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

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

/** A real browser with nothing in it. @throws Error that says what to install when there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? paths.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error('this test needs Chromium: apt-get install -y chromium, or set CHROMIUM to the path of one')
  return chromium.launch({ executablePath, headless: true, args: flags })
}
