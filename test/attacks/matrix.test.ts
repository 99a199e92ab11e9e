import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, createClient } from '@sutler/client'
import { scopeOf } from '../../hub/src/modules/registration/domain/decide.ts'
import type { Action, Role } from '../../hub/src/platform/access.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { loginsOf } from '../../hub/src/platform/walls/logins.ts'
import { readTables } from '../../hub/src/platform/walls/tables.ts'
import { createHousehold, patience, publishTestService } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { becomeOperator, firstOperator } from '../support/first-operator.ts'
import { testSealingKey } from '../support/sealing.ts'

/** Role × route × tenant, made from the routes that there are: with both walls, and with the first one alone. */

const roles: readonly Role[] = ['operator', 'developer', 'sponsor', 'subscriber', 'auditor']
const password = 'a long enough password'

interface Operation {
  readonly method: string
  readonly path: string
  readonly id: string
  readonly action: Action | undefined
  readonly open: boolean
}

/** What is asked for of one tenant, by the path's first word. */
type Ids = Readonly<Record<string, string>>

interface World {
  readonly hub: ComposedHub
  readonly operations: readonly Operation[]
  readonly main: Ids
  readonly acme: Ids
  /** Of acme, by role. */
  readonly tokens: ReadonlyMap<Role, string>
}

/** Decided by something else than a declared action: everybody's own things, and what anybody may do without being somebody. */
const withoutAction: ReadonlySet<string> = new Set([
  'acceptInvitation',
  'changeOwnPassword',
  'createBrowserSession',
  'createSession',
  'deleteBrowserSession',
  'deleteSession',
  'endBrowserSession',
  'enrolDevice',
  'finishOidcLogin',
  'getPrincipal',
  'health',
  'metrics',
  'readiness',
  'renewCertificate',
  'setupBrowser',
  'startOidcLogin',
])

async function operationsOf(url: string): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown[]; 'x-action'?: Action }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id, security, 'x-action': action }]) => {
      return { method: method.toUpperCase(), path, id, action, open: security.length === 0 }
    }),
  )
}

/** One of everything, made as an operator of the tenant does; what only devices and the engine make is put into the tables. */
async function furnish(hub: ComposedHub, tenant: string, token: string): Promise<Ids> {
  const api = createClient({ hub: hub.url, token })
  const household = await createHousehold({ api } as never)
  const account = { name: `person-${tenant}`, password, roles: ['subscriber' as const], households: [household] }
  const { id: user } = answer(await api.POST('/api/v1/accounts', { body: account }))
  const { id: key } = answer(
    await api.POST('/api/v1/api-keys', { body: { name: 'K', roles: ['operator'], expiresInSeconds: 3600 } }),
  )
  const { id: claim } = answer(await api.POST('/api/v1/claims', { body: { household } }))
  const { id: invitation } = answer(await api.POST('/api/v1/invitations', { body: { roles: ['sponsor'] } }))
  const { id: webhook } = answer(
    await api.POST('/api/v1/webhooks', { body: { url: 'https://example.org/', types: [] } }),
  )
  const service = `radio-${tenant}`
  const component = { deviceClass: 'phone' as const, files: { a: tenant } }
  await publishTestService({ api, trust: hub.trust, secure: hub.secure }, service, '1.0.0', [component])
  const instance = `instance-${tenant}`
  const { sql } = hub.database.owner
  const [device, order, item, subscription, delivery, now] = [
    ...['dev', 'ord', 'itm', 'sub', 'dlv'].map((kind) => `${kind}-of-${tenant}`),
    new Date(),
  ] as [string, string, string, string, string, Date]
  await sql`
    insert into entity_device (id, tenant, household, class, serial, name, created_at)
    values (${device}, ${tenant}, ${household}, 'phone', 'S', 'D', ${now})`
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
  await sql`
    insert into engine_instance (key, tenant, model, id, version, depth, call, states, data, pending, steps, entries, created_at, changed_at)
    select nextval('engine_instance_key'), ${tenant}, name, ${instance}, version, 0, '{}', '[]', '{}', '{}', 0, 0, 0, 0
    from engine_model where name = 'delivery' limit 1`
  const { id: group } = answer(await api.POST('/api/v1/groups', { body: { name: 'G', devices: [] } }))
  const operation = `dop-of-${tenant}`
  await sql`
    insert into participant_operation (id, tenant, selection, operation, started_by, decision, state, planned, per_minute, next_at, until,
      created_at, updated_at)
    values (${operation}, ${tenant}, ${sql.json({ devices: [device] })}, ${sql.json({ kind: 'query-capabilities' })}, ${user}, 'dec-1',
      'cancelled', 1, 1, ${now}, ${now}, ${now}, ${now})`
  const campaign = `cmp-of-${tenant}`
  await sql`
    insert into engine_instance (key, tenant, model, id, version, depth, call, states, data, pending, steps, entries, created_at, changed_at)
    select nextval('engine_instance_key'), ${tenant}, name, ${campaign}, version, 0, '{}', '["planned"]', '{}', '{}', 0, 0, 0, 0
    from engine_model where name = 'campaign' limit 1`
  await sql`
    insert into order_campaign (id, tenant, name, document, created_by, decision, state, why, since, planned_at, created_at, updated_at)
    values (${campaign}, ${tenant}, 'C', ${sql.json(campaignDocument(service))}, ${user}, 'dec-1', 'planned', '', ${now}, ${now}, ${now}, ${now})`
  const body = { name: 'P', issuer: `https://${tenant}.example`, clientId: 'sutler' }
  const { id: provider } = answer(await api.POST('/api/v1/identity-providers', { body }))
  const { items: sessions } = answer(await api.GET('/api/v1/sessions'))
  const migration = `mig-of-${tenant}`
  await sql`
    insert into engine_migration (id, tenant, model, from_version, to_version, states, instances, reason, started_by, state, created_at)
    values (${migration}, ${tenant}, 'delivery', '1.0.0', '1.0.1', '{}', null, 'r', ${user}, 'running', 0)`
  const { id: consent } = answer(
    await api.POST('/api/v1/consents', {
      body: { household, kind: 'category', target: 'film', answer: 'granted', reason: '' },
    }),
  )
  const importId = `imp-of-${tenant}`
  await sql`
    insert into entity_import (id, tenant, kind, started_by, state, created_at, updated_at)
    values (${importId}, ${tenant}, 'devices', ${user}, 'done', ${now}, ${now})`
  const enrolment = `enr-of-${tenant}`
  await sql`
    insert into registration.registration_enrolment (id, tenant, household, claim, public_key, serial, class, state, asked_at, expires_at)
    values (${enrolment}, ${tenant}, ${household}, ${claim}, '', 'S', 'phone', 'waiting', ${now}, ${new Date(Date.now() + 3_600_000)})`
  const policy = `pol-of-${tenant}`
  await sql`
    insert into policy_policy (id, tenant, name, newest, active, created_at) values (${policy}, ${tenant}, ${policy}, 1, 1, ${now})`
  const document = { name: policy, when: { event: 'household.created' }, then: [{ notify: { message: 'x' } }] }
  await sql`
    insert into policy_version (policy, version, tenant, state, document, types, trigger, created_by, created_at)
    values (${policy}, 1, ${tenant}, 'active', ${sql.json({ if: 'true', limits: {}, description: '', ...document })}, '{}', 'none', ${user}, ${now})`
  const firing = `fir-of-${tenant}`
  await sql`
    insert into policy_firing (id, tenant, policy, version, name, cause, cause_id, subject, household, at, state, detail, clauses,
      actions, depth, authority)
    values (${firing}, ${tenant}, ${policy}, 1, 'p', ${sql.json({ kind: 'event', id: '1.1', what: 'x' })}, 'event 1.1', 's', ${household},
      ${now}, 'done', '', '[]', '[]', 0, '')`
  const approval = `apr-of-${tenant}`
  await sql`
    insert into policy_approval (id, tenant, policy, name, version, household, question, asked, otherwise, state, until, asked_at)
    values (${approval}, ${tenant}, ${policy}, 'p', 1, ${household}, 'q', 'household', 'deny', 'waiting',
      ${new Date(Date.now() + 3_600_000)}, ${now})`
  const cancellation = `can-of-${tenant}`
  await sql`
    insert into participant_tmf_cancellation (id, tenant, order_id, household, owner, reason, asked_by, asked_at)
    values (${cancellation}, ${tenant}, ${order}, ${household}, ${user}, 'r', ${user}, ${now})`
  const categories = [`about-${tenant}`]
  await api.PATCH('/api/v1/services/{service}', { params: { path: { service } }, body: { categories } })
  const listen = async (face: 'serviceOrdering' | 'serviceInventory' | 'serviceCatalogManagement') =>
    answer(await api.POST(`/tmf-api/${face}/v4/hub`, { body: { callback: 'https://example.org/' } })).id
  return {
    unregisterOrderListener: await listen('serviceOrdering'),
    unregisterInventoryListener: await listen('serviceInventory'),
    unregisterCatalogListener: await listen('serviceCatalogManagement'),
    serviceOrder: order,
    cancelServiceOrder: cancellation,
    service: subscription,
    serviceSpecification: service,
    serviceCandidate: service,
    serviceCategory: categories[0]!,
    policies: policy,
    firings: firing,
    approvals: approval,
    enrolments: enrolment,
    groups: group,
    'device-operations': operation,
    imports: importId,
    'identity-providers': provider,
    sessions: sessions[0]!.id,
    migrations: migration,
    households: household,
    users: user,
    accounts: user,
    'api-keys': key,
    claims: claim,
    invitations: invitation,
    webhooks: webhook,
    services: service,
    instances: instance,
    devices: device,
    orders: order,
    items: item,
    subscriptions: subscription,
    campaigns: campaign,
    deliveries: delivery,
    preferences: household,
    consents: consent,
  }
}

/** As it is kept: durations in milliseconds. */
function campaignDocument(service: string) {
  return {
    name: 'C',
    selection: { devices: [] },
    joining: false,
    order: {
      action: 'remove',
      service,
    },
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

/** By a name that is the installation's, by a digest, or open to everybody: there is no id of another tenant's in them. */
const nobodys: ReadonlySet<string> = new Set([
  'assignRole',
  'changeTenant',
  'drawModel',
  'finishOidcLogin',
  'getModel',
  'getSignedMetadata',
  'installIntermediate',
  'listMigrations',
  'migrateInstances',
  'previewMigration',
  'retrieveServiceCatalog',
  'startOidcLogin',
  'streamModel',
  'takeDeveloperMetadata',
  'uploadBlob',
])

/** With ids of these things; null where one is wanted that is not among them. */
function address({ id: operation, path }: Operation, ids: Ids): string | null {
  const [, kind = ''] = /\/([A-Za-z-]+)\/(?:\{(?:kind|model)\}\/)?\{(?:id|service)\}/.exec(path) ?? []
  // Several things are below an address of the same last word: they go by the operation.
  const id = ids[operation] ?? ids[kind]
  if (path.includes('{') && id === undefined && !nobodys.has(operation)) return null
  return path
    .replace(/\{(model|name)\}/, 'delivery')
    .replace('{item}', ids['items'] ?? 'app')
    .replace('{kind}', 'household')
    .replace('intermediates/{id}', 'intermediates/ca-00000000')
    .replace('{developer}', 'test')
    .replace('{digest}', '0'.repeat(64))
    .replace(/\{(id|service)\}/, id ?? 'app')
    .replace(/(?<=\/policies\/[^/]+\/versions\/)\{version\}/, '1')
    .replaceAll(/\{version\}/g, '1.0.0')
    .replaceAll(/\{\w+\}/g, 'app')
}

const bodies: Readonly<Record<string, object>> = {
  changeHousehold: { name: 'X' },
  createGroup: { name: 'X', devices: [] },
  changeGroup: { name: 'Y' },
  changeGroupDevices: { add: [] },
  previewDeviceOperation: { selection: { devices: ['dev-00000000'] }, operation: { kind: 'query-capabilities' } },
  runDeviceOperation: { token: 'nobodys' },
  changeUser: { name: 'X' },
  changeDevice: { name: 'X' },
  changeAccount: { disabled: false },
  putPreferences: {},
  answerConsent: { household: 'hh-00000000', kind: 'category', target: 'film', answer: 'granted' },
  cancelOrder: { reason: 'r' },
  retryInstance: { reason: 'r' },
  skipInstance: { reason: 'r' },
  repairInstance: { reason: 'r', states: ['x'] },
  cancelInstance: { reason: 'r' },
  signalInstance: { type: 'x', args: {} },
  setVersionState: { state: 'retired' },
  changeIdentityProvider: { name: 'X' },
  cancelMigration: { reason: 'r' },
  changeTenant: { name: 'X' },
  checkModel: { document: {} },
  createAccount: { name: 'nobody-yet', password, roles: ['sponsor'] },
  createApiKey: { name: 'X', roles: ['operator'] },
  createClaim: { household: 'hh-00000000' },
  approveCampaign: { wave: 1 },
  createCampaign: {
    name: 'C',
    selection: { devices: ['dev-00000000'] },
    order: { action: 'remove', service: 'radio' },
  },
  createHousehold: { name: 'X', timeZone: 'UTC' },
  createIdentityProvider: { name: 'X', issuer: 'https://x.example', clientId: 'x' },
  createInvitation: { roles: ['sponsor'] },
  createOrder: { household: 'hh-00000000', items: [{ action: 'add', service: 'radio' }] },
  createService: { id: 'another', title: 'X' },
  createServiceOrder: {
    relatedParty: [{ id: 'hh-00000000', role: 'household' }],
    serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'radio' } } }],
  },
  registerOrderListener: { callback: 'https://example.org/' },
  registerInventoryListener: { callback: 'https://example.org/' },
  registerCatalogListener: { callback: 'https://example.org/' },
  createCancelServiceOrder: { serviceOrder: { id: 'ord-of-acme' } },
  describeService: { title: 'X' },
  promoteVersion: { channel: 'stable' },
  createTenant: { id: 'other', name: 'X' },
  createUser: { name: 'X', households: [] },
  createWebhook: { url: 'https://example.org/', types: [] },
  installIntermediate: { certificate: 'x' },
  exportRootKey: { passphrase: password },
  listMissingBlobs: { digests: [] },
  resolveHousehold: { household: 'hh-00000000' },
  makeOnlineKey: { role: 'timestamp' },
  migrateInstances: { from: '1.0.0', to: '1.0.0', reason: 'r' },
  previewMigration: { from: '1.0.0', to: '1.0.0' },
  publishModel: { document: {} },
  startInstance: { model: 'delivery' },
  assignRole: { version: null },
  takeDeveloperMetadata: { targets: '{}' },
  takeSignedMetadata: { root: '{}' },
  createPolicy: { name: 'another', when: { event: 'household.created' }, then: [{ notify: { message: 'x' } }] },
  createPolicyVersion: { name: 'another', when: { event: 'household.created' }, then: [{ notify: { message: 'x' } }] },
  checkPolicy: { name: 'another', when: { event: 'household.created' }, then: [{ notify: { message: 'x' } }] },
  activatePolicyVersion: { trial: 'tri-nobody' },
  publishVersion: { version: '1.0.0', state: 'draft', notes: '', relations: [], components: [] },
}

async function ask(world: World, token: string, { id, method }: Operation, path: string) {
  const abort = new AbortController()
  const response = await fetch(`${world.hub.url}${path}`, {
    method,
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': id === 'uploadBlob' ? 'application/octet-stream' : 'application/json',
      'if-match': '*',
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(bodies[id] ?? {}) }),
  })
  const told = response.status >= 400 && response.headers.get('content-type')?.includes('json')
  const problem = told ? ((await response.json()) as { type?: string; referenceError?: string }) : null
  abort.abort()
  return { status: response.status, type: problem?.type ?? problem?.referenceError ?? null }
}

/** The tenant's own people asked for those ids before: that they did is in their audit. */
function withoutAsked(page: unknown): string {
  const { items = [] } = page as { items?: { object: object; about: string[] }[] }
  return JSON.stringify(items.map(({ object: _object, about: _about, ...rest }) => rest))
}

async function build(secondWall: boolean): Promise<World> {
  const hub = await composeHub({
    clock: systemClock,
    secondWall,
    env: { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' },
  })
  const made = answer(await hub.api.POST('/api/v1/tenants', { body: { id: 'acme', name: 'Acme' } }))
  const session = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator }))
  const operator = await becomeOperator(made.link, hub.url, { name: 'acme-operator', password })
  const [main, acme] = [await furnish(hub, 'main', session.token), await furnish(hub, 'acme', operator)]
  const tokens = new Map<Role, string>()
  for (const role of roles) {
    const body = { name: `acme-${role}s`, password, roles: [role], households: [acme['households']!] }
    answer(await createClient({ hub: hub.url, token: operator }).POST('/api/v1/accounts', { body }))
    const session = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name: body.name, password } }),
    )
    tokens.set(role, session.token)
  }
  return { hub, operations: await operationsOf(hub.url), main, acme, tokens }
}

describe.each([
  ['with both walls', true],
  ['with the second wall off', false],
])('%s', (_what, secondWall) => {
  let world: World
  beforeAll(async () => {
    world = await build(secondWall)
  }, patience)
  afterAll(() => world?.hub.stop(), patience)

  const principal = (role: Role) =>
    ({ id: 'usr-x', kind: 'person', name: role, tenant: 'acme', roles: [role], households: [] }) as const

  test('every route declares an action, but for a written list', () => {
    const missing = world.operations.filter(({ action, open }) => !action && !open).map(({ id }) => id)
    expect(missing.filter((id) => !withoutAction.has(id))).toEqual([])
  })

  test.each(roles)(
    'to a %s another tenant’s id is answered as one that nobody has, on every route',
    async (role) => {
      const token = world.tokens.get(role)!
      const nobody = Object.fromEntries(Object.keys(world.main).map((kind) => [kind, `nobody-of-${kind.slice(0, 8)}`]))
      const [wrong, asked]: [string[], string[]] = [[], []]
      for (const operation of world.operations) {
        const [theirs, none] = [address(operation, world.main), address(operation, nobody)]
        if (theirs === null || none === null || theirs === none) continue
        const [about, without] = [await ask(world, token, operation, theirs), await ask(world, token, operation, none)]
        asked.push(operation.id)
        const granted = operation.action !== undefined && scopeOf(principal(role), operation.action)?.all === true
        const expected = granted ? [404] : [403, 404]
        // The first wall alone refuses; that nothing tells the one from the other, it takes both.
        const alike = about.status === without.status && about.type === without.type
        if ((secondWall && !alike) || !expected.includes(about.status))
          wrong.push(`${operation.id}: ${about.status} ${about.type}, nobody’s ${without.status} ${without.type}`)
      }
      expect(wrong).toEqual([])
      const withIds = world.operations.filter(({ path, id }) => path.includes('{') && !nobodys.has(id))
      expect(withIds.map(({ id }) => id).filter((id) => !asked.includes(id))).toEqual([])
    },
    patience,
  )

  test.each(roles)(
    'lists of a %s have nothing of another tenant',
    async (role) => {
      const token = world.tokens.get(role)!
      for (const operation of world.operations) {
        const path = address(operation, {})
        if (
          operation.method !== 'GET' ||
          path === null ||
          !/^\/(api\/v1|tmf-api)\//.test(path) ||
          /events|export|live|oidc/.test(path)
        )
          continue
        const response = await fetch(`${world.hub.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
        const text = path === '/api/v1/audit' ? withoutAsked(await response.json()) : await response.text()
        for (const id of Object.values(world.main)) expect([path, text.includes(`"${id}"`)]).toEqual([path, false])
      }
    },
    patience,
  )

  test(
    'what is granted is allowed on one’s own tenant’s things, what is not is refused',
    async () => {
      const wrong: string[] = []
      for (const role of roles) {
        for (const operation of world.operations) {
          const own = address(operation, world.acme)
          if (own === null || operation.method !== 'GET' || !operation.action || own.includes('/live')) continue
          const { status } = await ask(world, world.tokens.get(role)!, operation, own)
          const scope = scopeOf(principal(role), operation.action)
          const right = scope === null ? status === 403 : scope.all ? status !== 403 : [200, 403, 404].includes(status)
          if (!right) wrong.push(`${role} ${operation.id} ${status}`)
        }
      }
      expect(wrong).toEqual([])
    },
    patience,
  )

  test('what is the installation’s is refused to operators of other tenants', async () => {
    const token = world.tokens.get('operator')!
    for (const [method, path] of [
      ['GET', '/api/v1/tenants'],
      ['POST', '/api/v1/tenants'],
      ['PATCH', '/api/v1/tenants/main'],
      ['GET', '/metrics'],
    ] as const) {
      const response = await fetch(`${world.hub.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'GET'
          ? {}
          : { body: JSON.stringify(method === 'POST' ? { id: 'other', name: 'O' } : { name: 'O' }) }),
      })
      expect([path, response.status]).toEqual([path, 403])
    }
  })

  test.runIf(secondWall)(
    'the second wall alone: a tenant’s login sees and changes no row of another, whatever it asks',
    async () => {
      const { database } = world.hub
      const logins = Object.values(loginsOf(testSealingKey)).map(({ name }) => name)
      const tables = (await readTables(database.owner.sql, logins)).filter(({ kind }) => kind === 'table')
      let seen = 0
      for (const { schema, name, tenant } of tables.filter((table) => table.tenant)) {
        const { sql } = (schema === 'registration' ? database.registration : database).ofTenant('acme')
        const found = await sql<{ tenant: string }[]>`select distinct tenant from ${sql(`${schema}.${name}`)}`
        expect([name, tenant, found.filter((row) => row.tenant !== 'acme')]).toEqual([name, true, []])
        seen += found.length
      }
      expect(seen).toBeGreaterThan(8)
      const { sql } = database.ofTenant('acme')
      expect((await sql`update entity_household set name = 'mine' where tenant = 'main'`).count).toBe(0)
      expect((await sql`delete from participant_webhook where tenant = 'main'`).count).toBe(0)
      await expect(sql`update entity_household set tenant = 'main'`).rejects.toMatchObject({ code: '42501' })
    },
  )

  test('a disabled tenant’s people are out, and back once it is enabled', async () => {
    const token = world.tokens.get('auditor')!
    const me = () => fetch(`${world.hub.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    const disable = (disabled: boolean) =>
      world.hub.api.PATCH('/api/v1/tenants/{id}', { params: { path: { id: 'acme' } }, body: { disabled } })
    expect((await me()).status).toBe(200)
    await disable(true)
    expect((await me()).status).toBe(401)
    await disable(false)
    expect((await me()).status).toBe(200)
  })

  test(
    'what changes something is refused without the grant; with it, it reaches what it is about',
    async () => {
      const wrong: string[] = []
      const rank = ({ method, id }: Operation) =>
        id === 'deleteSession'
          ? 4
          : method === 'DELETE'
            ? 3
            : /^(cancel|decommission|release)/.test(id)
              ? 2
              : id === 'publishVersion'
                ? 0
                : 1
      const unsafe = world.operations
        // Everybody ends only their own sessions, operators, too: what they may do to others' is PATCH /accounts/{id}.
        .filter(({ id, method, action }) => method !== 'GET' && action !== undefined && id !== 'endSession')
        .toSorted((a, b) => rank(a) - rank(b))
      expect(unsafe.length).toBeGreaterThan(40)
      // What the last one, the operator, does cannot be done again.
      for (const role of roles.toReversed()) {
        for (const operation of unsafe) {
          const { status, type } = await ask(
            world,
            world.tokens.get(role)!,
            operation,
            address(operation, world.acme) ?? operation.path,
          )
          const scope = scopeOf(principal(role), operation.action!)
          const right = scope === null ? status === 403 : !scope.all || (status !== 403 && status !== 404)
          if (!right || status >= 500) wrong.push(`${role} ${operation.id} ${status} ${type}`)
        }
      }
      expect(wrong).toEqual([])
    },
    patience,
  )
})
