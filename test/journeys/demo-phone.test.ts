import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { buildAgentPage } from '../../agent/build-page.ts'
import { openBrowser } from '../support/browser.ts'

const root = new URL('../../', import.meta.url).pathname

it('npm run demo -- --browser-phone is led through by a person with a browser', { timeout: 300_000 }, async () => {
  await buildAgentPage()
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const context = await browser.newContext()
  context.setDefaultTimeout(120_000)
  const words = ['run', '--silent', 'demo', '--', '--exit', '--browser-phone']
  const demo = spawn('npm', words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void demo.kill('SIGTERM'))
  const ended = new Promise((resolve) => demo.on('close', resolve))
  const lines: string[] = []
  createInterface({ input: demo.stderr }).on('line', (line) => lines.push(line))
  let tab: Page | undefined
  for await (const line of createInterface({ input: demo.stdout })) {
    lines.push(line)
    const address = /https?:\/\/\S+\/device\S*/.exec(line)?.[0]
    if (address !== undefined) {
      tab = await context.newPage()
      await tab.goto(address)
      // Opened again, it is the device that it was.
      if (address.includes('#claim=')) await tab.getByRole('button', { name: 'Enrol' }).click()
    } else if (line.includes('Now close the tab')) await tab!.close()
  }
  const said = lines.join('\n')
  expect(await ended, said).toBe(0)
  expect(JSON.parse(lines.at(-1)!), said).toMatchObject({ devices: 3, confirmed: 3 })
  await tab!.getByText('installed, and proved to the hub').waitFor()
})
