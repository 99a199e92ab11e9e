import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, walk } from './harness/console.ts'

const consoles = consoleForThisFile(async ({ api }) => {
  const roleMapping = { claim: 'groups', roles: { 'hub-ops': 'operator' as const } }
  const body = { name: 'Example', issuer: 'https://id.example', clientId: 'sutler', roleMapping }
  answer(await api.POST('/api/v1/identity-providers', { body }))
})
const olga = { name: 'olga', roles: ['operator'] } as const

test('who gets which roles by a provider is shown, tried out, and changed', walk, async () => {
  const { page, errors } = await consoles.visit('/settings/providers', olga)
  await page.getByRole('cell', { name: 'groups: hub-ops → operator' }).waitFor()
  await page.getByRole('button', { name: 'Roles…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Roles by Example' })
  await dialog.getByRole('button', { name: 'Add a value' }).click()
  await dialog.getByLabel('Value 2', { exact: true }).fill('eyes')
  await dialog.getByLabel('Role of value 2').selectOption('auditor')
  await dialog.getByLabel('Claims of somebody').fill('{"groups": ["eyes", "others"]}')
  await dialog.getByRole('button', { name: 'Which roles?' }).click()
  await dialog.getByText('They would be: auditor.').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Remove value 1' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('cell', { name: 'groups: eyes → auditor' }).waitFor()
  expect(errors).toEqual([])
})

test('a provider is disabled and enabled again', walk, async () => {
  const { page, errors } = await consoles.visit('/settings/providers', olga)
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await page.getByText('Example is changed.').waitFor()
  await page.getByRole('button', { name: 'Enable' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
  await page.getByRole('button', { name: 'Disable' }).waitFor()
  expect(errors).toEqual([])
})
