import { readFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, walk } from './harness/console.ts'

const made = { home: '', hotel: '', bea: '', cleo: '' }

const consoles = consoleForThisFile(async ({ api }) => {
  const household = async (name: string, kind: 'household' | 'organisation') =>
    answer(await api.POST('/api/v1/households', { body: { name, kind, timeZone: 'Europe/Berlin' } })).id
  made.home = await household('Müller', 'household')
  made.hotel = await household('Hotel am See', 'organisation')
  for (const name of ['Schmidt', 'Schmidt']) await household(name, 'household')
  const device = { protocol: 'ddi', identity: 'kitchen-box', serial: 'SN-0815', name: 'Kitchen box' } as const
  answer(await api.POST('/api/v1/devices', { body: { household: made.home, class: 'set-top-box', ...device } }))
  const person = async (name: string, households: string[]) =>
    answer(await api.POST('/api/v1/users', { body: { name, email: `${name}@example.org`, households } })).id
  made.bea = await person('bea', [made.home])
  const twin = { name: 'Bea M.', email: 'BEA@example.org', households: [made.hotel] }
  answer(await api.POST('/api/v1/users', { body: twin }))
  made.cleo = await person('cleo', [])
})

const olga = { name: 'olga', roles: ['operator'] } as const

/** Types into the picker of this name, and takes by keys alone what it offers. */
async function pick(page: Page, label: string, typed: string, offered: RegExp): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox', { name: label })
  await field.fill(typed)
  await page.getByRole('option', { name: offered }).first().waitFor()
  await field.press('ArrowDown')
  await field.press('Enter')
}

test(
  'a household is found by a part of its name and by the serial number of a device, by keys alone',
  walk,
  async () => {
    const { page, errors } = await consoles.visit('/enrolments?tab=claims', olga)
    await page.getByRole('button', { name: 'New claim' }).click()
    await pick(page, 'Household', 'SN-08', /Müller.*has Kitchen box/)
    const field = page.getByRole('dialog').getByRole('combobox', { name: 'Household' })
    expect(await field.inputValue()).toBe('Müller')
    await field.fill('nobody')
    await page.getByText('Nothing that you may see is called so.').waitFor()
    await field.fill(made.hotel)
    await expect.poll(() => field.inputValue()).toBe('Hotel am See')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('dialog', { name: 'The claim was made.' }).waitFor()
    const { items } = answer(await consoles.hub.api.GET('/api/v1/claims'))
    expect(items[0]?.household).toBe(made.hotel)
    expect(errors).toEqual([])
  },
)

test('organisations are listed apart, and a household is made one', walk, async () => {
  const { page } = await consoles.visit('/households?kind=organisation', olga)
  const table = page.getByRole('table', { name: 'Households' })
  await table.getByRole('link', { name: 'Hotel am See' }).waitFor()
  expect(await table.getByRole('link').count()).toBe(1)
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('household')
  await table.getByRole('link', { name: 'Müller' }).click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Kind' }).selectOption('organisation')
  await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click()
  await page.getByRole('main').getByText('organisation', { exact: true }).waitFor()
})

test('a person is given another household', walk, async () => {
  const { page } = await consoles.visit(`/people/${made.cleo}`, olga)
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await pick(page, 'Households', 'am see', /Hotel am See/)
  await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click()
  await page.getByRole('link', { name: 'Hotel am See' }).waitFor()
  const { households } = answer(
    await consoles.hub.api.GET('/api/v1/users/{id}', { params: { path: { id: made.cleo } } }),
  )
  expect(households).toEqual([made.hotel])
})

test('what is kept about a person is downloaded, and the audit says so', walk, async () => {
  const { page } = await consoles.visit(`/people/${made.bea}`, olga)
  await page.getByRole('button', { name: 'Download all of it…' }).click()
  await page.getByRole('dialog').getByText('The audit says that you have taken it out.', { exact: false }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Download' }).click(),
  ])
  const kept = JSON.parse(await readFile((await download.path())!, 'utf8'))
  expect([download.suggestedFilename(), kept.user]).toEqual([`${made.bea}.json`, made.bea])
  await page.getByText('What is kept about bea was downloaded.').waitFor()
})

test('of two people who are one it is chosen who stays, shown what moves, and only then done', walk, async () => {
  const { page, errors } = await consoles.visit('/duplicates', olga)
  const set = page.getByRole('region', { name: /Same e-mail address/ })
  await set.getByRole('radio', { name: 'bea', exact: true }).check()
  await expectAccessible(page)
  await set.getByRole('link', { name: 'See what Bea M. would give to it' }).click()
  await page.getByRole('heading', { level: 1, name: 'Make Bea M. and bea one' }).waitFor()
  await page.getByRole('table', { name: 'What moves to the one that stays' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'The other way round' }).click()
  await page.getByRole('heading', { level: 1, name: 'Make bea and Bea M. one' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Make Bea M. and bea one' }).waitFor()
  await page.getByRole('button', { name: 'Make them one…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give Bea M. up for bea?' })
  expect(await dialog.getByRole('button', { name: 'Make them one' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type Bea M. to confirm').fill('Bea M.')
  await dialog.getByRole('button', { name: 'Make them one' }).click()
  await page.getByRole('heading', { level: 1, name: 'bea', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Hotel am See' }).waitFor()
  expect(errors).toEqual([])
})

test(
  'households that are the same are found, and one is merged with another that is chosen by name',
  walk,
  async () => {
    const { page, go } = await consoles.visit('/duplicates?of=households', olga)
    await page.getByRole('region', { name: 'Schmidt: Same name and time zone' }).waitFor()
    await go(`/households/${made.hotel}`)
    await page.getByRole('button', { name: 'Is there twice…' }).click()
    await pick(page, 'The other one', 'schmi', /Schmidt/)
    await page.getByRole('button', { name: 'See what would move' }).click()
    await page.getByRole('heading', { level: 1, name: 'Make Schmidt and Hotel am See one' }).waitFor()
    expect(new URL(page.url()).pathname).toContain(`/duplicates/households/${made.hotel}/`)
  },
)

test('a group of people gives its roles to who is put in, and a person’s page names it', walk, async () => {
  const { page, errors } = await consoles.visit('/user-groups', olga)
  answer(
    await consoles.hub.api.POST('/api/v1/accounts', {
      body: { name: 'dora', password: 'a long password for tests', roles: ['subscriber'] },
    }),
  )
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Watchers')
  await page.getByRole('checkbox', { name: /^auditor/ }).check()
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: 'Watchers' }).waitFor()
  await page.getByRole('button', { name: 'Put people in' }).click()
  await pick(page, 'People in it', 'dora', /dora/)
  await page.getByRole('dialog').getByText('They get what the group gives: auditor.', { exact: false }).waitFor()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Put people in' }).click()
  await page.getByRole('table', { name: 'People in it' }).getByRole('link', { name: 'dora' }).click()
  const groups = page.getByRole('table', { name: 'Groups' })
  await groups.getByRole('row', { name: /Watchers.*auditor/ }).waitFor()
  await groups.getByRole('link', { name: 'Watchers' }).click()
  await page.getByRole('button', { name: 'Take out: dora' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
  await page.getByRole('heading', { name: 'Nobody is in it' }).waitFor()
  expect(errors).toEqual([])
})

test('erasing says what goes and what stays, wants the name typed, and leaves nobody', walk, async () => {
  const { page } = await consoles.visit(`/people/${made.cleo}`, olga)
  await page.getByRole('link', { name: 'Erase…' }).click()
  await page.getByRole('heading', { level: 1, name: 'Erase cleo' }).waitFor()
  await page.getByRole('table', { name: 'What is erased, for good' }).getByRole('row').nth(1).waitFor()
  await page.getByRole('button', { name: 'Erase for good…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase cleo for good?' })
  expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type cleo to confirm').fill('cleo')
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await page.getByText('cleo is erased.').waitFor()
  const { items } = answer(await consoles.hub.api.GET('/api/v1/users'))
  expect(items.map(({ id }) => id)).not.toContain(made.cleo)
})
