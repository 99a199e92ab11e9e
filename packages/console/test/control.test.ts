import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { publishTestService } from '../../../test/journeys/household.ts'
import { addHomes } from '../../../test/support/campaign-fleet.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { consoleForThisFile, walk } from './harness/console.ts'

const clock = manualClock(Date.now())

const consoles = consoleForThisFile(
  async (hub) => {
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { own: 'v1' } }])
    await addHomes(hub, clock, 'control', [{ classes: ['phone'] }])
  },
  { clock },
)

const olga = { name: 'olga', roles: ['operator'] } as const

test('a developer is invited by a link that is shown once and can be withdrawn', walk, async () => {
  const { page, errors } = await consoles.visit('/settings/invitations', olga)
  await page.getByRole('button', { name: 'Invite somebody…' }).click()
  await page.getByText('makes an account with: developer').waitFor()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invitation link' })
  const link = (await dialog.locator('code').textContent()) ?? ''
  expect(link).toMatch(/^https?:\/\/.*setup/)
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await dialog.waitFor({ state: 'detached' })
  const row = page.getByRole('table', { name: 'Invitations' }).getByRole('row', { name: /^developer/ })
  await row.getByText('open').waitFor()
  await row.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('The invitation is withdrawn.').waitFor()
  expect(errors).toEqual([])
})

test('an API key is made, told once, and revoked; a mistake stands beside its field', walk, async () => {
  const { page, go } = await consoles.visit('/settings/keys', olga)
  await page.getByRole('button', { name: 'New key…' }).click()
  await page.getByLabel('Name').fill('billing')
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page
    .getByRole('row', { name: /^billing/ })
    .getByRole('button', { name: 'Revoke' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('The key billing is revoked.').waitFor()
  await go('/settings/webhooks')
  await page.getByRole('button', { name: 'New webhook…' }).click()
  await page.getByLabel('Address (https)').fill('https://10.0.0.1/hook')
  await page.getByRole('textbox', { name: 'Filter (CEL)' }).fill('event.type ==')
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('dialog').getByRole('alert').waitFor()
  expect(await page.getByLabel('Address (https)').inputValue()).toBe('https://10.0.0.1/hook')
})

test('a policy is written, corrected, tried out, put in force and switched off', walk, async () => {
  const { page, errors } = await consoles.visit('/policies/new', olga)
  const editor = page.getByRole('textbox', { name: 'Policy (YAML)' })
  const paste = async (text: string): Promise<void> => {
    await editor.click()
    await page.keyboard.press('Control+a')
    await editor.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }
  const policy = (condition: string): string =>
    `name: welcome\nwhen: { event: device.enrolled }\nif: ${condition}\nthen:\n  - order: { items: [{ action: add, service: guide }] }\n`
  await paste(policy('devise.class == "phone"'))
  await page.getByText('reads “devise”').first().waitFor()
  await paste(policy('device.class == "phone"'))
  await page.getByText('Nothing is wrong with it.').waitFor()
  await page.getByRole('button', { name: 'Keep as a version…' }).click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  await page.getByRole('heading', { name: 'welcome' }).waitFor()
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.getByRole('button', { name: 'Put in force…' }).click()
  const dialog = page.getByRole('dialog')
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await dialog.getByRole('button', { name: 'Put in force' }).click()
  await page.getByText('version 1 in force').waitFor()
  await page.getByRole('button', { name: 'Switch off…' }).click()
  await page.getByLabel('Reason').fill('everybody has it')
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
  await page.getByText('not in force').waitFor()
  expect(errors).toEqual([])
})

test('the audit says who did what, filtered by the address', walk, async () => {
  const { api } = consoles.hub
  const { id } = answer(await api.GET('/api/v1/me'))
  const { page } = await consoles.visit(`/audit?action=account.write&principal=${id}`, olga)
  const table = page.getByRole('table', { name: 'Rows of the audit' })
  await table.getByText('account.write').first().waitFor()
  await table.getByRole('button', { name: 'Show' }).first().click()
  await table.getByText('Decision').waitFor()
  expect(await table.getByText('policy.write').count()).toBe(0)
})
