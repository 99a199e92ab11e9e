import { answer, createClient, type Schemas } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import type { WireDevice } from '../support/wire-device.ts'
import { secondPerson } from '../support/campaign-fleet.ts'
import { patience, publishTestService, until } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'
import { obey, order, pinsOf, servicesOf } from './ordering.ts'

/** Versions that are not released yet, on devices that operators have marked as test devices, and on no others. */

const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { radio: ['1.0.0'], news: ['1.0.0'] })

const anyVersion = { headers: { 'if-match': '*' } }
const trials = '/api/v1/services/{service}/versions/{version}/trials'
const of = (version: string, service = 'radio') => ({ params: { path: { service, version } } })

async function mark(...phones: readonly WireDevice[]): Promise<void> {
  for (const { id } of phones)
    await hub.api.PATCH('/api/v1/devices/{id}', {
      params: { path: { id } },
      body: { tags: ['test-device'] },
      ...anyVersion,
    })
}

const candidate = (version: string) =>
  publishTestService(hub, 'radio', version, [{ deviceClass: 'phone', files: { a: version } }], { released: false })

async function tryOn(version: string, ...phones: readonly WireDevice[]): Promise<Schemas['Trial']> {
  const body = { devices: phones.map(({ id }) => id) }
  return answer(await hub.api.POST(trials, { ...of(version), body })).items[0]!
}

async function settled(trial: Schemas['Trial'], phones: readonly WireDevice[], failing: readonly string[] = []) {
  await obey(hub, phones, trial.order, failing)
  const { service, version, id } = trial
  const params = { path: { service, version, trial: id } }
  return answer(await hub.api.GET('/api/v1/services/{service}/versions/{version}/trials/{trial}', { params }))
}

async function undone(trial: Schemas['Trial'], phones: readonly WireDevice[]) {
  const { service, version, id } = trial
  const params = { path: { service, version, trial: id } }
  const path = '/api/v1/services/{service}/versions/{version}/trials/{trial}/undo'
  const undoing = answer(await hub.api.POST(path, { params }))
  await obey(hub, phones, undoing.undone!.order)
  return undoing
}

const offers = ({ received }: WireDevice) =>
  received.flatMap((message) => (message.t === 'offer' ? [`${message.service} ${message.version}`] : []))

describe('a version that is published and not released', { timeout: patience }, () => {
  it('is tried on named test devices only, proved there, and taken back', async () => {
    const { id, phones } = await home({ phones: 2 })
    const [tester, other] = phones as [WireDevice, WireDevice]
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'radio' }])).id)
    await mark(tester)
    await candidate('2.0.0')

    const trial = await settled(await tryOn('2.0.0', tester), phones)
    expect(trial).toMatchObject({
      state: 'completed',
      had: '1.0.0',
      undone: null,
      devices: [{ device: tester.id, state: 'confirmed', files: 1, detail: '' }],
    })
    expect(await servicesOf(hub, id)).toEqual(['radio 2.0.0 active'])
    expect(await pinsOf(hub, id)).toEqual({ radio: null })
    expect(offers(other)).toEqual(['radio 1.0.0'])

    await undone(trial, phones)
    expect(await servicesOf(hub, id)).toEqual(['radio 1.0.0 active'])
    expect(answer(await hub.api.GET(trials, of('2.0.0'))).items).toMatchObject([
      { id: trial.id, undone: { state: 'completed' } },
    ])
    await expect(undone(trial, phones)).rejects.toMatchObject({ status: 409, code: 'trial-over' })
    expect(await servicesOf(hub, (await home()).id)).toEqual([])
  })

  it('leaves nothing where the household had nothing before', async () => {
    const { id, phones } = await home()
    await mark(...phones)
    await candidate('2.1.0')
    const trial = await settled(await tryOn('2.1.0', ...phones), phones)
    expect(trial).toMatchObject({ state: 'completed', had: null })
    await undone(trial, phones)
    expect(await servicesOf(hub, id)).toEqual([])
  })

  it('says why it failed on a device, which goes back by itself', async () => {
    const { phones } = await home()
    await mark(...phones)
    await candidate('2.2.0')
    const trial = await settled(await tryOn('2.2.0', ...phones), phones, ['radio'])
    expect(trial).toMatchObject({
      state: 'failed',
      devices: [{ state: 'failed', detail: expect.stringContaining('health-check-failed'), files: 0 }],
    })
  })

  it('stays where it is while the household orders other things, and goes nowhere else with them', async () => {
    const { id, phones } = await home({ phones: 2 })
    const [tester, other] = phones as [WireDevice, WireDevice]
    await mark(tester)
    await candidate('2.3.0')
    await settled(await tryOn('2.3.0', tester), phones)
    await obey(hub, phones, (await order(hub, id, [{ action: 'add', service: 'news' }])).id)
    expect(await servicesOf(hub, id)).toEqual(['radio 2.3.0 active', 'news 1.0.0 active'])
    await obey(hub, phones, (await order(hub, id, [{ action: 'suspend', service: 'radio' }])).id)
    await obey(hub, phones, (await order(hub, id, [{ action: 'resume', service: 'radio' }])).id)
    expect(offers(other)).toEqual(['news 1.0.0'])
    const elsewhere = await home()
    const moving = order(hub, id, [{ action: 'move', service: 'radio', to: elsewhere.id }])
    await expect(moving).rejects.toThrow('the device is no test device')
  })
})

describe('trials', { timeout: patience }, () => {
  it('are refused on devices that nobody has marked, and candidates are no order’s otherwise', async () => {
    const { id, phone } = await home()
    await candidate('3.0.0')
    await expect(tryOn('3.0.0', phone)).rejects.toMatchObject({ status: 422, code: 'not-test-device' })
    await mark(phone)
    const items = [{ action: 'add', service: 'radio', version: '3.0.0', devices: [phone.id] }]
    await expect(order(hub, id, items)).rejects.toMatchObject({ code: 'unknown-version' })
    await expect(tryOn('9.9.9', phone)).rejects.toMatchObject({ status: 404 })
  })

  it('are the service’s developer’s, who sees test devices and no others, and whose release still needs a second person', async () => {
    const { phone } = await home()
    await mark(phone)
    const developer = createClient({ hub: hub.url, token: await secondPerson(hub, 'tries', 'developer') })
    const page = answer(await developer.GET('/api/v1/test-devices', { params: { query: { limit: 200 } } }))
    expect(page.items).toContainEqual({ id: phone.id, class: 'phone', model: expect.anything(), reachable: true })
    const listed = answer(await hub.api.GET('/api/v1/devices', { params: { query: { limit: 200 } } })).items
    expect(page.items.length).toBeLessThan(listed.length)
    const body = { devices: [phone.id] }
    await expect(developer.POST(trials, { ...of('1.0.0'), body })).rejects.toMatchObject({ status: 404 })

    const own = { ...hub, api: developer }
    await developer.POST('/api/v1/services', { body: { id: 'own', title: 'Own' } })
    const component = { deviceClass: 'phone' as const, files: { a: 'own' } }
    await publishTestService(own, 'own', '1.0.0', [component], { released: false })
    await hub.api.PUT('/api/v1/release-rule', { body: { secondPerson: true } })
    const trial = answer(await developer.POST(trials, { ...of('1.0.0', 'own'), body })).items[0]!
    await obey(hub, [phone], trial.order)
    const release = developer.POST('/api/v1/services/{service}/versions/{version}/release', of('1.0.0', 'own'))
    await expect(release).rejects.toMatchObject({ code: 'second-person-needed' })
    await until(async () =>
      answer(await developer.GET(trials, of('1.0.0', 'own'))).items[0]!.state === 'completed' ? true : null,
    )
  })
})
