import { answer, createClient, type SutlerClient } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyExport } from '@sutler/trust/audit'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { systemClock } from '../../hub/src/platform/clock.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
} from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { becomeOperator } from '../support/first-operator.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

/** Of what is one tenant's, people, devices and proofs, no other tenant finds anything in the audit, the installation's own included. */

interface Entry {
  readonly tenant: string
  readonly principal: { readonly id: string; readonly kind: string }
  readonly action: string
  readonly object: Readonly<Record<string, string>>
  readonly verdict: string
  readonly changes: readonly { readonly type: string; readonly data: unknown }[]
}

let hub: ComposedHub
/** The same hub, asked by the other tenant's operator. */
let acme: ComposedHub
let phone: WireDevice
let delivery: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  const made = answer(await hub.api.POST('/api/v1/tenants', { body: { id: 'acme', name: 'Acme' } }))
  const token = await becomeOperator(made.link, hub.url, { name: 'acme-operator', password: 'a long enough password' })
  const connection = { hub: hub.url, token }
  acme = { ...hub, connection, api: createClient(connection) }
  await publishTestService(acme, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'text' } }])
  const household = await createHousehold(acme)
  phone = await WireDevice.start(hub, await createClaim(acme, household))
  const order = await placeOrder(acme, household, 'add', 'guide')
  delivery = order.deliveries[0]!.id
  const offer = await phone.wait('offer', delivery)
  await phone.manifest(offer)
  const { base, query } = offer.link
  const manifest = base.split('/').at(-1)
  const assignment = await fetch(`${hub.url}/tuf/assignments/${phone.id}?manifest=${manifest}&${query}`)
  if (!assignment.ok) throw new Error(await assignment.text())
  await phone.prove(offer)
  await settledOrder(acme, order.id)
}, patience)

afterAll(async () => {
  await phone?.disconnect()
  await hub?.stop()
}, patience)

const about = async (api: SutlerClient, id: string): Promise<Entry[]> =>
  answer(await api.GET('/api/v1/audit', { params: { query: { about: id, limit: 200 } } })).items

/** @returns the status */
async function ask(by: ComposedHub, method: string, path: string, body: object = {}): Promise<number> {
  const { status } = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${by.connection.token}`, 'content-type': 'application/json', 'if-match': '*' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
  return status
}

async function rowsOf(tenant: string): Promise<Entry[]> {
  const rows = await hub.database.owner.sql<{ entry: string }[]>`
    select entry from registration.registration_audit_entry where tenant = ${tenant}`
  return rows.map(({ entry }) => JSON.parse(entry) as Entry)
}

describe('in the audit of its own tenant, and in no other, is', { timeout: patience }, () => {
  test('all that a device did: enrolment, connection, files, assignment, proof', async () => {
    const actions = (await about(acme.api, phone.id)).map(({ action }) => action)
    const expected = ['device.enrol', 'device.connect', 'file.link', 'file.read', 'assignment.sign', 'delivery.outcome']
    expect(actions).toEqual(expect.arrayContaining(expected))
    expect(await about(hub.api, phone.id)).toEqual([])
    expect(await about(hub.api, delivery)).toEqual([])
    expect((await rowsOf('main')).filter((entry) => JSON.stringify(entry).includes(phone.id))).toEqual([])
  })

  test('what a device said of a delivery that is not its own', async () => {
    await phone.say({ t: 'progress', delivery: 'dlv-of-nobody', stage: 'downloading', done: 1, total: 2 })
    await phone.say({ t: 'accept', delivery: 'dlv-of-nobody' })
    const refused = async (api: SutlerClient) =>
      (await about(api, phone.id)).filter(({ verdict }) => verdict === 'refused').map(({ action }) => action)
    expect(await refused(acme.api)).toEqual(['delivery.progress', 'delivery.accepted'])
    expect(await refused(hub.api)).toEqual([])
  })

  test('a request of its people, also one that ended before it came to a decision', async () => {
    const { id } = answer(await acme.api.GET('/api/v1/me'))
    expect(await ask(acme, 'POST', '/orders')).toBe(400)
    expect(await ask(acme, 'GET', '/tenants')).toBe(403)
    const entries = await about(acme.api, id)
    expect(entries.map(({ action, verdict }) => `${action} ${verdict}`)).toEqual(
      expect.arrayContaining([
        'session.open allowed',
        'getPrincipal allowed',
        'tenant.read forbidden',
        'order.write refused',
      ]),
    )
    expect(new Set(entries.map(({ tenant }) => tenant))).toEqual(new Set(['acme']))
    expect((await about(hub.api, id)).filter(({ principal }) => principal.id === id)).toEqual([])
  })

  test('a refused log-in to one of its accounts', async () => {
    const { id } = answer(await acme.api.GET('/api/v1/me'))
    expect(await ask(acme, 'POST', '/sessions', { name: 'acme-operator', password: 'not the right one' })).toBe(401)
    const refused = async (api: SutlerClient) =>
      (await about(api, id)).filter(({ action, verdict }) => action === 'session.open' && verdict === 'refused')
    expect(await refused(acme.api)).toMatchObject([{ object: { account: id }, principal: { kind: 'nobody' } }])
    expect(await refused(hub.api)).toEqual([])
  })
})

describe('another tenant', { timeout: patience }, () => {
  test('verifies an export that has these rows as digests only, and the own ones whole', async () => {
    for (const [own, other] of [
      [acme, 'main'],
      [hub, 'acme'],
    ] as const) {
      const response = await fetch(`${hub.url}/api/v1/audit/export`, {
        headers: { authorization: `Bearer ${own.connection.token}` },
      })
      const lines = (await response.text()).split('\n').filter((line) => line !== '')
      const rows = lines
        .map((line) => JSON.parse(line) as { entry?: string; digest?: string })
        .filter((line) => 'chain' in line)
      const whole = rows.flatMap(({ entry }) => (entry === undefined ? [] : [JSON.parse(entry) as Entry]))
      expect(whole.length).toBeGreaterThan(5)
      expect(whole.filter(({ tenant }) => tenant === other)).toEqual([])
      expect(rows.filter(({ digest }) => digest !== undefined).length).toBeGreaterThan(5)
      const verdict = await verifyExport(
        nodeTrustCrypto,
        async function* () {
          yield* lines
        },
        null,
      )
      expect(verdict.findings).toEqual([])
    }
  })

  test('finds no invitation of it, and cannot withdraw it', async () => {
    const body = { roles: ['sponsor' as const], email: 'bea@acme.example' }
    const { id } = answer(await acme.api.POST('/api/v1/invitations', { body }))
    const listed = async (api: SutlerClient) =>
      answer(await api.GET('/api/v1/invitations')).items.map((each) => each.id)
    expect(await listed(acme.api)).toContain(id)
    expect(await listed(hub.api)).not.toContain(id)
    expect(await ask(hub, 'DELETE', `/invitations/${id}`)).toBe(404)
    expect(await about(hub.api, id)).toMatchObject([{ tenant: 'main', action: 'account.write', changes: [] }])
    expect(await listed(acme.api)).toContain(id)
  })

  test('finds no identity provider of it, also not on its log-in page', async () => {
    const body = { name: 'Acme’s own', issuer: 'https://id.acme.example', clientId: 'sutler' }
    const { id } = answer(await acme.api.POST('/api/v1/identity-providers', { body }))
    const listed = async (api: SutlerClient) =>
      answer(await api.GET('/api/v1/identity-providers')).items.map((each) => each.id)
    expect(await listed(acme.api)).toContain(id)
    expect(await listed(hub.api)).not.toContain(id)
    const page = async (query: string) => (await fetch(`${hub.url}/login${query}`)).text()
    expect(await page('')).not.toContain(id)
    expect(await page('?tenant=main')).not.toContain(id)
    expect(await page('?tenant=nobodys')).toBe(await page(''))
    expect(await page('?tenant=acme')).toContain(id)
    expect(await ask(hub, 'PATCH', `/identity-providers/${id}`, { disabled: true })).toBe(404)
    expect(await ask(hub, 'DELETE', `/identity-providers/${id}`)).toBe(404)
    expect(await page('?tenant=acme')).toContain(id)
  })

  test('signed metadata are read by everybody, and written by operators of the installation’s own tenant only', async () => {
    expect(await ask(acme, 'GET', '/trust')).toBe(200)
    const root = Buffer.from('{}').toString('base64')
    expect(await ask(acme, 'POST', '/trust/metadata', { root })).toBe(403)
    expect(await ask(acme, 'POST', '/trust/online-keys', { role: 'director' })).toBe(403)
  })
})

test('the second wall alone: a tenant’s login finds no row of another in the audit', async () => {
  const { sql } = hub.database.registration.ofTenant('acme')
  const seen = () => sql<{ tenant: string }[]>`select distinct tenant from registration.registration_audit_entry`
  await until(async () => (await seen()).length > 0)
  expect((await seen()).map(({ tenant }) => tenant)).toEqual(['acme'])
})
