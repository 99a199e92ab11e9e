import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../../../test/support/composed-hub.ts'
import { until } from '../../../test/support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../../test/support/webhook-receiver.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleOf, walk } from './harness/console.ts'

const consoles = consoleOf(hubForThisFile({ clock: systemClock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } }))
const olga = { name: 'olga', roles: ['operator'] } as const
let receiver: WebhookReceiver

beforeAll(async () => {
  receiver = await startWebhookReceiver()
})
afterAll(() => receiver?.stop())

/** A webhook whose receiver has refused what it was told. */
async function refused(): Promise<string> {
  const { api } = consoles.hub
  receiver.answer = 422
  const body = { url: receiver.url, name: 'Billing', types: ['household.created'] }
  const { id } = answer(await api.POST('/api/v1/webhooks', { body }))
  for (const name of ['Refused', 'Waits'])
    answer(await api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } }))
  const params = { path: { id } }
  await until(async () => answer(await api.GET('/api/v1/webhooks/{id}', { params })).failures > 0)
  return id
}

test('one message that is always refused is given up, and what waits behind it is sent', walk, async () => {
  const { page, errors } = await consoles.visit(`/settings/webhooks/${await refused()}`, olga)
  await page.getByRole('button', { name: 'Skip…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('household.created is sent no more').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Skip it' }).click()
  await page.getByText('The message is given up').waitFor()
  receiver.answer = 204
  await page.getByRole('table').getByText('given up', { exact: true }).waitFor()
  await until(() => receiver.messages.some(({ status, body }) => status === 204 && body.includes('Waits')), {
    deadline: 25_000,
  })
  expect(errors).toEqual([])
})

test('address, types and filter are changed afterwards; a mistake stands beside its field', walk, async () => {
  const { page } = await consoles.visit(`/settings/webhooks/${await refused()}`, olga)
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('menuitem', { name: 'Address, types, filter…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the webhook' })
  await dialog.getByText('it goes to the new address').waitFor()
  const filter = dialog.getByRole('textbox', { name: 'Filter (CEL)' })
  await filter.fill('event.type ==')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => filter.getAttribute('aria-invalid')).toBe('true')
  await filter.fill('event.type == "household.created"')
  await dialog.getByLabel('Address (https)').fill(`${receiver.url}/next`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(`${receiver.url}/next`).waitFor()
})
