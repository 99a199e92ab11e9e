import { expect, test } from 'vitest'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, everybodysPassword } from './harness/console.ts'

const consoles = consoleForThisFile()

test('who is not logged in is asked to, and comes to the page that was meant', async () => {
  const { page, context, go } = await consoles.visit('/', { name: 'olga', roles: ['operator'] })
  await context.clearCookies()
  await go('/')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Log in to Sutler')
  await expectAccessible(page)
  await page.getByLabel('Name').fill('olga')
  await page.getByLabel('Password', { exact: true }).fill('not that one, certainly')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(everybodysPassword)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('navigation', { name: 'Navigation' }).waitFor()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the frame has nothing that axe finds wrong: ${colorScheme}`, async () => {
    const { page, errors } = await consoles.visit('/', { name: 'olga', roles: ['operator'], colorScheme })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'olga: profile' }).click()
    await page.getByRole('button', { name: 'Log out' }).waitFor()
    await expectAccessible(page)
    expect(errors).toEqual([])
  })

test('the search is opened by keys, finds pages and what the hub knows, and goes there', async () => {
  const { page } = await consoles.visit('/', { name: 'olga', roles: ['operator'] })
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Search' }).fill('home')
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Search' }).fill('olga')
  await page.getByRole('option', { name: 'olga' }).waitFor()
  await page.getByRole('textbox', { name: 'Search' }).fill('home')
  await page.getByRole('option', { name: 'Home' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toBe('/console/')
})

test('a session that ends is asked for again over the page, which stays as it is', async () => {
  const { page, context } = await consoles.visit('/', { name: 'olga', roles: ['operator'] })
  await page.evaluate(() => (document.title = 'what somebody was doing'))
  await context.clearCookies()
  // What a page reads again when somebody comes back to it.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await page.getByRole('dialog', { name: 'Log in again' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Password', { exact: true }).fill(everybodysPassword)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.title()).toBe('what somebody was doing')
})
