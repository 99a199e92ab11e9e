import { answer, createClient, type SutlerClient } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { uncatalogued } from '../support/catalogued.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { until } from '../support/until.ts'
import type { WireDevice } from '../support/wire-device.ts'
import { changes } from './changing-operations.ts'
import { access } from './changes/access.ts'
import { devicesAndOrders } from './changes/devices.ts'
import { messages } from './changes/messages.ts'
import { people } from './changes/people.ts'
import { releases, trials, trustAndServices } from './changes/services.ts'
import { campaigns, instances, oneself, policies } from './changes/work.ts'

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

let hub: ComposedHub
let mails: MailServer
let phone: WireDevice
let operations: { readonly id: string; readonly method: string; readonly path: RegExp; readonly open: boolean }[]
const made: { readonly id: string; readonly decision: string | null; readonly request: string | null }[] = []

beforeAll(async () => {
  mails = await startMailServer()
  hub = await composeHub({ clock: systemClock, env: { SUTLER_SMTP_URL: mails.url, SUTLER_SMTP_TLS: 'none' } })
  operations = await readOperations()
  const world = { hub, api: await login(), login }
  await people(world)
  await access(world)
  await messages(world)
  await trustAndServices(world)
  await releases(world)
  phone = await devicesAndOrders(world)
  await trials(world)
  await policies(world)
  await campaigns(world)
  await instances(world)
  await oneself(world)
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

/** A client that remembers what each answer rests on. */
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
