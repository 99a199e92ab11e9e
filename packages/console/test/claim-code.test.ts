import { expect, test } from 'vitest'
import { browserDevicesForThisFile, connected } from '../../../test/support/browser-devices.ts'
import { createHousehold } from '../../../test/journeys/household.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleOf } from './harness/console.ts'
import { scanned } from './harness/qr-reader.ts'

const devices = browserDevicesForThisFile()
const consoles = consoleOf(devices.hub)
const olga = { name: 'olga', roles: ['operator'] } as const

/** What the drawing shows, module by module, without its margin. */
const drawn = `(() => {
  const svg = document.querySelector('svg[role=img][aria-label^="QR code"]')
  const side = svg.viewBox.baseVal.width - 8
  const path = svg.querySelector('path')
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => path.isPointInFill(new DOMPoint(x + 4.5, y + 4.5))))
})()`

test('a phone that scans the code of a new claim becomes a device with it', { timeout: 120_000 }, async () => {
  const household = await createHousehold(devices.hub)
  const { page, errors } = await consoles.visit(`/enrolments?tab=claims&household=${household}`, olga)
  await page.getByRole('button', { name: 'New claim' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click()
  const code = page.getByRole('img', { name: 'QR code that opens the page of a device with this claim' })
  await code.waitFor()
  await expectAccessible(page)
  const { text } = scanned(await page.evaluate<boolean[][]>(drawn))
  expect(errors).toEqual([])

  const phone = await (await devices.newContext()).newPage()
  await phone.goto(text)
  await phone.getByRole('button', { name: 'Enrol' }).click()
  await connected(phone)
  // The claim is not left in the address.
  expect(phone.url()).toBe(`${devices.hub.url}/device`)
})
