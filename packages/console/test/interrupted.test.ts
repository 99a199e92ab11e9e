import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, everybodysPassword, walk } from './harness/console.ts'

// Events are streamed: by a clock that goes.
const consoles = consoleForThisFile(undefined, { clock: systemClock })
const olga = { name: 'olga', roles: ['operator'] } as const
const household = async (name: string) =>
  answer(await consoles.hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } }))

test(
  'a lost connection is shown, comes back by itself, and what happened meanwhile is caught up with',
  walk,
  async () => {
    const { page, context, errors } = await consoles.visit('/households', olga)
    await household('Before')
    await page.getByRole('link', { name: 'Before' }).waitFor()
    await context.setOffline(true)
    const banner = page.getByRole('alert').filter({ hasText: 'offline' })
    await banner.waitFor()
    await expectAccessible(page)
    await household('Meanwhile')
    await context.setOffline(false)
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Meanwhile' }).waitFor()
    await household('Afterwards')
    await page.getByRole('link', { name: 'Afterwards' }).waitFor()
    expect(errors).toEqual([])
  },
)

test('a session that ends while a form is filled in loses nothing of it', walk, async () => {
  const { page, context } = await consoles.visit('/households', olga)
  await page.getByRole('button', { name: 'New household' }).click()
  const form = page.getByRole('dialog', { name: 'New household' })
  await form.getByLabel('Name').fill('Typed before')
  await context.clearCookies()
  await form.getByRole('button', { name: 'Make it' }).click()
  const again = page.getByRole('dialog', { name: 'Log in again' })
  await again.getByLabel('Password', { exact: true }).fill(everybodysPassword)
  await again.getByRole('button', { name: 'Log in' }).click()
  await again.waitFor({ state: 'detached' })
  expect(await form.getByLabel('Name').inputValue()).toBe('Typed before')
  await form.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: 'Typed before' }).waitFor()
})
