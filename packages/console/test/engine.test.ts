import { answer } from '@sutler/client'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { placeOrder, publishTestService } from '../../../test/journeys/household.ts'
import { addHomes, answerFor, type Home } from '../../../test/support/campaign-fleet.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile } from './harness/console.ts'

const trial = `model trial 1.0.0 "A service on trial"

data reminders = 0

states new (initial), running, reminded, bought (final), ended (final)

signal begin, remind, buy, leave

on begin: new -> running
  emit remind after 3h while running

on remind: running -> reminded
  set reminders = data.reminders + 1

on buy: running -> bought
on buy: reminded -> bought as "buy late"

on leave: any -> ended
`

let home: Home

// Steps are streamed: by a clock that goes.
const consoles = consoleForThisFile(
  async (hub) => {
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { own: 'v1' } }])
    home = (await addHomes(hub, systemClock, 'walk', [{ classes: ['phone'] }]))[0]!
    answer(await hub.api.POST('/api/v1/models', { body: { text: trial } }))
    const start = { model: 'trial', id: 'first', start: { signal: 'begin' } }
    answer(await hub.api.POST('/api/v1/instances', { body: start }))
  },
  { clock: systemClock },
)

const olga = { name: 'olga', roles: ['operator'] } as const
/** Everything is slow on a busy machine, milliseconds. */
const patience = 120_000

/** Puts other text into the pattern's editor, as somebody would who pastes it. */
async function write(page: Page, change: (text: string) => string): Promise<void> {
  const drafted = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((each) => each.startsWith('sutler-draft:'))
    return key === undefined ? null : (JSON.parse(localStorage.getItem(key)!) as { text: string }).text
  })
  const published = await consoles.hub.api.GET('/api/v1/models/{name}/{version}', {
    params: { path: { name: 'delivery', version: '2.1.0' } },
  })
  await paste(page, change(drafted ?? answer(published).text ?? ''))
}

/** In place of all of a pattern. */
async function paste(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Pattern' })
  await editor.click()
  await page.keyboard.press('Control+a')
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const state = (page: Page, name: string): Locator =>
  page.getByRole('status', { name: 'Current states' }).getByText(name)

async function use(page: Page, version: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Version' }).click()
  await page.getByRole('option', { name: version, exact: true }).click()
  await page.getByRole('button', { name: 'Use it', exact: true }).click()
  await page.getByText(`delivery is filled by ${version}`).waitFor()
}

/** The delivery of a new order to the device of the household. */
async function ordered(): Promise<string> {
  const { hub } = consoles
  const { id } = await placeOrder(hub, home.id, 'add', 'guide')
  const deliveries = async () => answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { order: id } } }))
  await expect.poll(async () => (await deliveries()).items[0]?.state, { timeout: patience }).toBe('pending')
  return (await deliveries()).items[0]!.id
}

test(
  'the delivery pattern is changed, mended, published, given its role, seen at work, and put back',
  async () => {
    const { page, errors } = await consoles.visit('/models/delivery/2.1.0', olga)
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('heading', { name: 'Edit delivery' }).waitFor()
    await page.getByText('Nothing is wrong').waitFor()

    // A busy device is asked again, by a name that nothing has: told while one types, and mended.
    await write(page, (text) => text.replace('held, pending', 'held, offered'))
    const findings = page.getByRole('region', { name: 'Findings' })
    await findings.getByText('unknown state pending').first().waitFor()
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
    await write(page, (text) => text.replaceAll(/\bpending\b(?!')/g, 'offered'))
    await page.getByText('Nothing is wrong').waitFor()
    await page.getByRole('button', { name: 'offered', exact: true }).waitFor()

    // A published version never changes: the next free one is offered.
    await page.getByText('Version 2.1.0 is published already').waitFor()
    await page.getByRole('button', { name: 'Make it 2.1.0-own.1' }).click()
    await page.getByText('Version 2.1.0 is published already').waitFor({ state: 'detached' })

    // What was written is there when the page is opened again.
    await page.reload()
    await page.getByText('model delivery 2.1.0-own.1').waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish delivery 2.1.0-own.1' })
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('heading', { name: 'delivery 2.1.0-own.1' }).waitFor()

    await page.getByRole('button', { name: 'Use it…' }).click()
    await page.getByText('New instances of delivery start on 2.1.0-own.1').waitFor()
    await page.getByRole('button', { name: 'Use it', exact: true }).click()
    await page.getByText('role delivery').waitFor()

    // An order uses it: the instance lights up as it goes on.
    const delivery = await ordered()
    await page.goto(`${consoles.hub.url}/console/instances/delivery/${delivery}`)
    await page.getByRole('link', { name: 'delivery 2.1.0-own.1' }).waitFor()
    await state(page, 'offered').waitFor()
    await answerFor(consoles.hub, home.devices, true)
    await state(page, 'confirmed').waitFor()
    await page.getByRole('button', { name: 'First step' }).click()
    await page.getByText('1. start →').waitFor()

    // And back to what it was.
    await page.goto(`${consoles.hub.url}/console/models?tab=roles`)
    await page.getByRole('button', { name: 'Change delivery' }).click()
    await use(page, '2.1.0')
    const roles = answer(await consoles.hub.api.GET('/api/v1/roles', { params: { query: {} } }))
    expect(roles.items.find(({ role }) => role === 'delivery')?.version).toBe('2.1.0')
    expect(errors).toEqual([])
  },
  2 * patience,
)

/** An instance whose task has failed for good; what devices and systems outside make of tasks is put into the tables. */
async function failed(): Promise<string> {
  const { api, database } = consoles.hub
  const id = 'in-need'
  answer(await api.POST('/api/v1/instances', { body: { model: 'trial', id, start: { signal: 'begin' } } }))
  const error = 'nobody answers'
  const policy = JSON.stringify({ attempts: 3, first: 1, factor: 2, max: 1, timeout: 1 })
  await database.owner.sql`
    insert into engine_task (instance, key, task, args, policy, attempt, due, error)
    select key, 'book-1', 'book', '{}', ${policy}::text::json, 3, ${Number.MAX_SAFE_INTEGER}, ${error}
    from engine_instance where model = 'trial' and id = ${id}`
  await database.owner.sql`
    update engine_instance set attention = ${`task book failed: ${error}`} where model = 'trial' and id = ${id}`
  return id
}

test(
  'an instance that needs a person says how often its task was tried, what went wrong, and what can be done',
  async () => {
    const { page, errors } = await consoles.visit(`/instances/trial/${await failed()}`, olga)
    const parts = page.getByRole('complementary', { name: 'Instances' })
    await parts.getByText('attempt 3 of 3, failed: it waits for a person').waitFor()
    await parts.getByText('Last error: nobody answers').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Skip…' }).click()
    await page.getByLabel('Reason').fill('booked by hand')
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).click()
    await parts.getByText('Last error').waitFor({ state: 'detached' })
    expect(errors).toEqual([])
  },
  patience,
)

test(
  'a counter-example is shown step by step in the diagram',
  async () => {
    const { page, errors } = await consoles.visit('/models/trial/edit', olga)
    await paste(
      page,
      trial
        .replace('on leave: any -> ended', 'on leave: new -> ended')
        .replace('on buy: reminded -> bought as "buy late"', ''),
    )
    const findings = page.getByRole('region', { name: 'Findings' })
    await findings.getByText('no signal leaves the states reminded').waitFor()
    await findings.getByRole('button', { name: 'Show the way' }).first().click()
    await page.getByRole('button', { name: 'Last step' }).click()
    await page.getByText('2. remind → reminded').waitFor()
    expect(errors).toEqual([])
  },
  patience,
)

test(
  'a model is simulated in the page: signals, time, and one step back',
  async () => {
    const { page, errors } = await consoles.visit('/models/trial/1.0.0', olga)
    await page.getByRole('tab', { name: 'Simulation' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    const steps = page.getByRole('table', { name: 'Steps of the simulation' })
    await steps.getByRole('cell', { name: 'running' }).waitFor()
    await page.getByLabel('Let time pass').fill('4h')
    await page.getByRole('button', { name: 'Go' }).click()
    await steps.getByRole('cell', { name: 'reminded' }).waitFor()
    await page.getByRole('button', { name: 'Take back the last' }).click()
    await steps.getByRole('cell', { name: 'reminded' }).waitFor({ state: 'detached' })
    expect(errors).toEqual([])
  },
  patience,
)

test(
  'an instance is signalled, and cancelled by its model',
  async () => {
    const { page, errors } = await consoles.visit('/instances?model=trial', olga)
    await page.getByRole('link', { name: 'trial first' }).click()
    await page.getByRole('button', { name: 'Send signal…' }).click()
    await page.getByText('its effects are real').waitFor()
    await page.getByRole('combobox', { name: 'Signal' }).click()
    await page.getByRole('option', { name: 'remind' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await state(page, 'reminded').waitFor()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Cancel…' }).click()
    await page.getByLabel('Reason, kept in its history').fill('nobody wants it')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Cancel it' }).click()
    await page.getByText('Ended', { exact: true }).first().waitFor()
    expect(errors).toEqual([])
  },
  patience,
)

for (const colorScheme of ['light', 'dark'] as const)
  test(
    `what models are changed with has nothing that axe finds wrong: ${colorScheme}`,
    async () => {
      const { page, go, errors } = await consoles.visit('/models?tab=roles', { ...olga, colorScheme })
      await page.getByRole('button', { name: 'Change delivery' }).click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(page)
      await go('/models/trial/edit')
      await page.getByRole('button', { name: 'running', exact: true }).waitFor()
      await expectAccessible(page)
      expect(errors).toEqual([])
    },
    patience,
  )
