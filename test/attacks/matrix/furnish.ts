import { answer, createClient, type SutlerClient } from '@sutler/client'
import type { Sql } from '../../../hub/src/platform/database.ts'
import { createHousehold, publishTestService } from '../../journeys/household.ts'
import type { ComposedHub } from '../../support/composed-hub.ts'

/** One of everything of a tenant, made as an operator of it does; what only devices and the engine make is put into the tables. */

/** What is asked for of one tenant, by the path's first word, or by the operation. */
export type Ids = Readonly<Record<string, string>>

export const password = 'a long enough password'

/** What most things are of. */
interface Furnishing {
  readonly tenant: string
  readonly api: SutlerClient
  readonly sql: Sql
  readonly now: Date
  readonly soon: Date
  readonly household: string
  readonly user: string
  readonly service: string
}

export async function furnish(hub: ComposedHub, tenant: string, token: string): Promise<Ids> {
  const api = createClient({ hub: hub.url, token })
  const household = await createHousehold({ api } as never)
  const account = { name: `person-${tenant}`, password, roles: ['subscriber' as const], households: [household] }
  const { id: user } = answer(await api.POST('/api/v1/accounts', { body: account }))
  const service = `radio-${tenant}`
  const component = { deviceClass: 'phone' as const, files: { a: tenant } }
  await publishTestService({ api, trust: hub.trust, secure: hub.secure }, service, '1.0.0', [component])
  const now = new Date()
  const soon = new Date(now.getTime() + 3_600_000)
  const made = { tenant, api, sql: hub.database.owner.sql, now, soon, household, user, service }
  const entities = await entityRows(made)
  const orders = await orderRows(made, entities.devices)
  return {
    households: household,
    preferences: household,
    users: user,
    Users: user,
    accounts: user,
    services: service,
    ...entities,
    ...orders,
    ...(await wayIn(made)),
    ...(await foreignDevice(made)),
    ...(await engineRows(made)),
    ...(await campaignRows(made)),
    ...(await developerRows(made, orders.orders)),
    ...(await policyRows(made)),
    ...(await participants(made, entities.devices)),
    ...(await tmForum(made, orders.orders)),
  }
}

/** A device of a protocol of its own, which alone has identities, and one that waits. */
async function foreignDevice({ tenant, api, sql, now, soon, household }: Furnishing) {
  const box = { household, class: 'gateway', protocol: 'ddi', identity: 'box' } as const
  const { device, identity, credential } = answer(await api.POST('/api/v1/devices', { body: box }))
  const leaving = answer(await api.POST('/api/v1/devices', { body: { ...box, identity: 'box-2' } }))
  const { id: gateway } = answer(
    await api.POST('/api/v1/gateway-credentials', { body: { protocol: 'ddi', name: 'Batch' } }),
  )
  const waiting = `enr-box-of-${tenant}`
  await sql`
    insert into registration.registration_enrolment (id, tenant, serial, state, protocol, identity, gateway, asked_at, seen_at,
      expires_at)
    values (${waiting}, ${tenant}, 'S', 'waiting', 'ddi', 'another', ${gateway}, ${now}, ${now}, ${soon})`
  return {
    identities: identity.id,
    credentials: credential.id,
    'gateway-credentials': gateway,
    acceptDevice: waiting,
    listDeviceIdentities: device,
    addDeviceIdentity: device,
    removeDeviceIdentity: leaving.device,
    'identity to removeDeviceIdentity': leaving.identity.id,
    addDeviceCredential: device,
    revokeDeviceCredential: device,
    changeDeviceProtocol: device,
  }
}

async function entityRows({ tenant, api, sql, now, household, user }: Furnishing) {
  const [device, importId] = [`dev-of-${tenant}`, `imp-of-${tenant}`]
  await sql`
    insert into entity_device (id, tenant, household, class, serial, name, created_at)
    values (${device}, ${tenant}, ${household}, 'phone', 'S', 'D', ${now})`
  await sql`
    insert into entity_import (id, tenant, kind, started_by, state, created_at, updated_at)
    values (${importId}, ${tenant}, 'devices', ${user}, 'done', ${now}, ${now})`
  const { id: group } = answer(await api.POST('/api/v1/groups', { body: { name: 'G', devices: [] } }))
  const { id: people } = answer(await api.POST('/api/v1/user-groups', { body: { name: 'P', users: [user] } }))
  const { id: leaving } = answer(await api.POST('/api/v1/user-groups', { body: { name: 'Q' } }))
  const unreachable = { kind: 'ldap', name: 'D', url: 'ldaps://127.0.0.1:1', settings: { base: 'dc=x' } }
  const { id: directories } = answer(await api.POST('/api/v1/directories', { body: unreachable as never }))
  const groups = { directories, groups: group, Groups: people, 'user-groups': people, removeScimGroup: leaving }
  const note = async (kind: 'devices' | 'users' | 'households', id: string): Promise<string> =>
    answer(await api.POST(`/api/v1/${kind}/{id}/notes`, { params: { path: { id } }, body: { text: 'N' } })).id
  return {
    devices: device,
    imports: importId,
    ...groups,
    ...(await doubles(api)),
    'note-deleteDeviceNote': await note('devices', device),
    'note-deleteUserNote': await note('users', user),
    'note-deleteHouseholdNote': await note('households', household),
  }
}

/** Those that can be merged into the others. */
async function doubles(api: SutlerClient) {
  const user = async () => answer(await api.POST('/api/v1/users', { body: { name: 'Double' } })).id
  const household = () => createHousehold({ api } as never)
  return {
    'from-previewMergeUsers': await user(),
    'from-mergeUsers': await user(),
    'from-previewMergeHouseholds': await household(),
    'from-mergeHouseholds': await household(),
    // Somebody else than who is changed otherwise.
    eraseUser: await user(),
  }
}

async function orderRows({ tenant, sql, now, household, user, service }: Furnishing, device: string) {
  const [order, item] = [`ord-of-${tenant}`, `itm-of-${tenant}`]
  const [subscription, delivery] = [`sub-of-${tenant}`, `dlv-of-${tenant}`]
  await sql`
    insert into order_order (id, tenant, household, requested_by, decision, state, created_at, updated_at)
    values (${order}, ${tenant}, ${household}, ${user}, 'dec-1', 'completed', ${now}, ${now})`
  await sql`
    insert into order_subscription (id, tenant, household, service, version, state, created_at, updated_at)
    values (${subscription}, ${tenant}, ${household}, ${service}, '1.0.0', 'active', ${now}, ${now})`
  await sql`
    insert into order_item (id, order_id, position, action, service, version, subscription, state)
    values (${item}, ${order}, 0, 'add', ${service}, '1.0.0', ${subscription}, 'completed')`
  await sql`
    insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
      manifest_size, files, bytes, state, created_at, updated_at)
    values (${delivery}, ${tenant}, ${order}, ${item}, ${subscription}, ${household}, ${device}, 'install', ${service}, '1.0.0',
      'app', 1, 1, 1, 'confirmed', ${now}, ${now})`
  return { orders: order, items: item, subscriptions: subscription, deliveries: delivery }
}

/** How people, programs and devices get in. */
async function wayIn({ tenant, api, sql, now, soon, household }: Furnishing) {
  const { id: key } = answer(
    await api.POST('/api/v1/api-keys', { body: { name: 'K', roles: ['operator'], expiresInSeconds: 3600 } }),
  )
  const { id: claim } = answer(await api.POST('/api/v1/claims', { body: { household } }))
  const { id: invitation } = answer(await api.POST('/api/v1/invitations', { body: { roles: ['sponsor'] } }))
  const body = { name: 'P', issuer: `https://${tenant}.example`, clientId: 'sutler' }
  const { id: provider } = answer(await api.POST('/api/v1/identity-providers', { body }))
  const { items: sessions } = answer(await api.GET('/api/v1/sessions'))
  const enrolment = `enr-of-${tenant}`
  await sql`
    insert into registration.registration_enrolment (id, tenant, household, claim, public_key, serial, class, state, asked_at, expires_at)
    values (${enrolment}, ${tenant}, ${household}, ${claim}, '', 'S', 'phone', 'waiting', ${now}, ${soon})`
  return {
    'api-keys': key,
    claims: claim,
    invitations: invitation,
    'identity-providers': provider,
    sessions: sessions[0]!.id,
    enrolments: enrolment,
  }
}

async function instanceRow({ tenant, sql }: Furnishing, model: string, id: string, states: string[]): Promise<void> {
  await sql`
    insert into engine_instance (key, tenant, model, id, version, depth, call, states, data, pending, steps, entries, created_at, changed_at)
    select nextval('engine_instance_key'), ${tenant}, name, ${id}, version, 0, '{}', ${sql.json(states)}, '{}', '{}', 0, 0, 0, 0
    from engine_model where name = ${model} limit 1`
}

async function engineRows(made: Furnishing) {
  const { tenant, sql, user } = made
  const [instance, migration] = [`instance-${tenant}`, `mig-of-${tenant}`]
  await instanceRow(made, 'delivery', instance, [])
  await sql`
    insert into engine_migration (id, tenant, model, from_version, to_version, states, instances, reason, started_by, state, created_at)
    values (${migration}, ${tenant}, 'delivery', '1.0.0', '1.0.1', '{}', null, 'r', ${user}, 'running', 0)`
  return { instances: instance, migrations: migration }
}

async function campaignRows(made: Furnishing) {
  const { tenant, sql, now, user, service } = made
  const campaign = `cmp-of-${tenant}`
  await instanceRow(made, 'campaign', campaign, ['planned'])
  await sql`
    insert into order_campaign (id, tenant, name, document, created_by, decision, state, why, since, planned_at, created_at, updated_at)
    values (${campaign}, ${tenant}, 'C', ${sql.json(campaignDocument(service))}, ${user}, 'dec-1', 'planned', '', ${now}, ${now}, ${now}, ${now})`
  return { campaigns: campaign }
}

/** As it is kept: durations in milliseconds. */
function campaignDocument(service: string) {
  return {
    name: 'C',
    selection: { devices: [] },
    joining: false,
    order: { action: 'remove', service },
    waves: [{ percent: 100 }],
    rate: { perMinute: 1 },
    gates: [],
    windows: [],
    errorBudget: null,
    within: 1,
    approvals: [],
    onDeadline: 'pause',
    pauseAtMost: 1,
  }
}

async function developerRows({ tenant, sql, now, user, service, household }: Furnishing, order: string) {
  const [request, trial] = [`rel-of-${tenant}`, `trl-of-${tenant}`]
  await sql`
    insert into developer_release_request (id, tenant, developer, service, version, channel, note, state, asked_by, asked_by_name, asked_at)
    values (${request}, ${tenant}, ${user}, ${service}, '1.0.0', 'stable', '', 'waiting', ${user}, 'p', ${now})`
  await sql`
    insert into developer_trial (id, tenant, service, version, household, devices, had, order_id, by_id, at)
    values (${trial}, ${tenant}, ${service}, '1.0.0', ${household}, '{dev}', null, ${order}, ${user}, ${now})`
  return { 'release-requests': request, trials: trial }
}

async function policyRows({ tenant, api, sql, now, soon, household, user }: Furnishing) {
  const [policy, firing, approval] = [`pol-of-${tenant}`, `fir-of-${tenant}`, `apr-of-${tenant}`]
  await sql`
    insert into policy_policy (id, tenant, name, newest, active, created_at) values (${policy}, ${tenant}, ${policy}, 1, 1, ${now})`
  const document = { name: policy, when: { event: 'household.created' }, then: [{ notify: { message: 'x' } }] }
  await sql`
    insert into policy_version (policy, version, tenant, state, document, types, trigger, created_by, created_at)
    values (${policy}, 1, ${tenant}, 'active', ${sql.json({ if: 'true', limits: {}, description: '', ...document })}, '{}', 'none', ${user}, ${now})`
  await sql`
    insert into policy_firing (id, tenant, policy, version, name, cause, cause_id, subject, household, at, state, detail, clauses,
      actions, depth, authority)
    values (${firing}, ${tenant}, ${policy}, 1, 'p', ${sql.json({ kind: 'event', id: '1.1', what: 'x' })}, 'event 1.1', 's', ${household},
      ${now}, 'done', '', '[]', '[]', 0, '')`
  await sql`
    insert into policy_approval (id, tenant, policy, name, version, household, question, asked, otherwise, state, until, asked_at)
    values (${approval}, ${tenant}, ${policy}, 'p', 1, ${household}, 'q', 'household', 'deny', 'waiting', ${soon}, ${now})`
  const consent = { household, kind: 'category', target: 'film', answer: 'granted', reason: '' } as const
  const { id: consents } = answer(await api.POST('/api/v1/consents', { body: consent }))
  return { policies: policy, firings: firing, approvals: approval, consents }
}

async function participants({ tenant, api, sql, now, user }: Furnishing, device: string) {
  const operation = `dop-of-${tenant}`
  await sql`
    insert into participant_operation (id, tenant, selection, operation, started_by, decision, state, planned, per_minute, next_at, until,
      created_at, updated_at)
    values (${operation}, ${tenant}, ${sql.json({ devices: [device] })}, ${sql.json({ kind: 'query-capabilities' })}, ${user}, 'dec-1',
      'cancelled', 1, 1, ${now}, ${now}, ${now}, ${now})`
  const webhook = { url: 'https://example.org/', types: [] }
  const { id: webhooks } = answer(await api.POST('/api/v1/webhooks', { body: webhook }))
  const notifications = `ntf-of-${tenant}`
  await sql`
    insert into participant_notification (id, tenant, owner, roles, email, kinds, types, filter, state, xact, event, due_at, created_at)
    values (${notifications}, ${tenant}, ${user}, '{subscriber}', 'x@example.org', '{orders}', '{}', '', 'disabled', '1', 0, ${now}, ${now})`
  return { 'device-operations': operation, webhooks, notifications }
}

/** What TM Forum's interfaces show the same things as. */
async function tmForum({ tenant, api, sql, now, household, user, service }: Furnishing, order: string) {
  const cancellation = `can-of-${tenant}`
  await sql`
    insert into participant_tmf_cancellation (id, tenant, order_id, household, owner, reason, asked_by, asked_at)
    values (${cancellation}, ${tenant}, ${order}, ${household}, ${user}, 'r', ${user}, ${now})`
  const category = `about-${tenant}`
  const body = { categories: [category] }
  await api.PATCH('/api/v1/services/{service}', { params: { path: { service } }, body })
  const listen = async (face: 'serviceOrdering' | 'serviceInventory' | 'serviceCatalogManagement') =>
    answer(await api.POST(`/tmf-api/${face}/v4/hub`, { body: { callback: 'https://example.org/' } })).id
  return {
    unregisterOrderListener: await listen('serviceOrdering'),
    unregisterInventoryListener: await listen('serviceInventory'),
    unregisterCatalogListener: await listen('serviceCatalogManagement'),
    serviceOrder: order,
    cancelServiceOrder: cancellation,
    service: `sub-of-${tenant}`,
    serviceSpecification: service,
    serviceCandidate: service,
    serviceCategory: category,
  }
}
