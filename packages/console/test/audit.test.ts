import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { expectAccessible } from './harness/axe.ts'
import { consoleForThisFile, walk, type Visit } from './harness/console.ts'

const consoles = consoleForThisFile(async ({ api }) => {
  for (const name of ['Meier', 'Huber', 'Moser'])
    answer(await api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } }))
})

const olga = { name: 'olga', roles: ['auditor'] } as const

/** Hands the page a file, and has it verified. */
async function verifyFile({ page }: Visit, text: string): Promise<void> {
  await page.getByRole('radio', { name: 'An export that was kept' }).check()
  await page.getByLabel('Export (audit.jsonl)').setInputFiles({
    name: 'audit.jsonl',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(text),
  })
  await page.getByRole('button', { name: 'Verify' }).click()
}

test('rows come newest first, and oldest first when asked', walk, async () => {
  const { page } = await consoles.visit('/audit?action=household.created', olga)
  const table = page.getByRole('table', { name: 'Rows of the audit' })
  const times = async (): Promise<string[]> =>
    table.locator('tbody time').evaluateAll((all) => all.map((each) => each.getAttribute('datetime') ?? ''))
  await table.locator('tbody time').first().waitFor()
  const newest = await times()
  expect(newest).toHaveLength(3)
  expect(newest).toEqual(newest.toSorted().toReversed())
  await table.getByRole('button', { name: 'At' }).click()
  await page.waitForURL(/sort=oldest/)
  await table.locator('[aria-sort=ascending]').waitFor()
})

test(
  'the page verifies the audit itself, says up to which head, and shows how an alteration is found',
  walk,
  async () => {
    const visit = await consoles.visit('/audit?tab=verify', olga)
    const { page, errors } = visit
    await page.getByRole('button', { name: 'Verify' }).click()
    const whole = page.getByRole('alert', { name: 'The audit is whole' })
    await whole.getByText(/^head \d+, signed at/).waitFor()
    const key = (await whole.locator('code').textContent()) ?? ''
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    await page.getByRole('button', { name: 'Show how an alteration is found' }).click()
    const altered = page.getByRole('alert', { name: 'In this browser’s copy one row was altered' })
    await altered.getByText(/^row \d+ of chain \d+ was altered/).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Fingerprint of the key').fill('0'.repeat(64))
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText(`the heads are signed with key ${key}, not with`).waitFor()
    expect(errors).toEqual([])
  },
)

test('an export that was kept is verified, and the row that was changed in it is named', walk, async () => {
  const visit = await consoles.visit('/audit?tab=verify', { ...olga, colorScheme: 'dark' })
  const { page, errors } = visit
  const exported = await (await page.request.get(`${consoles.hub.url}/api/v1/audit/export`)).text()
  await verifyFile(visit, exported)
  await page.getByRole('alert', { name: 'The audit is whole' }).waitFor()
  await verifyFile(visit, exported.replace('household.created', 'household.changed'))
  const wrong = page.getByRole('alert', { name: 'The audit is NOT whole' })
  await wrong.getByText(/^row \d+ of chain \d+ was altered/).waitFor()
  await expectAccessible(page)
  await verifyFile(visit, 'hello')
  await page.getByText('this is no export of an audit').waitFor()
  expect(errors).toEqual([])
})
