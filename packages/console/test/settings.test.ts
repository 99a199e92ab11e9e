import { afterAll, expect, test } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, walk } from './harness/console.ts'
import { furnishHome, type FurnishedHome } from './harness/home.ts'

let home: FurnishedHome
const consoles = consoleForThisFile(async (hub) => {
  home = await furnishHome(hub)
  await home.phone.report({
    features: ['takes-configure'],
    settings: { volume: { value: 7, least: 0, most: 10 }, room: { value: '12' } },
  })
})
afterAll(() => home?.phone.disconnect())

test('settings that a device names are offered, each comes as it is now, and go to the device', walk, async () => {
  const olga = { name: 'olga', roles: ['operator'] } as const
  const { page, errors } = await consoles.visit(`/devices/${home.phone.id}`, olga)
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: 'Configure' }).click()
  const dialog = page.getByRole('dialog')
  const named = dialog.getByLabel('Settings that the device names')
  await named.selectOption({ label: 'volume: 7, at least 0, at most 10' })
  await named.selectOption({ label: 'room: 12' })
  const written = dialog.getByLabel('Settings, one a line: name = value')
  expect(await written.inputValue()).toBe('volume = 7\nroom = "12"\n')
  await expectAccessible(page)
  await written.fill('volume = 9\nroom = "12"')
  await dialog.getByRole('button', { name: 'Configure' }).click()
  await page.getByText('The settings are on their way.').waitFor()
  const asked = await until(() => home.phone.received.find(({ t }) => t === 'configure'))
  expect(asked).toMatchObject({ settings: { volume: 9, room: '12' } })
  expect(errors).toEqual([])
})
