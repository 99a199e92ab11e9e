import { answer } from '@sutler/client'
import { createClaim, createHousehold, placeOrder, settledOrder } from '../../journeys/household.ts'
import { newKey, tlsDevices } from '../../support/certified-device.ts'
import { until } from '../../support/until.ts'
import { WireDevice } from '../../support/wire-device.ts'
import { labels } from './people.ts'
import { path, reason, type World } from './world.ts'

/** Devices of every kind, what is ordered for one of them, and its end. */
export async function devicesAndOrders(world: World): Promise<WireDevice> {
  const { hub, api } = world
  const household = await createHousehold({ api } as never)
  await claimsAndRequests(world, household)
  await foreignDevices(world, household)
  const phone = await WireDevice.start(hub, await createClaim({ ...hub, api }, household))
  const device = path({ id: phone.id })
  await api.PATCH('/api/v1/devices/{id}', { ...device, body: { name: 'Bea’s' } })
  await labels(world, 'devices', phone.id)
  const floor = path({ kind: 'device' as const, name: 'floor' })
  await api.PUT('/api/v1/attributes/{kind}/{name}', { ...floor, body: { type: 'number' } })
  await api.DELETE('/api/v1/attributes/{kind}/{name}', floor)
  await manyAtOnce(world, household, phone)
  await orders(world, household, phone)
  await ordersByTmf(world)
  await twins(world, phone)
  return phone
}

async function claimsAndRequests({ hub, api }: World, household: string): Promise<void> {
  const { id: claim } = answer(await api.POST('/api/v1/claims', { body: { household } }))
  await api.DELETE('/api/v1/claims/{id}', path({ id: claim }))
  const asked = { household, approval: 'person', uses: 2 }
  const { claim: awaited } = answer(await api.POST('/api/v1/claims', { body: asked }))
  const devices = tlsDevices(hub.secure, hub.secure.authority)
  const tickets = [
    (await devices.ask(awaited, 'one', newKey())).body.ticket,
    (await devices.ask(awaited, 'two', newKey())).body.ticket,
  ]
  await api.POST('/api/v1/enrolments/{id}/approve', path({ id: tickets[0] }))
  await api.POST('/api/v1/enrolments/{id}/refuse', path({ id: tickets[1] }))
}

async function foreignDevices({ hub, api }: World, household: string): Promise<void> {
  const box = { household, class: 'gateway', protocol: 'ddi', identity: 'box-1' } as const
  const { device, identity } = answer(await api.POST('/api/v1/devices', { body: box }))
  const at = (identity = '', credential = '') => ({ params: { path: { id: device, identity, credential } } })
  const body = { protocol: 'cwmp', identity: '00D09E-1' } as const
  const { identity: other } = answer(await api.POST('/api/v1/devices/{id}/identities', { ...at(), body }))
  await api.PUT('/api/v1/devices/{id}/protocol', { ...at(), body: { protocol: 'cwmp' } })
  const made = answer(
    await api.POST('/api/v1/devices/{id}/identities/{identity}/credentials', {
      ...at(other.id),
      body: { credential: { kind: 'password' } },
    }),
  )
  await api.DELETE('/api/v1/devices/{id}/identities/{identity}/credentials/{credential}', at(other.id, made.id))
  await api.DELETE('/api/v1/devices/{id}/identities/{identity}', at(identity.id))
  const batch = answer(await api.POST('/api/v1/gateway-credentials', { body: { protocol: 'ddi', name: 'Batch' } }))
  const waiting = 'enr-waiting-box'
  await hub.database.owner.sql`
    insert into registration.registration_enrolment (id, tenant, serial, state, protocol, identity, gateway, asked_at, seen_at,
      expires_at)
    values (${waiting}, 'main', 'S', 'waiting', 'ddi', 'box-2', ${batch.id}, now(), now(), now() + interval '1 day')`
  const place = { household, class: 'gateway' } as const
  await api.POST('/api/v1/enrolments/{id}/accept', { ...path({ id: waiting }), body: place })
  await api.DELETE('/api/v1/gateway-credentials/{id}', path({ id: batch.id }))
}

async function manyAtOnce({ api }: World, household: string, phone: WireDevice): Promise<void> {
  const importing = {
    bodySerializer: (text: unknown) => text as string,
    headers: { 'Content-Type': 'text/csv' },
    parseAs: 'text',
  } as const
  const oneDevice = 'serial,householdName\nSN-9,Nine\n'
  await api.POST('/api/v1/imports/devices', { ...importing, body: oneDevice as never })
  const oneSubscription = `household,service\n${household},radio\n`
  await api.POST('/api/v1/imports/subscriptions', { ...importing, body: oneSubscription as never })
  const group = path({
    id: answer(await api.POST('/api/v1/groups', { body: { name: 'Phones', devices: [] } })).id,
  })
  await api.PATCH('/api/v1/groups/{id}', { ...group, body: { name: 'All phones' } })
  await api.POST('/api/v1/groups/{id}/devices', { ...group, body: { add: [phone.id] } })
  await api.DELETE('/api/v1/groups/{id}', group)
  const wish = { selection: { filter: 'true' }, operation: { kind: 'query-capabilities' as const } }
  const { token } = answer(await api.POST('/api/v1/device-operations/previews', { body: wish }))
  // One device a minute: it is not over before it is cancelled.
  const { id: operation } = answer(await api.POST('/api/v1/device-operations', { body: { token, perMinute: 1 } }))
  await api.POST('/api/v1/device-operations/{id}/cancel', { ...path({ id: operation }), body: { reason } })
}

async function orders({ hub, api }: World, household: string, phone: WireDevice): Promise<void> {
  const order = await placeOrder({ ...hub, api }, household, 'add', 'guide', { allOrNothing: false })
  const { delivery } = await phone.wait('offer', order.deliveries[0]!.id)
  const health = { ok: false, detail: 'no picture' }
  await phone.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
  await settledOrder(hub, order.id)
  const { service, version } = order.deliveries[0]!
  await api.POST('/api/v1/services/{service}/versions/{version}/logs', {
    ...path({ service, version }),
    body: {} as never,
  })
  const item = { id: order.id, item: order.items[0]!.id }
  const again = answer(await api.POST('/api/v1/orders/{id}/items/{item}/retry', path(item)))
  await phone.wait('offer', again.deliveries.at(-1)!.id)
  await api.POST('/api/v1/orders/{id}/cancel', { ...path({ id: order.id }), body: { reason } })
}

async function ordersByTmf({ hub, api }: World): Promise<void> {
  const at = { ...hub, api }
  const tmf = '/tmf-api/serviceOrdering/v4'
  const serviceOrderItem = [
    { id: '1', action: 'add' as const, service: { serviceSpecification: { id: 'guide', version: '1.1.0' } } },
  ]
  const relatedParty = [{ id: await createHousehold(at), role: 'household' }]
  await (await WireDevice.start(hub, await createClaim(at, relatedParty[0]!.id))).disconnect()
  const ordered = answer(await api.POST(`${tmf}/serviceOrder`, { body: { relatedParty, serviceOrderItem } }))
  answer(await api.POST(`${tmf}/cancelServiceOrder`, { body: { serviceOrder: { id: ordered.id } } }))
  for (const face of ['serviceOrdering', 'serviceInventory', 'serviceCatalogManagement'] as const) {
    const listeners = `/tmf-api/${face}/v4/hub` as const
    const { id } = answer(await api.POST(listeners, { body: { callback: 'https://example.org/' } }))
    await api.DELETE(`${listeners}/{id}`, path({ id }))
  }
}

/** One that was restarted, and is back before that: there are two of it. */
async function twins({ api }: World, phone: WireDevice): Promise<void> {
  const device = path({ id: phone.id })
  for (const boot of ['one', 'two', 'one']) {
    await phone.disconnect()
    await phone.connect()
    await phone.say({ t: 'hello', versions: [1], agent: 'test', boot }).catch(() => {})
  }
  await until(async () => answer(await api.GET('/api/v1/devices/{id}', device)).state === 'quarantined')
  await api.POST('/api/v1/devices/{id}/release', device)
  await api.POST('/api/v1/devices/{id}/requests', { ...device, body: { kind: 'query-capabilities' } })
  await api.POST('/api/v1/devices/{id}/decommission', device)
}
