import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import { openBrowser } from '../support/browser.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { typed } from '../support/shell.ts'
import { until } from '../support/until.ts'
import { createClaim } from './household.ts'

// docs/guide/first-day.md, as somebody goes through it who has never seen it.

/** Everything is slow on a busy machine, milliseconds. */
const patience = 90_000

let hub: HubProcess
let browser: Browser
let directory: string
const agents: AgentProcess[] = []

beforeAll(async () => {
  ;[hub, browser, directory] = await Promise.all([
    startHub({ withoutTrust: true }),
    openBrowser(),
    mkdtemp(join(tmpdir(), 'sutler-first-day-')),
  ])
})
afterAll(async () => {
  await Promise.all([browser.close(), ...agents.map((agent) => agent.stop())])
  await hub.stop()
  await rm(directory, { recursive: true, force: true })
})

/** A page of a browser that nobody else uses. */
async function opened(): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  context.setDefaultTimeout(patience)
  return { context, page: await context.newPage() }
}

/** At the command line, logged in as one person. */
async function sutler(home: string, ...commands: readonly string[]): Promise<string> {
  const env = { ...(process.env as Record<string, string>), HOME: home, XDG_CONFIG_HOME: join(home, 'config') }
  const run = commands.map((command) => `npm run --silent sutler -- ${command}`)
  return (await typed(run, { directory, env, deadline: 2 * patience })).join('\n')
}

async function person(name: string, password: string): Promise<string> {
  const home = await mkdtemp(join(directory, `${name}-`))
  await writeFile(join(home, 'password'), password)
  await sutler(home, `login --hub ${hub.url} --name ${name} --password-file ${join(home, 'password')}`)
  return home
}

/** The deliveries that the household has, by device. */
async function deliveries(household: string) {
  return answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { household, limit: 100 } } })).items
}

test(
  'from an empty hub to a service on devices, to a changed pattern and back',
  { timeout: 10 * patience },
  async () => {
    // 1. Log in.
    const { page } = await opened()
    const go = (path: string): Promise<unknown> => page.goto(`${hub.url}/console${path}`)
    await go('/')
    await page.getByLabel('Name').fill(firstOperator.name)
    await page.getByLabel('Password', { exact: true }).fill(firstOperator.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('navigation', { name: 'Navigation' }).waitFor()
    const operator = await person(firstOperator.name, firstOperator.password)
    const key = (name: string): string => join(directory, name)
    await sutler(
      operator,
      `key generate --out ${key('root.key')} --unencrypted`,
      `key generate --out ${key('targets.key')} --unencrypted`,
      `key generate --out ${key('developer.key')} --unencrypted`,
      `trust init --root-key ${key('root.key')} --targets-key ${key('targets.key')}`,
      `trust delegate dora --key ${key('developer.key')} --services 'hello*' --targets-key ${key('targets.key')}`,
    )

    // 2. Invite a developer, who makes an account.
    await go('/settings/invitations')
    await page.getByRole('button', { name: 'Invite somebody…' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page
      .getByRole('dialog', { name: 'Invitation link' })
      .getByText(/\/setup#inv_/)
      .first()
      .textContent()
    const invited = await opened()
    await invited.page.goto(link!.trim().replace(/^https:\/\/[^/]+/, hub.url))
    await invited.page.getByLabel('Name').fill('dora')
    for (const label of ['Password', 'The same password again'])
      await invited.page.getByLabel(label, { exact: true }).fill('the developer of this test')
    await invited.page.getByRole('button', { name: 'Make the account' }).click()
    await invited.page.getByRole('link', { name: 'Releases' }).waitFor()
    expect(await invited.page.getByRole('link', { name: 'Devices' }).count()).toBe(0)

    // 3. The developer publishes.
    const dora = await person('dora', 'the developer of this test')
    const source = join(directory, 'hello')
    const published = await sutler(
      dora,
      `service init ${source} --title Hello --class gateway`,
      `service publish ${source} --key ${key('developer.key')} --release`,
    )
    expect(published).toContain('0.1.0')
    await invited.page.goto(`${hub.url}/console/services/hello/0.1.0`)
    await invited.page.getByText('released', { exact: true }).first().waitFor()

    // 4. A household with two devices, of which one is switched off.
    await go('/households')
    await page.getByRole('button', { name: 'New household' }).click()
    const dialog = page.getByRole('dialog', { name: 'New household' })
    await dialog.getByLabel('Name').fill('Miller')
    await dialog.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('heading', { level: 1, name: 'Miller' }).waitFor()
    const household = new URL(page.url()).pathname.split('/').at(-1)!
    for (const serial of ['one', 'two']) {
      const claim = await createClaim(hub, household)
      agents.push(await startAgent({ hub: hub.secure.url, claim, class: 'gateway', serial }))
    }
    await go('/devices')
    await page.getByRole('table', { name: 'Devices' }).getByRole('link', { name: /one/ }).waitFor()
    await until(
      async () =>
        answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } })).items.length === 2 || null,
      { deadline: patience, what: 'both are enrolled' },
    )
    await agents[1]!.kill()

    // 5. Order, and watch.
    await go(`/catalogue/hello?household=${household}`)
    await page.getByRole('button', { name: 'See what would be installed' }).click()
    await page.getByText('on 2 devices', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Order now' }).click()
    const table = page.getByRole('table', { name: 'Deliveries' })
    await table.getByRole('row', { name: /confirmed/ }).waitFor()
    await table.getByRole('row', { name: /pending/ }).waitFor()

    // 6. Why does it wait?
    const waiting = (await deliveries(household)).find(({ state }) => state === 'pending')!
    await go(`/devices/${waiting.device}?tab=explain&service=hello`)
    await page
      .getByText(/not connected|offline|switched off|last seen|reach/i)
      .first()
      .waitFor()

    // 7. Change it.
    await go('/models/delivery/edit?from=2.1.0')
    await page.getByText('Nothing is wrong').waitFor()
    const shipped = answer(
      await hub.api.GET('/api/v1/models/{name}/{version}', {
        params: { path: { name: 'delivery', version: '2.1.0' } },
      }),
    ).text!
    const changed = shipped
      .replace('model delivery 2.1.0', 'model delivery 2.1.0-own.1')
      .replace('emit unreached after P30D while pending', 'emit unreached after P7D while pending')
      .replace('waits for the device to take the offer', 'waits for the device to be switched on')
    expect(changed).not.toBe(shipped)
    await page.getByRole('textbox', { name: 'Pattern' }).click()
    await page.keyboard.press('Control+a')
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', ${JSON.stringify(changed)})
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })()`)
    await page.getByText('Nothing is wrong').waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('heading', { name: 'delivery 2.1.0-own.1' }).waitFor()
    await page.getByRole('button', { name: 'Use it…' }).click()
    await page.getByRole('button', { name: 'Use it', exact: true }).click()
    await page.getByText('role delivery').waitFor()

    // 8. See it used, and proved.
    await agents[1]!.start()
    await until(async () => (await deliveries(household)).every(({ state }) => state === 'confirmed') || null, {
      deadline: patience,
      what: 'the first order is carried out',
    })
    await agents[1]!.kill()
    const manifest = join(source, 'service.json')
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('0.1.0', '0.1.1'))
    await sutler(dora, `service publish ${source} --key ${key('developer.key')} --release`)
    const items = [{ action: 'modify' as const, service: 'hello' }]
    const { id } = answer(await hub.api.POST('/api/v1/orders', { body: { household, items } }))
    await go(`/orders/${id}`)
    await table.getByRole('row', { name: /confirmed/ }).waitFor()
    await page.getByText('waits for the device to be switched on').first().waitFor()
    const open = (await deliveries(household)).find(({ state }) => state === 'pending')!
    await go(`/instances/delivery/${open.id}`)
    await page.getByRole('link', { name: 'delivery 2.1.0-own.1' }).waitFor()
    await agents[1]!.start()
    await page.getByRole('status', { name: 'Current states' }).getByText('confirmed').waitFor()

    // 9. And back.
    await go('/models?tab=roles')
    await page.getByRole('button', { name: 'Change delivery' }).click()
    await page.getByRole('combobox', { name: 'Version' }).click()
    await page.getByRole('option', { name: '2.1.0', exact: true }).click()
    await page.getByRole('button', { name: 'Use it', exact: true }).click()
    await page.getByText('delivery is filled by 2.1.0').waitFor()
    await go('/audit?action=model.write')
    await page.getByRole('row').filter({ hasText: 'model.write' }).nth(2).waitFor()
  },
)
