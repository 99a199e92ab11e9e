import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { placeOrder, publishTestService, settledOrder } from '../../../test/journeys/household.ts'
import { hubWithPhones } from '../../../test/journeys/hub-with-phones.ts'
import { expectAccessible } from './harness/axe.ts'
import { consoleOf, walk } from './harness/console.ts'

const { home, hub } = hubWithPhones(Date.now(), { guide: ['1.0.0'] })
const consoles = consoleOf(hub)

test('an operator sees what a version is made of and what it has come to, and deprecates it', walk, async () => {
  const { id, phone } = await home()
  const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
  await phone.prove(await phone.wait('offer', deliveries[0]!.id))
  await settledOrder(hub, order)

  const { page, errors } = await consoles.visit('/services', { name: 'olga', roles: ['operator'] })
  await expectAccessible(page)
  await page.getByRole('link', { name: 'guide' }).click()
  await page.getByRole('tab', { name: 'Adoption' }).click()
  await page
    .getByRole('table', { name: 'Adoption' })
    .getByRole('row', { name: /1\.0\.0 released 1 0 0/ })
    .waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: '1.0.0' }).click()
  await page.getByRole('heading', { name: 'guide 1.0.0' }).waitFor()
  await page.getByRole('region', { name: 'Composition' }).getByRole('row', { name: /phone/ }).first().waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: /files of phone/ }).click()
  await page.getByRole('dialog').getByRole('cell', { name: 'a', exact: true }).waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Deprecate' }).click()
  await page.getByRole('dialog', { name: 'Deprecate 1.0.0?' }).getByText('not chosen for new orders').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Deprecate' }).click()
  await page.getByText('1.0.0 is deprecated now.').waitFor()
  const params = { path: { service: 'guide', version: '1.0.0' } }
  expect(answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}', { params })).state).toBe(
    'deprecated',
  )
  expect(errors).toEqual([])
})

test('relations are a picture and a table, from both sides', walk, async () => {
  await publishTestService(hub, 'films', '1.0.0', [{ deviceClass: 'phone', files: { a: 'films' } }])
  await publishTestService(hub, 'trailers', '2.0.0', [{ deviceClass: 'phone', files: { a: 'trailers' } }], {
    relations: [{ kind: 'requires', service: 'films', range: '^1.0.0' }],
  })
  const { page, errors } = await consoles.visit('/services/films?tab=relations', { name: 'olga', roles: ['operator'] })
  await page
    .getByRole('table', { name: 'Relations' })
    .getByRole('row', { name: /trailers 2\.0\.0 requires films/ })
    .waitFor()
  await page.getByRole('region', { name: 'Graph of relations' }).getByText('trailers').waitFor()
  await expectAccessible(page)
  expect(errors).toEqual([])
})

test('a version is released by a second person, and withdrawn with every household ordered back', walk, async () => {
  await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'phone', files: { a: 'one' } }])
  answer(await hub.api.PUT('/api/v1/release-rule', { body: { secondPerson: true } }))
  await publishTestService(hub, 'news', '1.1.0', [{ deviceClass: 'phone', files: { a: 'two' } }]).catch(() => undefined)
  const params = { path: { service: 'news', version: '1.1.0' } }
  const asked = { channel: 'stable' as const, note: 'mends the headlines' }
  answer(await hub.api.POST('/api/v1/services/{service}/versions/{version}/release-requests', { params, body: asked }))

  const { page, go, errors } = await consoles.visit('/releases', { name: 'rita', roles: ['operator'] })
  await page.getByRole('button', { name: 'Decide: news 1.1.0' }).click()
  await page.getByRole('dialog').getByText('mends the headlines').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Approve and release' }).click()
  await page.getByText('Released.').waitFor()
  await page.getByText('Nothing waits for a decision').waitFor()

  await go('/services/news/1.1.0')
  await page.getByRole('button', { name: 'Withdraw' }).click()
  const dialog = page.getByRole('dialog', { name: 'Withdraw 1.1.0?' })
  await dialog.getByRole('listitem').first().waitFor()
  await dialog.getByLabel('Reason').fill('the headlines are upside down')
  await dialog.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('1.1.0 is withdrawn.').waitFor()
  expect(answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}', { params })).state).toBe(
    'deprecated',
  )
  expect(errors).toEqual([])
})

test(
  'a developer tries a version that nobody has released on a test device, reads what came of it, and undoes it',
  walk,
  async () => {
    const { phone } = await home()
    const tags = { params: { path: { id: phone.id } }, headers: { 'if-match': '*' }, body: { tags: ['test-device'] } }
    await hub.api.PATCH('/api/v1/devices/{id}', tags)
    const component = { deviceClass: 'phone' as const, files: { a: 'early' } }
    await publishTestService(hub, 'early', '1.0.0', [component], { released: false })
    const { page, errors } = await consoles.visit('/services/early/1.0.0', { name: 'olga', roles: ['operator'] })
    const trials = page.getByRole('region', { name: 'Trials on test devices' })
    await trials.getByText('tried on no test device yet').waitFor()
    await trials.getByRole('button', { name: 'Try on test devices' }).click()
    const dialog = page.getByRole('dialog', { name: 'Try 1.0.0 on test devices?' })
    await dialog.getByLabel(phone.id).check()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Try on test devices' }).click()
    await page.getByText('One device is to get it.').waitFor()
    const params = { path: { service: 'early', version: '1.0.0' } }
    const { items } = answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}/trials', { params }))
    await phone.prove(await phone.wait('offer', answer(await deliveriesOf(items[0]!.order)).items[0]!.id))
    await trials.getByRole('cell', { name: /confirmed/ }).waitFor()
    await trials.getByRole('button', { name: `Undo: ${phone.id}` }).click()
    await page.getByRole('dialog').getByText('did not have it before').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await page.getByText('on its way back').waitFor()
    await expectAccessible(page)
    expect(errors).toEqual([])
  },
)

function deliveriesOf(order: string) {
  return hub.api.GET('/api/v1/deliveries', { params: { query: { order } } })
}
