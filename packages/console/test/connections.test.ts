import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hubForThisFile } from '../../../test/support/composed-hub.ts'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleOf, walk } from './harness/console.ts'

const env = { SUTLER_DIRECTORIES_PRIVATE: 'allow' }
const consoles = consoleOf(hubForThisFile({ clock: manualClock(Date.now()), env }))

/** Knows one person, and says what it was asked with. */
const asked: (string | undefined)[] = []
const crm = createServer((request, response) => {
  asked.push(request.headers.authorization)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ people: [{ id: 'p-1', name: 'Ada Lovelace', email: 'ada@example.org' }] }))
})
beforeAll(() => new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve)))
afterAll(() => crm.close())

const olga = { name: 'olga', roles: ['operator'] } as const

test('a SCIM token is made, shown once, brings people and nothing else, and is revoked', walk, async () => {
  const { page, errors } = await consoles.visit('/settings/scim', olga)
  await page.getByText(`${consoles.hub.url}/scim/v2`).waitFor()
  await page.getByRole('button', { name: 'New token…' }).click()
  await page.getByText('can read and change people and groups of people', { exact: false }).waitFor()
  await page.getByLabel('Name').fill('Keycloak')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Make it' }).click()
  const once = page.getByRole('dialog', { name: 'SCIM token' })
  const token = (await once.locator('code').textContent()) ?? ''
  await once.getByRole('button', { name: 'I have copied it' }).click()
  const headers = { authorization: `Bearer ${token}` }
  const status = async (path: string) => (await fetch(`${consoles.hub.url}${path}`, { headers })).status
  expect([await status('/scim/v2/Users'), await status('/api/v1/devices')]).toEqual([200, 403])
  const row = page.getByRole('table', { name: 'Tokens' }).getByRole('row', { name: /^Keycloak/ })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('The identity provider is refused at once', { exact: false }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await row.getByText('revoked').waitFor()
  expect(await status('/scim/v2/Users')).toBe(401)
  expect(errors).toEqual([])
})

test('a directory is added, tried, changed, disabled and removed; its secret is never shown', walk, async () => {
  const { page, errors } = await consoles.visit('/settings/directories', olga)
  const secret = 'a secret of the CRM'
  await page.getByRole('button', { name: 'Add a directory…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a directory' })
  await dialog.getByLabel('Name', { exact: false }).first().fill('CRM')
  await dialog.getByLabel('Kind').selectOption('http')
  await dialog.getByLabel('Address: https://…').fill('http://127.0.0.1/nothing-to-fill-in')
  await dialog.getByLabel('Bearer token').fill(secret)
  await dialog.getByLabel('JSON pointer to the list').fill('/people')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await dialog.getByRole('alert').waitFor()
  const { port } = crm.address() as AddressInfo
  await dialog.getByLabel('Address: https://…').fill(`http://127.0.0.1:${port}/?q={q}`)
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await page.getByRole('heading', { level: 1, name: 'CRM' }).waitFor()
  await page.getByLabel('Part of a name').fill('ada')
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('row', { name: /Ada Lovelace.*ada@example.org/ }).waitFor()
  expect(asked).toEqual([`Bearer ${secret}`])
  await page.getByRole('button', { name: 'Change…' }).click()
  expect(await page.getByRole('dialog').getByLabel('Bearer token').inputValue()).toBe('')
  await page.getByRole('dialog').getByLabel('Name').first().fill('Customers')
  await page.getByRole('dialog').getByRole('group', { name: 'Where an entry has' }).getByLabel('Name').fill('/name')
  await page.getByRole('dialog').getByRole('group').getByLabel('E-mail address').fill('')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click()
  await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
  await page.getByText('/id, /name', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Look up' }).click()
  await expect.poll(() => asked.length).toBe(2)
  expect(asked[1]).toBe(`Bearer ${secret}`)
  await page.getByRole('button', { name: 'Disable…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('heading', { name: 'No directories' }).waitFor()
  expect(errors).toEqual([])
})

test('a directory that does not answer is told of with the reason', walk, async () => {
  const body = { kind: 'ldap', name: 'Closed', url: 'ldap://127.0.0.1:9', settings: { base: 'dc=test' } } as const
  const { id } = answer(await consoles.hub.api.POST('/api/v1/directories', { body: body as never }))
  const { page, errors } = await consoles.visit(`/settings/directories/${id}`, olga)
  await page.getByLabel('Part of a name').fill('ada')
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByText('It gave no answer').waitFor()
  expect(errors).toEqual([])
})
