import { answer } from '@sutler/client'
import { afterAll, expect, test } from 'vitest'
import { settledOrder } from '../../../test/journeys/household.ts'
import { consoleForThisFile } from './harness/console.ts'
import { furnishHome, type FurnishedHome } from './harness/home.ts'

let home: FurnishedHome
const consoles = consoleForThisFile(async (hub) => {
  home = await furnishHome(hub)
})
afterAll(() => home?.phone.disconnect())

/** Everything is slow on a busy machine, milliseconds. */
const patience = { timeout: 120_000 }
const olga = { name: 'olga', roles: ['operator'] } as const

test('the overview counts, says what needs attention, and leads to it', patience, async () => {
  const { page, errors } = await consoles.visit('/', olga)
  const figures = page.getByRole('list', { name: 'The installation in numbers' })
  await figures.getByRole('link', { name: /^Devices 1/ }).waitFor()
  await page.getByRole('img', { name: /^Deliveries: 1 confirmed, 1 failed/ }).waitFor()
  await page.getByRole('button', { name: 'Show as a table' }).last().click()
  await page.getByRole('table', { name: 'Deliveries' }).waitFor()
  await page.getByRole('link', { name: '1 delivery failed in the last 24 hours' }).click()
  const failed = page.getByRole('table', { name: 'Deliveries' }).getByRole('row')
  await failed.filter({ hasText: 'Install radio 1.0.0' }).waitFor()
  expect(await failed.filter({ hasText: 'tv-guide' }).count()).toBe(0)
  expect(errors).toEqual([])
})

test(
  'devices are found by what they are called and by a condition; the address keeps it, and a wrong one is shown at its place',
  patience,
  async () => {
    const { page } = await consoles.visit('/devices', olga)
    const devices = page.getByRole('table', { name: 'Devices' })
    await devices.getByRole('link', { name: 'Kitchen phone' }).waitFor()
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('device.cl')
    await page.getByRole('option', { name: /device.class/ }).click()
    expect(await filter.inputValue()).toBe('device.class')
    await filter.fill('device.class == "gateway"')
    await filter.press('Enter')
    await page.getByRole('heading', { name: 'No device here' }).waitFor()
    await filter.fill('device.clas == "gateway"')
    await filter.press('Enter')
    await page
      .getByText(/no field clas|clas/)
      .first()
      .waitFor()
    await filter.fill('Kitchen')
    await filter.press('Enter')
    await devices.getByRole('link', { name: 'Kitchen phone' }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('Kitchen')
    await page.reload()
    await devices.getByRole('link', { name: 'Kitchen phone' }).click()
    await page.getByRole('heading', { level: 1, name: 'Kitchen phone' }).waitFor()
  },
)

test('a device’s page shows what should be and is installed, why, and what it said before', patience, async () => {
  const { page } = await consoles.visit(`/devices/${home.phone.id}`, olga)
  const should = page.getByRole('table', { name: 'What should be installed, and what is' })
  await should.getByRole('row', { name: /tv-guide.*1\.0\.0.*1\.0\.0.*as it should be/ }).waitFor()
  await should.getByRole('row', { name: /radio.*1\.0\.0.*absent.*failed/ }).waitFor()
  await should.getByRole('link', { name: 'Why? radio' }).click()
  await page.getByRole('heading', { name: 'Why it is as it is with radio' }).waitFor()
  await page
    .getByText(/no picture/)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Capabilities' }).click()
  const past = page.getByRole('table', { name: 'What changed, and when' })
  expect(await past.getByRole('row').allInnerTexts()).toContain('os.version\t6\t6.1')
})

test(
  'what is asked of a device names its consequence; what it cannot do is refused, and nothing typed is lost',
  patience,
  async () => {
    const { page } = await consoles.visit(`/devices/${home.phone.id}?tab=queue`, olga)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Restart' }).click()
    const restart = page.getByRole('dialog', { name: 'Restart the device?' })
    await restart.getByText('installed services start again by themselves', { exact: false }).waitFor()
    await restart.getByLabel('Reason').fill('hangs')
    await restart.getByRole('button', { name: 'Restart' }).click()
    await restart.getByRole('alert').getByText('its agent cannot be asked to restart', { exact: false }).waitFor()
    expect(await restart.getByLabel('Reason').inputValue()).toBe('hangs')
    await page.keyboard.press('Escape')
    await restart.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Ask for a report' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for a report' }).click()
    await page.getByText('The device is asked to report.').first().waitFor()
    await page.getByRole('row', { name: /query-capabilities/ }).waitFor()
  },
)

test('an order is followed live, and a failed item is tried again', patience, async () => {
  const { page } = await consoles.visit(`/orders/${home.failed}`, olga)
  await page.getByRole('heading', { level: 1, name: 'Add radio 1.0.0' }).waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click()
  await page.getByText('The item is being tried again.').first().waitFor()
  const { deliveries } = answer(
    await consoles.hub.api.GET('/api/v1/orders/{id}', { params: { path: { id: home.failed } } }),
  )
  const again = deliveries.find(({ settledAt }) => settledAt === null)!
  await home.phone.prove(await home.phone.wait('offer', again.id))
  await page
    .getByRole('table', { name: 'Deliveries' })
    .getByRole('row', { name: /confirmed/ })
    .waitFor()
  const { state } = await settledOrder(consoles.hub, home.failed)
  expect(state).toBe('completed')
})

test('a claim is made for a household that was just made, shown once, and revoked', patience, async () => {
  const { page } = await consoles.visit('/households', olga)
  await page.getByRole('button', { name: 'New household' }).click()
  const dialog = page.getByRole('dialog', { name: 'New household' })
  await dialog.getByLabel('Name').fill('   ')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Name').fill('O’Hara <b>&')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: 'O’Hara <b>&' }).waitFor()
  await page.getByRole('link', { name: 'Make a claim' }).click()
  await page.getByRole('button', { name: 'New claim' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click()
  const once = page.getByRole('dialog', { name: 'The claim was made.' })
  await once.getByRole('button', { name: /^Copy/ }).waitFor()
  await once.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('row', { name: /O’Hara.*revoked/ }).waitFor()
  expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(0)
})

test('a group is made of a filter, and an operation on it is looked at before it is run', patience, async () => {
  const { page, errors } = await consoles.visit('/groups', olga)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Phones')
  await page.getByRole('textbox', { name: 'Filter' }).fill('device.class == "phone"')
  await page.getByText('Matches 1 device now.').waitFor()
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: 'Phones' }).waitFor()
  await page.getByRole('link', { name: 'Do something with all of these' }).click()
  await page.getByRole('button', { name: 'Look what it would do' }).click()
  await page.getByRole('heading', { name: '1 device is selected.' }).waitFor()
  await page.getByRole('button', { name: 'Do it to 1 device' }).click()
  await page.getByText('The operation is running.').first().waitFor()
  await page.getByRole('heading', { level: 1, name: 'Ask for a report' }).waitFor()
  expect(errors).toEqual([])
})

test('a campaign is written down, looked at, and started with its consequence named', patience, async () => {
  const { page } = await consoles.visit('/campaigns/new?filter=device.class%20%3D%3D%20%22phone%22', olga)
  await page.getByLabel('Name').fill('Guide for all')
  await page.getByRole('radio', { name: 'Remove' }).check()
  await page.getByRole('combobox', { name: 'Service' }).selectOption('tv-guide')
  await page.getByLabel('Waves').fill('ten')
  await page.getByRole('button', { name: 'Write it down and look' }).click()
  await page.getByText('“ten” is no size', { exact: false }).waitFor()
  await page.getByLabel('Waves').fill('')
  await page.getByRole('button', { name: 'Write it down and look' }).click()
  await page.getByRole('heading', { level: 1, name: 'Guide for all' }).waitFor()
  await page.getByRole('button', { name: 'Start' }).waitFor()
  await page.getByText('No device is left out.').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start Guide for all?' })
  await dialog.getByText('1 device is planned.').waitFor()
  await dialog.getByLabel('Reason').fill('change 4711')
  await dialog.getByRole('button', { name: 'Start' }).click()
  await page.getByText('The campaign is started.').first().waitFor()
  await page.getByText('(change 4711)', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Start' }).waitFor({ state: 'detached' })
  const { items } = answer(await consoles.hub.api.GET('/api/v1/campaigns'))
  expect(items[0]?.startedAt).not.toBe(null)
})

test('what is called so is found by its kind, and the address keeps the question', patience, async () => {
  const { page } = await consoles.visit('/search', olga)
  await page.getByLabel('Name, serial number', { exact: false }).fill('kitchen')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Kitchen phone' }).waitFor()
  expect(new URL(page.url()).searchParams.get('q')).toBe('kitchen')
  await page.getByRole('link', { name: 'Kitchen phone' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kitchen phone' }).waitFor()
})

test('a note is written and a tag set, and the history tells it', patience, async () => {
  const { page } = await consoles.visit(`/devices/${home.phone.id}?tab=notes`, olga)
  await page.getByRole('textbox', { name: 'Note' }).fill('<b>Reset on Friday</b>')
  await page.getByRole('button', { name: 'Add the note' }).click()
  await page.getByRole('article').getByText('<b>Reset on Friday</b>').waitFor()
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: 'Tags and attributes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tags and attributes' })
  await dialog.getByRole('textbox', { name: 'Tags' }).fill('trial, kitchen')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('row', { name: /tags.*trial.*operators/ }).waitFor()
  expect(await page.getByRole('row').count()).toBeGreaterThan(1)
})

test('who may not change anything is offered nothing that does', patience, async () => {
  const { page, go } = await consoles.visit(`/devices/${home.phone.id}`, { name: 'aida', roles: ['auditor'] })
  await page.getByRole('tab', { name: 'Log' }).waitFor()
  expect(await page.getByRole('button', { name: 'Actions' }).count()).toBe(0)
  await go('/campaigns')
  expect(await page.getByRole('link', { name: 'New campaign' }).count()).toBe(0)
})
