import { readRoot, signIntermediate } from '../../packages/cli/src/sign-intermediate.ts'
import { answer, createClient, type Schemas, type SutlerClient } from '@sutler/client'
import { addSignature, unsignedFile } from '@sutler/trust'
import { changedRoot, newestMetadata, newOnlineKey, sendMetadata } from '@sutler/cli'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
} from '../journeys/household.ts'
import { addHomes, secondPerson, untilCampaign } from '../support/campaign-fleet.ts'
import { newKey, tlsDevices } from '../support/certified-device.ts'
import { uncatalogued } from '../support/catalogued.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { changes } from './changing-operations.ts'

/**
 * Whatever changes something: the decision that the answer names is in the audit, with what was changed, and where that is one
 * transaction, in the same one.
 */

/** Changes that are told in the audit alone. */
const auditOnly = /^output\.|^webhook\.|^notification\.|^instance\.started$/

/** They ask, with a body. */
const readers: ReadonlySet<string> = new Set([
  'listMissingBlobs',
  'checkModel',
  'resolveHousehold',
  'judgeFleetFit',
  'checkPolicy',
  'previewMigration',
  'testDirectory',
  'tryRoleMapping',
])

const password = 'a long enough password'
const reason = 'the test says so'
let hub: ComposedHub
let mails: MailServer
/** Remembers what each answer rests on. */
let api: SutlerClient
let phone: WireDevice
let operations: { readonly id: string; readonly method: string; readonly path: RegExp; readonly open: boolean }[]
const made: { readonly id: string; readonly decision: string | null; readonly request: string | null }[] = []

beforeAll(async () => {
  mails = await startMailServer()
  hub = await composeHub({ clock: systemClock, env: { SUTLER_SMTP_URL: mails.url, SUTLER_SMTP_TLS: 'none' } })
  operations = await readOperations()
  api = await login()
  await people()
  await trustAndServices()
  await releases()
  await devicesAndOrders()
  await trials()
  await policies()
  await campaigns()
  await instances()
  await oneself()
}, 3 * patience)

afterAll(async () => {
  await phone?.disconnect()
  await hub?.stop()
  await mails?.stop()
}, patience)

async function readOperations(): Promise<typeof operations> {
  const { paths } = (await (await fetch(`${hub.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>
  }
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => {
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      return { id: operationId, method: method.toUpperCase(), path: pattern, open: security.length === 0 }
    }),
  )
  // Names before whatever stands in their place.
  return all.toSorted((a, b) => a.path.source.split('[').length - b.path.source.split('[').length)
}

function recording(token: string): SutlerClient {
  const send = async (request: Request): Promise<Response> => {
    if (request.method === 'PATCH' || /\/(merge\/[^/]+|erasure)$/.test(request.url))
      request.headers.set('if-match', '*')
    const response = await fetch(request)
    const { pathname } = new URL(request.url)
    const operation = operations.find(({ method, path }) => method === request.method && path.test(pathname))
    if (operation && response.ok)
      made.push({
        id: operation.id,
        decision: response.headers.get('sutler-decision'),
        request: response.headers.get('x-request-id'),
      })
    return response
  }
  return createClient({ hub: hub.url, token, fetch: send })
}

async function login(): Promise<SutlerClient> {
  return recording(answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator })).token)
}

const path = <T extends object>(of: T) => ({ params: { path: of } })

async function people(): Promise<void> {
  const household = await createHousehold({ api } as never)
  await api.PATCH('/api/v1/households/{id}', { ...path({ id: household }), body: { name: 'Other' } })
  const { id: user } = answer(await api.POST('/api/v1/users', { body: { name: 'Bea' } }))
  await api.PATCH('/api/v1/users/{id}', { ...path({ id: user }), body: { name: 'Bea B' } })
  await labels('households', household)
  await labels('users', user)
  await provisioning()
  await oneOfTwo()
  const { id } = answer(await api.POST('/api/v1/accounts', { body: { name: 'bea', password, roles: ['sponsor'] } }))
  await api.PATCH('/api/v1/accounts/{id}', { ...path({ id }), body: { roles: ['subscriber'] } })
  const key = answer(await api.POST('/api/v1/api-keys', { body: { name: 'K', roles: ['operator'] } }))
  await api.DELETE('/api/v1/api-keys/{id}', path({ id: key.id }))
  const invitation = answer(await api.POST('/api/v1/invitations', { body: { roles: ['sponsor'] } }))
  await api.DELETE('/api/v1/invitations/{id}', path({ id: invitation.id }))
  const body = { name: 'X', issuer: 'https://x.example', clientId: 'x' }
  const provider = path({ id: answer(await api.POST('/api/v1/identity-providers', { body })).id })
  await api.PATCH('/api/v1/identity-providers/{id}', { ...provider, body: { name: 'Y' } })
  await api.DELETE('/api/v1/identity-providers/{id}', provider)
  await api.POST('/api/v1/tenants', { body: { id: 'acme', name: 'Acme' } })
  await api.PATCH('/api/v1/tenants/{id}', { ...path({ id: 'acme' }), body: { disabled: true } })
  const exported = answer(await api.POST('/api/v1/authority/root/export', { body: { passphrase: password } }))
  const wanted = answer(await api.POST('/api/v1/authority/intermediates'))
  const certificate = signIntermediate(
    readRoot(exported.certificate + exported.key, password),
    wanted.name,
    wanted.csr,
    Date.now(),
  )
  await api.PUT('/api/v1/authority/intermediates/{id}', { ...path({ id: wanted.id }), body: { certificate } })
  const hook = answer(await api.POST('/api/v1/webhooks', { body: { url: 'https://x.example/', types: ['x.y'] } }))
  await api.PATCH('/api/v1/webhooks/{id}', { ...path({ id: hook.id }), body: { name: 'Bills' } })
  await api.POST('/api/v1/webhooks/{id}/test', path({ id: hook.id }))
  await api.POST('/api/v1/webhooks/{id}/secret', { ...path({ id: hook.id }), body: {} })
  const [last] = await hub.database.owner.sql<{ event: string }[]>`
    select concat(xact, '.', id) as event from platform_event where tenant = 'main' order by id limit 1`
  await api.POST('/api/v1/webhooks/{id}/resend', { ...path({ id: hook.id }), body: { event: last!.event } })
  await api.POST('/api/v1/webhooks/{id}/replay', { ...path({ id: hook.id }), body: { from: last!.event } })
  await api.PATCH('/api/v1/webhooks/{id}', { ...path({ id: hook.id }), body: { state: 'disabled' } })
  const [refused] = await hub.database.owner.sql<{ event: string }[]>`
    update participant_webhook w set failures = 1, xact = '0', event = 0 where id = ${hook.id}
    returning (select concat(xact, '.', id) from platform_event order by platform_event.xact, id limit 1) as event`
  await api.POST('/api/v1/webhooks/{id}/skip', { ...path({ id: hook.id }), body: { event: refused!.event } })
  await api.DELETE('/api/v1/webhooks/{id}', path({ id: hook.id }))
  const about = { email: 'bea@example.org', kinds: ['orders' as const] }
  const told = path({ id: answer(await api.POST('/api/v1/notifications', { body: about })).id })
  await api.PATCH('/api/v1/notifications/{id}', { ...told, body: { kinds: ['devices'] } })
  await api.DELETE('/api/v1/notifications/{id}', told)
  await api.PUT('/api/v1/preferences/{kind}/{id}', {
    ...path({ kind: 'household' as const, id: household }),
    body: { timeZone: 'UTC' },
  })
  await api.POST('/api/v1/consents', {
    body: { household, kind: 'category', target: 'film', answer: 'granted', reason: '' },
  })
}

/** Two people, and two households, that are one; and somebody who is taken out and erased. */
async function oneOfTwo(): Promise<void> {
  const account = { name: 'cleo', password, roles: ['sponsor' as const] }
  // Not by the recording client: what they were called is taken out of the event, too.
  const { id } = answer(await hub.api.POST('/api/v1/accounts', { body: account }))
  const { id: double } = answer(await hub.api.POST('/api/v1/users', { body: { name: 'Cleo' } }))
  await api.POST('/api/v1/users/{id}/merge/{from}', { params: { path: { id, from: double } } })
  const [home, from] = [await createHousehold({ api } as never), await createHousehold({ api } as never)]
  await api.POST('/api/v1/households/{id}/merge/{from}', { params: { path: { id: home, from } } })
  await api.POST('/api/v1/users/{id}/export', path({ id }))
  await api.POST('/api/v1/users/{id}/erasure', { params: { path: { id } } })
}

/** What operators say of entities in words of their own. */
async function labels(kind: 'devices' | 'users' | 'households', id: string): Promise<void> {
  const { id: note } = answer(await api.POST(`/api/v1/${kind}/{id}/notes`, { ...path({ id }), body: { text: 'N' } }))
  await api.DELETE(`/api/v1/${kind}/{id}/notes/{note}`, path({ id, note }))
}

/** What systems that keep people do. */
async function provisioning(): Promise<void> {
  const core = 'urn:ietf:params:scim:schemas:core:2.0'
  const operations = (...Operations: object[]) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations,
  })
  const person = { schemas: [`${core}:User`], userName: 'cleo' }
  const user = path({ id: String(answer(await api.POST('/scim/v2/Users', { body: person }))['id']) })
  await api.PUT('/scim/v2/Users/{id}', { ...user, body: { ...person, displayName: 'Cleo' } })
  const disabled = operations({ op: 'replace', path: 'active', value: false })
  await api.PATCH('/scim/v2/Users/{id}', { ...user, body: disabled })
  const engineers = { schemas: [`${core}:Group`], displayName: 'Engineers' }
  const group = path({ id: String(answer(await api.POST('/scim/v2/Groups', { body: engineers }))['id']) })
  await api.PUT('/scim/v2/Groups/{id}', { ...group, body: { ...engineers, displayName: 'Builders' } })
  const joining = operations({ op: 'add', path: 'members', value: [{ value: user.params.path.id }] })
  await api.PATCH('/scim/v2/Groups/{id}', { ...group, body: joining })
  await api.DELETE('/scim/v2/Groups/{id}', group)
  await api.DELETE('/scim/v2/Users/{id}', user)
  const bulk = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
  await api.POST('/scim/v2/Bulk', { body: { schemas: [bulk], Operations: [] } })
  const outside = { kind: 'ldap' as const, name: 'People', url: 'ldaps://x.example', settings: { base: 'dc=x' } }
  const directory = path({ id: answer(await api.POST('/api/v1/directories', { body: outside as never })).id })
  await api.PATCH('/api/v1/directories/{id}', { ...directory, body: { disabled: true } })
  await api.DELETE('/api/v1/directories/{id}', directory)
  const own = path({ id: answer(await api.POST('/api/v1/user-groups', { body: { name: 'Team' } })).id })
  await api.PATCH('/api/v1/user-groups/{id}', { ...own, body: { roles: ['auditor'] } })
  await api.POST('/api/v1/user-groups/{id}/members', { ...own, body: { add: [] } })
  await api.DELETE('/api/v1/user-groups/{id}', own)
}

async function trustAndServices(): Promise<void> {
  const added = await newOnlineKey(api, 'director')
  const root = (await newestMetadata(api, 'root'))!
  const next = changedRoot(root, { role: 'director', add: [added], remove: [], threshold: null })
  await sendMetadata(api, { root: await addSignature(unsignedFile(next), hub.trust.root.signer) })
  const component = { deviceClass: 'phone' as const, files: { a: 'text' } }
  for (const version of ['1.0.0', '1.1.0']) await publishTestService({ ...hub, api }, 'guide', version, [component])
  await publishTestService({ ...hub, api }, 'guide', '2.0.0-rc.1', [component], { channel: 'beta' })
  const blob = path({ digest: 'a'.repeat(64) })
  const piece = { params: { ...blob.params, query: { offset: 0, size: 2 } } }
  const bytes = { body: new Blob(['a']) as never, bodySerializer: (body: unknown) => body as Blob }
  const headers = { 'Content-Type': 'application/octet-stream' }
  await api.PATCH('/api/v1/blobs/{digest}/upload', { ...piece, ...bytes, headers })
  await api.DELETE('/api/v1/blobs/{digest}/upload', blob)
  const early = path({ service: 'guide', version: '2.0.0-rc.1' })
  await api.POST('/api/v1/services/{service}/versions/{version}/promote', { ...early, body: { channel: 'stable' } })
  await api.PATCH('/api/v1/services/{service}', { ...path({ service: 'guide' }), body: { categories: ['video'] } })
  await publishTestService({ ...hub, api }, 'radio', '1.0.0', [component])
  const version = path({ service: 'guide', version: '1.0.0' })
  await api.POST('/api/v1/services/{service}/versions/{version}/state', { ...version, body: { state: 'deprecated' } })
}

/** What a second person published the first one decides. */
async function releases(): Promise<void> {
  await api.PUT('/api/v1/release-rule', { body: { secondPerson: false } })
  const second = createClient({ hub: hub.url, token: await secondPerson(hub, 'publisher', 'operator') })
  const component = { deviceClass: 'phone' as const, files: { a: 'text' } }
  const ask = '/api/v1/services/{service}/versions/{version}/release-requests'
  const asking = (version: string) => ({ ...path({ service: 'news', version }), body: { channel: 'stable' as const } })
  const asked = async (version: string) => {
    await publishTestService({ ...hub, api: second }, 'news', version, [component], { channel: 'beta' })
    return path({ id: answer(await second.POST(ask, asking(version))).id })
  }
  await api.POST('/api/v1/release-requests/{id}/approve', { ...(await asked('1.0.0')), body: { reason } })
  await api.POST('/api/v1/release-requests/{id}/refuse', { ...(await asked('2.0.0')), body: { reason } })
  const own = path({ id: answer(await api.POST(ask, asking('2.0.0'))).id })
  await api.POST('/api/v1/release-requests/{id}/withdraw', { ...own, body: { reason } })
  const back = { ...path({ service: 'news', version: '2.0.0' }), body: { reason, rollBack: true } }
  await api.POST('/api/v1/services/{service}/versions/{version}/withdrawal', back)
}

/** A candidate on a test device, and back. */
async function trials(): Promise<void> {
  const at = { ...hub, api }
  const tester = await WireDevice.start(hub, await createClaim(at, await createHousehold(at)))
  await api.PATCH('/api/v1/devices/{id}', { ...path({ id: tester.id }), body: { tags: ['test-device'] } })
  const component = { deviceClass: 'phone' as const, files: { a: 'early' } }
  await publishTestService({ ...hub, api }, 'early', '1.0.0', [component], { released: false })
  const which = { service: 'early', version: '1.0.0' }
  const trying = { ...path(which), body: { devices: [tester.id] } }
  const { items } = answer(await api.POST('/api/v1/services/{service}/versions/{version}/trials', trying))
  const undo = '/api/v1/services/{service}/versions/{version}/trials/{trial}/undo'
  await api.POST(undo, path({ ...which, trial: items[0]!.id }))
  await tester.disconnect()
}

async function foreignDevices(household: string): Promise<void> {
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

async function devicesAndOrders(): Promise<void> {
  const household = await createHousehold({ api } as never)
  const at = { ...hub, api }
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
  await foreignDevices(household)
  phone = await WireDevice.start(hub, await createClaim(at, household))
  const device = path({ id: phone.id })
  await api.PATCH('/api/v1/devices/{id}', { ...device, body: { name: 'Bea’s' } })
  await labels('devices', phone.id)
  const floor = path({ kind: 'device' as const, name: 'floor' })
  await api.PUT('/api/v1/attributes/{kind}/{name}', { ...floor, body: { type: 'number' } })
  await api.DELETE('/api/v1/attributes/{kind}/{name}', floor)
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
  const order = await placeOrder(at, household, 'add', 'guide', { allOrNothing: false })
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
  const tmf = '/tmf-api/serviceOrdering/v4'
  const serviceOrderItem = [
    { id: '1', action: 'add' as const, service: { serviceSpecification: { id: 'guide', version: '1.1.0' } } },
  ]
  const relatedParty = [{ id: await createHousehold(at), role: 'household' }]
  await (await WireDevice.start(hub, await createClaim(at, relatedParty[0]!.id))).disconnect()
  const ordered = answer(await api.POST(`${tmf}/serviceOrder`, { body: { relatedParty, serviceOrderItem } }))
  answer(await api.POST(`${tmf}/cancelServiceOrder`, { body: { serviceOrder: { id: ordered.id } } }))
  for (const face of ['serviceOrdering', 'serviceInventory', 'serviceCatalogManagement'] as const) {
    const at = `/tmf-api/${face}/v4/hub` as const
    const { id } = answer(await api.POST(at, { body: { callback: 'https://example.org/' } }))
    await api.DELETE(`${at}/{id}`, path({ id }))
  }
  // One that was restarted, and is back before that: there are two of it.
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

async function policies(): Promise<void> {
  const notify = { notify: { message: 'x' } }
  const approve = { by: 'operator' as const, within: 'P1D', else: 'deny' as const }
  const when = { event: 'household.created' }
  const body = { name: 'asking', description: '', when, if: 'true', then: [{ approve }, notify], limits: {} }
  answer(await api.POST('/api/v1/policies', { body }))
  const policy = path({ id: 'asking' })
  answer(await api.POST('/api/v1/policies/{id}/versions', { ...policy, body }))
  const version = path({ id: 'asking', version: 1 })
  const trial = answer(
    await api.POST('/api/v1/policies/{id}/versions/{version}/trials', { ...version, body: { days: 1 } }),
  )
  const activation = { trial: trial.id, acknowledge: ['everyone' as const, 'nothing-seen' as const] }
  answer(await api.POST('/api/v1/policies/{id}/versions/{version}/activate', { ...version, body: activation }))
  for (let count = 0; count < 2; count++) await createHousehold({ api } as never)
  const asked = await until(async () => {
    const { items } = answer(await api.GET('/api/v1/approvals', { params: { query: { state: 'waiting' } } }))
    return items.length === 2 ? items : null
  })
  answer(await api.POST('/api/v1/approvals/{id}/approve', { ...path({ id: asked[0]!.id }), body: { reason } }))
  answer(await api.POST('/api/v1/approvals/{id}/deny', { ...path({ id: asked[1]!.id }), body: { reason } }))
  answer(await api.POST('/api/v1/policies/{id}/off', { ...policy, body: { reason } }))
}

async function campaigns(): Promise<void> {
  const [home] = await addHomes(hub, systemClock, 'campaign', [{ classes: ['phone'] }])
  const body = {
    name: 'C',
    selection: { devices: [...home!.devices] },
    order: { action: 'add' as const, service: 'guide' },
    approvals: [{ before: 1 }],
  } as unknown as Schemas['CampaignRequest']
  const made = answer(await api.POST('/api/v1/campaigns', { body }))
  const at = path({ id: made.id })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/preview', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/start', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'waiting')
  await api.POST('/api/v1/campaigns/{id}/pause', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'paused')
  await api.POST('/api/v1/campaigns/{id}/resume', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'waiting')
  await api.POST('/api/v1/campaigns/{id}/abort', { ...at, body: { reason } })
  await api.POST('/api/v1/campaigns/{id}/roll-back', { ...at, body: { reason } })
  const second = createClient({ hub: hub.url, token: await secondPerson(hub, 'second', 'operator') })
  const theirs = answer(await second.POST('/api/v1/campaigns', { body }))
  const approval = { ...path({ id: theirs.id }), body: { wave: 1, reason } }
  await untilCampaign({ api }, theirs.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/approve', approval)
}

const errand = (version: string): string => `model errand ${version}
data size = 1
states open (initial), away, over (final)
signal divide(by: int), go, end
on divide: open -> open
  set size = data.size / args.by
on go: open -> away
on end: open -> over
on end: away -> over as "end away"
`

async function instances(): Promise<void> {
  await api.PUT('/api/v1/roles/{role}', { ...path({ role: 'delivery' }), body: { version: null } })
  for (const version of ['1.0.0', '2.0.0']) await api.POST('/api/v1/models', { body: { text: errand(version) } })
  const at = (id: string) => path({ model: 'errand', id })
  for (const id of ['a1', 'a2', 'a3', 'a4'])
    await api.POST('/api/v1/instances', { body: { model: 'errand', version: '1.0.0', id } })
  const divide = { body: { type: 'divide', args: { by: 0 } } }
  for (const id of ['a1', 'a2', 'a3'])
    await api.POST('/api/v1/instances/{model}/{id}/signals', { ...at(id), ...divide }).catch(() => {})
  await api.POST('/api/v1/instances/{model}/{id}/signals', { ...at('a4'), body: { type: 'divide', args: { by: 1 } } })
  await api.POST('/api/v1/instances/{model}/{id}/skip', { ...at('a1'), body: { reason } })
  await api.POST('/api/v1/instances/{model}/{id}/repair', { ...at('a2'), body: { reason, states: ['away'] } })
  await api.POST('/api/v1/instances/{model}/{id}/retry', { ...at('a3'), body: { reason } })
  await api.POST('/api/v1/instances/{model}/{id}/cancel', { ...at('a4'), body: { reason } })
  // As long as somebody holds an instance, the migration goes on.
  await hub.database.owner.transaction(async ({ sql }) => {
    await sql`select from engine_instance where id = 'a1' for update`
    const body = { to: '2.0.0', from: '1.0.0', reason }
    const begun = answer(await api.POST('/api/v1/models/{name}/migrations', { ...path({ name: 'errand' }), body }))
    const which = path({ name: 'errand', id: begun.id })
    await api.POST('/api/v1/models/{name}/migrations/{id}/cancel', { ...which, body: { reason } })
  })
}

async function oneself(): Promise<void> {
  const first = await login()
  await login()
  const open = answer(await first.GET('/api/v1/sessions')).items
  await first.DELETE('/api/v1/sessions/{id}', path({ id: open.toReversed().find(({ current }) => !current)!.id }))
  await first.DELETE('/api/v1/sessions')
  const body = { current: firstOperator.password, next: `${firstOperator.password} again` }
  await (await login()).PUT('/api/v1/me/password', { body })
}

interface Row {
  readonly transaction: string
  readonly entry: string
}

interface Entry {
  readonly action: string
  readonly verdict: string
  readonly request: string
  readonly principal: { readonly kind: string }
  readonly changes: readonly { readonly type: string; readonly subject: string }[]
}

/** The decision's row; where it has several, the one with these events. */
async function rowOf(decision: string, types: readonly string[]): Promise<Row> {
  const { sql } = hub.database.owner
  const find = () => sql<Row[]>`
    select xmin::text as transaction, entry from registration.registration_audit_entry
    where about @> ${[decision]}::text[] order by at, chain, position limit 10`
  const rows = await until(async () => orNone(await find()), { what: `the row of ${decision}` })
  const told = ({ entry }: Row): string[] => (JSON.parse(entry) as Entry).changes.map(({ type }) => type)
  return rows.find((row) => told(row).join() === types.join()) ?? rows[0]!
}

function orNone(rows: readonly Row[]): readonly Row[] | undefined {
  return rows.length === 0 ? undefined : rows
}

/** How many of the changes are events of that very transaction. */
async function eventsOf({ transaction }: Row, { changes: told }: Entry): Promise<number> {
  const { sql } = hub.database.owner
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int as count from platform_event e
    join unnest(${told.map(({ type }) => type)}::text[], ${told.map(({ subject }) => subject)}::text[]) as c (type, subject)
      on c.type = e.type and c.subject = e.subject
    where e.xmin::text = ${transaction}`
  return found!.count
}

test('what is told is as the catalogue of events says', async () => {
  expect(await uncatalogued(hub.database)).toEqual([])
})

describe('what changes something', { timeout: patience }, () => {
  test('is on the list, all of it, and was done', () => {
    const wanted = operations.filter(({ method, open, id }) => method !== 'GET' && !open && !readers.has(id))
    expect(wanted.map(({ id }) => id).toSorted()).toEqual(Object.keys(changes).toSorted())
    const done = new Set(made.map(({ id }) => id))
    expect(Object.keys(changes).filter((id) => !done.has(id))).toEqual([])
  })

  test.each(Object.entries(changes))('%s: its decision is in the audit, in one row with %j', async (id, types) => {
    for (const { decision, request } of made.filter((each) => each.id === id)) {
      expect(decision).toMatch(/^dec-/)
      const row = await rowOf(decision!, types)
      const entry = JSON.parse(row.entry) as Entry
      expect(entry).toMatchObject({ verdict: 'allowed', request, principal: { kind: 'person' } })
      expect(entry.action).not.toMatch(/\.read$/)
      expect(entry.changes.map(({ type }) => type)).toEqual(types)
      const inLog = types.filter((type) => !auditOnly.test(type))
      expect(await eventsOf(row, entry)).toBe(inLog.length)
    }
  })
})

describe('who becomes somebody', { timeout: patience }, () => {
  const rows = async (action: string) => {
    const found = await hub.database.owner.sql<{ entry: string }[]>`
      select entry from registration.registration_audit_entry
      where entry like ${`%"action":"${action}"%`} order by at, chain, position`
    return found.map(({ entry }) => JSON.parse(entry) as Entry & { readonly reason: string; readonly object: object })
  }

  test('has a row: set-up, with the account that it made, log-in, log-out and enrolment', async () => {
    const [admitted] = await rows('account.admit')
    expect(admitted).toMatchObject({ reason: 'a one-time link that is good', principal: { kind: 'person' } })
    expect(admitted!.changes.map(({ type }) => type).toSorted()).toEqual([
      'account.created',
      'invitation.accepted',
      'user.created',
    ])
    const opened = await rows('session.open')
    expect(opened.map(({ reason: why }) => why)).toEqual(
      expect.arrayContaining(['its one-time link', 'its password', 'its password']),
    )
    expect(opened.every(({ object }) => 'session' in object && 'account' in object)).toBe(true)
    expect((await rows('session.write')).length).toBeGreaterThan(1)
    const enrolled = (await rows('device.enrol')).flatMap(({ changes: told }) => told)
    expect(enrolled).toContainEqual(expect.objectContaining({ type: 'device.enrolled', subject: phone.id }))
  })

  test('has a row when refused, without what was typed', async () => {
    const ask = (where: string, body: object) =>
      fetch(`${hub.url}/api/v1/${where}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const typed = 'Secret-typed-into-the-wrong-field'
    expect((await ask('sessions', { name: firstOperator.name, password: typed })).status).toBe(401)
    expect((await ask('sessions', { name: typed.toLowerCase(), password: typed })).status).toBe(401)
    expect((await ask('setup', { name: 'eve', password: typed, token: `sui_${'A'.repeat(43)}` })).status).toBe(403)
    const refused = async () =>
      [...(await rows('session.open')), ...(await rows('account.admit'))].filter(({ verdict }) => verdict === 'refused')
    await until(async () => (await refused()).length === 3)
    const told = await refused()
    expect(told.map(({ reason: why }) => why)).toEqual(['a wrong password', 'no such account', 'no such one-time link'])
    expect(told[0]!.object).toHaveProperty('account')
    expect(JSON.stringify(told).toLowerCase()).not.toContain(typed.toLowerCase())
  })
})
