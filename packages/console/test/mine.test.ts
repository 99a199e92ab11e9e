import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { hubWithPhones } from '../../../test/journeys/hub-with-phones.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleOf, everybodysPassword, walk } from './harness/console.ts'

const { home, hub } = hubWithPhones(Date.now(), { guide: ['1.0.0'], films: ['1.0.0'] })
const consoles = consoleOf(hub)

test('a subscriber orders, is asked, allows it, watches it come, and pauses it', walk, async () => {
  const { id, phone } = await home()
  const params = { path: { kind: 'household', id } } as const
  await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: { consent: { services: ['guide'] } } })
  const { page, go, errors } = await consoles.visit('/mine', { name: 'suse', roles: ['subscriber'], households: [id] })
  const services = page.getByRole('region', { name: 'Services' })
  await services.getByText('No services yet').waitFor()
  await expectAccessible(page)

  await services.getByRole('link', { name: 'To the catalogue' }).click()
  await page.getByRole('link', { name: 'guide' }).click()
  await page.getByRole('button', { name: 'See what would be installed' }).click()
  await page.getByRole('region', { name: 'What would happen' }).getByText('guide 1.0.0').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Order now' }).click()
  await page.getByText('Ordered.').waitFor()

  await go('/mine')
  await page.getByText('May guide be installed on your devices?').waitFor()
  await page.getByRole('button', { name: /^Why\?/ }).click()
  await page
    .getByRole('dialog', { name: /^Why guide/i })
    .getByText(/consent/)
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  const { items } = answer(await hub.api.GET('/api/v1/deliveries', { params: { query: { household: id } } }))
  await phone.prove(await phone.wait('offer', items[0]!.id))
  const guide = services.getByRole('article', { name: 'guide' })
  await guide.getByText('on your devices').waitFor()
  await expectAccessible(page)

  await guide.getByRole('button', { name: 'Pause: guide' }).click()
  await page.getByRole('dialog', { name: 'Pause guide?' }).getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Done: it is ordered.').waitFor()
  expect(errors).toEqual([])
})

test(
  'preferences are kept, what they come to is shown, and a session that ends while typing loses nothing',
  walk,
  async () => {
    const { id } = await home()
    const { page, context } = await consoles.visit(`/mine/preferences`, {
      name: 'petra',
      roles: ['subscriber'],
      households: [id],
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
    })
    await expectAccessible(page)
    await page.getByLabel('Keep quiet hours').check()
    await page.getByLabel('From').fill('23:15')
    await context.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Log in again' })
    await dialog.getByLabel('Password', { exact: true }).fill(everybodysPassword)
    await dialog.getByRole('button', { name: 'Log in' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByLabel('From').inputValue()).toBe('23:15')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('table', { name: 'What holds now' }).getByText('from 23:15, to 06:00').waitFor()
    const params = { path: { kind: 'household', id } } as const
    const { preferences } = answer(await hub.api.GET('/api/v1/preferences/{kind}/{id}', { params }))
    expect(preferences).toEqual({ quietHours: { from: '23:15', to: '06:00' } })
  },
)

test('a subscriber has the pages of a subscriber, and sees nothing of other households', walk, async () => {
  const mine = await home()
  const other = await home()
  const { page } = await consoles.visit(`/mine?household=${other.id}`, {
    name: 'anna',
    roles: ['subscriber'],
    households: [mine.id],
  })
  const names = await page.getByRole('navigation').getByRole('link').allTextContents()
  expect(names).toEqual(['Home', 'My services', 'Preferences', 'Consents', 'Orders', 'Catalogue', 'Settings'])
  await page
    .getByRole('region', { name: 'Devices' })
    .getByText(mine.phone.id)
    .or(page.getByText('phone'))
    .first()
    .waitFor()
  expect(await page.content()).not.toContain(other.id)
})
