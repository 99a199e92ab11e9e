import { answer } from '@sutler/client'
import { placeOrder, publishTestService, settledOrder } from '../../../../test/journeys/household.ts'
import type { ComposedHub } from '../../../../test/support/composed-hub.ts'
import { WireDevice } from '../../../../test/support/wire-device.ts'

/** A household with a phone that has a service, and another that it failed to get. */
export interface FurnishedHome {
  readonly household: string
  readonly phone: WireDevice
  /** Of the service that it has. */
  readonly order: string
  /** Of the one that failed. */
  readonly failed: string
}

/** The phone does only what the test says; it is connected until the test disconnects it. */
export async function furnishHome(hub: ComposedHub, name = 'Müller'): Promise<FurnishedHome> {
  const { api } = hub
  const household = answer(await api.POST('/api/v1/households', { body: { name, timeZone: 'Europe/Berlin' } })).id
  for (const service of ['tv-guide', 'radio'])
    await publishTestService(hub, service, '1.0.0', [{ deviceClass: 'phone', files: { a: service } }])
  const { claim } = answer(await api.POST('/api/v1/claims', { body: { household } }))
  const phone = await WireDevice.start(hub, claim, { serial: 'SN-0815', report: { features: ['restart'] } })
  await rename(hub, phone.id, 'Kitchen phone')
  const order = await ordered(hub, household, 'tv-guide', (delivery) => proved(phone, delivery))
  const { deliveries } = answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id: order } } }))
  const manifest = new Uint8Array(Buffer.from(deliveries[0]!.manifest!, 'hex'))
  const installed = [{ service: 'tv-guide', version: '1.0.0', component: 'phone', manifest, epoch: 1 }]
  await phone.report({ os: { name: 'linux', version: '6.1' }, installed })
  const failed = await ordered(hub, household, 'radio', (delivery) => failing(phone, delivery))
  return { household, phone, order, failed }
}

async function ordered(
  hub: ComposedHub,
  household: string,
  service: string,
  answered: (delivery: string) => Promise<unknown>,
): Promise<string> {
  const { id, deliveries } = await placeOrder(hub, household, 'add', service, { allOrNothing: false })
  await answered(deliveries[0]!.id)
  await settledOrder(hub, id)
  return id
}

async function proved(phone: WireDevice, delivery: string): Promise<unknown> {
  return phone.prove(await phone.wait('offer', delivery))
}

async function failing(phone: WireDevice, delivery: string): Promise<void> {
  await phone.wait('offer', delivery)
  await phone.fail(delivery)
}

async function rename(hub: ComposedHub, id: string, name: string): Promise<void> {
  const params = { path: { id } }
  const { response } = await hub.api.GET('/api/v1/devices/{id}', { params })
  const headers = { 'if-match': response.headers.get('etag')! }
  answer(await hub.api.PATCH('/api/v1/devices/{id}', { params, body: { name }, headers }))
}
