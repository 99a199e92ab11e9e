import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, createClient } from '@sutler/client'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

/** No endpoint answers without a decision that is in the audit, whoever asks and whatever for. */

let hub: ComposedHub
let household: string
let subscriber: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  household = await createHousehold(hub)
  const person = {
    name: 'bea',
    password: 'a long enough password',
    roles: ['subscriber' as const],
    households: [household],
  }
  answer(await hub.api.POST('/api/v1/accounts', { body: person }))
  const session = { name: person.name, password: person.password }
  subscriber = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: session })).token
}, patience)

afterAll(() => hub?.stop(), patience)

/** What answers everybody, without a decision: whether the hub lives, what it is, and the ways to become somebody. */
const open: readonly string[] = [
  'GET /healthz',
  'GET /api/v1/oidc/{id}/callback',
  'GET /api/v1/oidc/{id}/start',
  'GET /readyz',
  'POST /api/v1/browser/sessions',
  'POST /api/v1/browser/setup',
  'POST /api/v1/enrolments',
  'POST /api/v1/enrolments/renewals',
  'POST /api/v1/sessions',
  'POST /api/v1/setup',
]
/** Pages and documents for everybody; they are no endpoints of the API. */
const pages =
  /^\/(docs|openapi\.json|asyncapi\.json|problems|ca\.pem|login|setup|notifications|assets|pages|console$|device(\/:file|\/\{file\})?$|$)/
/** Of the test's own credentials; asked last. */
const ending = new Set(['deleteSession', 'changeOwnPassword'])

interface Operation {
  readonly method: string
  readonly path: string
  readonly id: string
  readonly open: boolean
}

async function operations(): Promise<Operation[]> {
  const response = await fetch(`${hub.url}/openapi.json`)
  const { paths } = (await response.json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => {
      return { method: method.toUpperCase(), path, id: operationId, open: security.length === 0 }
    }),
  )
}

interface Asked {
  readonly what: string
  readonly status: number
  readonly decision: string | null
}

async function ask({ method, path, id }: Operation, token: string | undefined, body: string): Promise<Asked> {
  const address = path.replaceAll(/\{\w+\}/g, 'dev-00000000')
  const abort = new AbortController()
  const response = await fetch(`${hub.url}${address}`, {
    method,
    redirect: 'manual',
    signal: abort.signal,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
      'if-match': '*',
    },
    ...(method === 'GET' ? {} : { body }),
  })
  const { status } = response
  const decision = response.headers.get('sutler-decision')
  abort.abort()
  return { what: `${id} ${status}`, status, decision }
}

async function recorded(decisions: readonly string[]): Promise<string[]> {
  const rows = await hub.database.owner.sql<{ id: string }[]>`
    select id from unnest(${[...new Set(decisions)]}::text[]) as id
    where not exists (select 1 from registration.registration_audit_entry where about @> array[id])`
  return rows.map(({ id }) => id)
}

async function expectDecisions(asked: readonly Asked[]): Promise<void> {
  expect(asked.filter(({ decision }) => decision === null).map(({ what }) => what)).toEqual([])
  const ids = asked.map(({ decision }) => decision!)
  await until(async () => (await recorded(ids)).length === 0, { what: 'all decisions are in the audit' })
}

describe('every endpoint', { timeout: patience }, () => {
  test('that answers without a decision is on the written list', async () => {
    const found = (await operations()).filter((each) => each.open)
    const names = found
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !pages.test(name.split(' ')[1]!))
    expect(names.toSorted()).toEqual([...open].toSorted())
    const documented = new Set((await operations()).map(({ method, path }) => `${method} ${path}`))
    const undocumented = hub.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && !pages.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
      .filter((name) => !documented.has(name))
    expect(undocumented).toEqual([])
  })

  test.each([
    ['an operator', () => hub.connection.token],
    ['a subscriber', () => subscriber],
    ['a stranger', () => undefined],
    ['a forger', () => `sut_${'A'.repeat(43)}`],
  ])('names its decision to %s, and the audit has it', async (_who, token) => {
    const closed = (await operations()).filter((each) => !each.open)
    expect(closed.length).toBeGreaterThan(60)
    const asked: Asked[] = []
    for (const body of ['{}', '[', JSON.stringify({ name: 'X', household, reason: 'r' })])
      for (const operation of closed) if (!ending.has(operation.id)) asked.push(await ask(operation, token(), body))
    for (const operation of closed) if (ending.has(operation.id)) asked.push(await ask(operation, token(), '{}'))
    await expectDecisions(asked)
    expect(asked.filter(({ status }) => status >= 500).map(({ what }) => what)).toEqual([])
  })
})

async function newcomer(name: string) {
  const password = 'a long enough password'
  const body = { name, password, roles: ['subscriber' as const], households: [household] }
  answer(await hub.api.POST('/api/v1/accounts', { body }))
  return answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } }))
}

describe('a refusal', { timeout: patience }, () => {
  test('says what was asked for, also where the same was refused for another thing just before', async () => {
    const { token, principal } = await newcomer('carl')
    const headers = { authorization: `Bearer ${token}` }
    for (const id of ['ord-one', 'ord-two', 'ord-two'])
      expect((await fetch(`${hub.url}/api/v1/orders/${id}`, { headers })).status).toBe(404)
    const entries = await until(async () => {
      const found = answer(
        await hub.api.GET('/api/v1/audit', { params: { query: { principal: principal.id, limit: 100 } } }),
      ).items.filter(({ action, verdict }) => action === 'order.read' && verdict !== 'allowed')
      return found.length >= 2 && found
    })
    expect(entries.map(({ object }) => object)).toEqual([{ order: 'ord-one' }, { order: 'ord-two' }])
  })

  test('of ever other things does not flood the audit: the first have rows, the rest are counted', async () => {
    const { token, principal } = await newcomer('dora')
    const headers = { authorization: `Bearer ${token}` }
    for (let i = 0; i < 120; i++) await fetch(`${hub.url}/api/v1/deliveries/dlv-${i}`, { headers })
    const query = { principal: principal.id, action: 'delivery.read', limit: 200 }
    const { items } = answer(await hub.api.GET('/api/v1/audit', { params: { query } }))
    expect(items.length).toBe(51)
    expect(items.at(-1)).toMatchObject({ object: {}, reason: expect.stringContaining('more objects') })
  })
})

test('files, and signed metadata for one device, name their decision', { timeout: patience }, async () => {
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'text' } }])
  const device = await WireDevice.start(hub, await createClaim(hub, household))
  const order = await placeOrder(hub, household, 'add', 'guide')
  const { link, manifest } = await device.wait('offer', order.deliveries[0]!.id)
  await device.disconnect()
  const digest = Buffer.from(manifest.digest).toString('hex')
  const file = `${hub.url}/files/${digest}/${digest}`
  const decisions = [
    await fetch(`${file}?${link.query}`),
    await fetch(`${file}?${link.query}0`),
    await fetch(`${hub.url}/tuf/assignments/${device.id}?manifest=${digest}&${link.query}`),
  ].map((response) => response.headers.get('sutler-decision')!)
  const rows = await Promise.all(
    decisions.map((about) =>
      until(async () => answer(await hub.api.GET('/api/v1/audit', { params: { query: { about } } })).items[0]),
    ),
  )
  expect(rows.map(({ action, verdict }) => `${action} ${verdict}`)).toEqual([
    'file.read allowed',
    'file.read refused',
    'file.read allowed',
  ])
})
