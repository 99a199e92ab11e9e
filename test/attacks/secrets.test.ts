import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import { connect as connectMqtt } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
} from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startHostileProvider, type HostileProvider } from '../support/hostile-provider.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'
import { WireDevice } from '../support/wire-device.ts'
import { secretsOfPeople, secretsOfProviders } from './secrets/people.ts'
import { tracesOf } from './secrets/traces.ts'

/**
 * The link of the first operator is not among them: the log is where it is handed out, once.
 *
 * Recognisable secrets are planted wherever one can enter, or is made; then everything that the hub has said and kept is searched
 * for them: its log at level debug, its answers but for the one that hands a secret out, all tables, events, webhooks, metrics.
 */

const traces = tracesOf(() => hub.url)
const { planted, told, ask, made, answered } = traces
let database: TestDatabase
let hub: HubProcess
let receiver: WebhookReceiver
let provider: HostileProvider
let household: string
let operator: string

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace('whsec_', ''), 'base64')

beforeAll(async () => {
  database = await testDatabase()
  receiver = await startWebhookReceiver()
  provider = await startHostileProvider('sutler')
  const env = {
    SUTLER_LOG_LEVEL: 'debug',
    SUTLER_WEBHOOKS_PRIVATE: 'allow',
    SUTLER_IDENTITY_PROVIDERS_PRIVATE: 'allow',
    SUTLER_PROTOCOLS: 'ddi,cwmp',
  }
  hub = await startHub({ databaseUrl: database.url, env })
  operator = planted.plant('session', hub.connection.token!)
  planted.plant('password', firstOperator.password)
  planted.plant(
    'password of the database',
    decodeURIComponent(new URL(database.url).password || 'no-password-of-the-owner'),
  )
  household = await createHousehold(hub)
}, 2 * patience)

afterAll(async () => {
  await hub?.stop()
  provider?.stop()
  await receiver?.stop()
  await database?.close()
}, patience)

describe('no secret is told or kept where it can be read', { timeout: 4 * patience }, () => {
  it('people: passwords, sessions, cookies, keys, links; good, wrong and malformed', async () => {
    await secretsOfPeople({ traces, url: hub.url, operator })
    for (const what of ['POST /api/v1/sessions 201', 'POST /api/v1/sessions 401', 'PUT /api/v1/me/password 204'])
      expect([what, answered(what)]).toEqual([what, true])
    for (const what of ['POST /api/v1/setup 201', 'POST /api/v1/tenants 201', 'POST /api/v1/accounts 201'])
      expect([what, answered(what)]).toEqual([what, true])
  })

  it('identity providers: client secrets, codes, ID tokens, and what a browser keeps meanwhile', async () => {
    await secretsOfProviders({ traces, url: hub.url, operator }, provider)
    expect(provider.asked.length).toBeGreaterThan(2)
  })

  it('devices: claims, passwords and certificates of connections, links to files', async () => {
    const claim = planted.plant('claim', await createClaim(hub, household, 2)).split('.')[0]!
    planted.plant('claim without the fingerprint', claim)
    const body = { household }
    const headers = { 'idempotency-key': 'claim' }
    const given = await ask('POST', '/api/v1/claims', {
      token: operator,
      body,
      headers,
      gives: (j) => [j.claim.split('.')[0]],
    })
    await ask('POST', '/api/v1/claims', { token: operator, body, headers })
    const request = {
      claim: given.json.claim.split('.')[0],
      serial: 'SN-1',
      class: 'phone',
      csr: 'none',
      signature: made('signature'),
    }
    await ask('POST', '/api/v1/enrolments', { body: request })
    await ask('POST', '/api/v1/enrolments', { body: { ...request, claim: made('forged-claim') } })
    await ask('POST', '/api/v1/enrolments', { body: { ...request, serial: 5 } })
    await ask('POST', '/api/v1/enrolments', { body: `{"claim":"${request.claim}"` })
    await ask('POST', '/api/v1/enrolments/renewals', {
      body: { csr: made('csr'), proof: { device: 'dev-00000000', time: 1, signature: made('proof') } },
    })

    await publishTestService(hub, 'radio', '1.0.0', [{ deviceClass: 'phone', files: { 'a.txt': 'a' } }])
    const device = await WireDevice.start(hub, claim)
    const { id, deliveries } = await placeOrder(hub, household, 'add', 'radio')
    const offer = await device.wait('offer', deliveries[0]!.id)
    planted.plant('file link', new URLSearchParams(offer.link.query).get('signature') ?? offer.link.query)
    await device.prove(offer)
    await settledOrder(hub, id)
    await ask('GET', `/files/${'0'.repeat(64)}?${offer.link.query}`)
    await ask('GET', `/files/${'0'.repeat(64)}?${made('forged-link')}=1`)

    const at = new URL(hub.plainMqtt)
    for (const [clientId, username, password] of [
      [device.id, device.id, made('mqtt-password')],
      [device.id, made('mqtt-user'), made('mqtt-password')],
      [made('client-id'), device.id, made('mqtt-password')],
      [device.id, device.id, request.claim],
      [device.id, device.id, operator],
      ['dev-00000000', 'dev-00000000', `${Date.now()}.${made('nonce')}.${made('signature')}`],
    ] as const) {
      const client = connectMqtt(hub.plainMqtt, {
        clientId,
        username,
        password,
        reconnectPeriod: 0,
        connectTimeout: 20_000,
      })
      await new Promise((resolve) =>
        client
          .once('error', resolve)
          .once('close', () => resolve(null))
          .once('connect', resolve),
      )
      client.end(true)
    }
    // CONNECT packets that are none: another protocol, a length that lies, bytes that are no UTF-8.
    for (const head of [
      '101400044d51545409c2003c',
      '107f00044d51545404c2003c',
      '103000064d514973647003c2003c',
      'ff00',
      '1040ffff',
    ]) {
      const socket = connectTcp(Number(at.port), at.hostname)
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.on('error', () => socket.destroy())
      socket.end(Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(made('in-a-malformed-connect'))]))
      await closed
    }
    device.send(Buffer.from(made('no-cbor')))
    device.send(Buffer.from(`a1${'61'}78${Buffer.from(made('cbor-of-no-message')).toString('hex')}`, 'hex'))
    await device.disconnect()
    for (const status of [400, 403]) expect(answered(`POST /api/v1/enrolments ${status}`)).toBe(true)
  })

  it('webhooks and the authority: signing keys, passwords in URLs, passphrases, private keys', async () => {
    const hooked = await ask('POST', '/api/v1/webhooks', {
      token: operator,
      body: { url: receiver.url, types: [] },
      headers: { 'idempotency-key': 'hook' },
      gives: ({ secret }) => [secret, secret.replace('whsec_', ''), keyOf(secret).toString('latin1')],
    })
    planted.plant('webhook key', keyOf(hooked.json.secret))
    await ask('POST', '/api/v1/webhooks', {
      token: operator,
      body: { url: receiver.url, types: [] },
      headers: { 'idempotency-key': 'hook' },
    })
    const named = await ask('POST', '/api/v1/webhooks', {
      token: operator,
      body: { url: `https://user:${made('password-in-url')}@example.org/`, types: [] },
    })
    await ask('POST', '/api/v1/webhooks', { token: operator, body: { url: 5, secret: made('own-secret') } })
    expect(named.status).toBe(400)
    receiver.answer = 500
    await createHousehold(hub)
    await until(() => receiver.messages.some(({ status }) => status === 500), {
      deadline: patience,
      what: 'a refused webhook',
    })
    receiver.answer = 204

    const passphrase = made('passphrase')
    await ask('POST', '/api/v1/authority/root/export', {
      token: operator,
      body: { passphrase: 5, phrase: passphrase },
    })
    const exported = await ask('POST', '/api/v1/authority/root/export', {
      token: operator,
      body: { passphrase },
      gives: (j) => [j.key],
    })
    const rootKey = createPrivateKey({ key: exported.json.key, passphrase }).export({ format: 'jwk' })
    planted.plant('root key', Buffer.from(rootKey.d!, 'base64url'))
    await ask('POST', '/api/v1/authority/root/export', { token: operator, body: { passphrase } })
    for (const name of await readdir(join(hub.data, 'signer'), { recursive: true })) {
      const text = await readFile(join(hub.data, 'signer', name), 'utf8').catch(() => '')
      for (const [key] of text.matchAll(/[\w+/=-]{43,}/g))
        if (/pkcs8|private/i.test(text)) planted.plant('online key', key)
    }
    expect(answered('POST /api/v1/authority/root/export 200')).toBe(true)
    planted.plant('sealing key', (await readFile(join(hub.data, 'sealing.key'), 'utf8')).trim())
  })

  it('devices of other protocols: tokens, passwords and keys, of one and of a batch; good, wrong and malformed', async () => {
    const add = async (protocol: string, credential: object | undefined, gives = false) => {
      const identity = `00D09E-${randomBytes(3).toString('hex')}`
      const body = { household, class: 'gateway', protocol, identity, ...(credential && { credential }) }
      const shown = gives ? { gives: (j: { credential: { secret: string } }) => [j.credential.secret] } : {}
      return { identity, ...(await ask('POST', '/api/v1/devices', { token: operator, body, ...shown })) }
    }
    const box = await add('ddi', undefined, true)
    await add('cwmp', undefined, true)
    await add('lwm2m', undefined, true)
    const password = made('cpe-password')
    const cpe = await add('cwmp', { kind: 'password', username: 'cpe', password })
    await add('ddi', { kind: 'token', token: made('target-token') })
    await add('lwm2m', { kind: 'psk', key: planted.plant('pre-shared key', randomBytes(16)).toString('hex') })
    expect((await add('ddi', { kind: 'token', token: `${made('bad')} token` })).status).toBe(400)
    expect((await add('ddi', { kind: 'psk', key: made('no-hexadecimal') })).status).toBe(400)
    expect((await add('ddi', { kind: 'password', password: made('wrong-kind') })).status).toBe(422)

    const { device, identity, credential } = box.json
    const credentials = `/api/v1/devices/${device}/identities/${identity.id}/credentials`
    await ask('POST', credentials, { token: operator, body: {}, gives: ({ secret }) => [secret] })
    await ask('POST', credentials, {
      token: operator,
      body: { credential: { kind: 'token', token: made('next-token') }, replace: false },
    })
    const batch = await ask('POST', '/api/v1/gateway-credentials', {
      token: operator,
      body: { protocol: 'ddi', name: 'Batch' },
      gives: ({ secret }) => [secret],
    })
    const shared = made('password-of-a-batch')
    const given = { kind: 'password', username: 'batch', password: shared }
    const body = { protocol: 'cwmp', name: 'Batch', credential: given }
    expect((await ask('POST', '/api/v1/gateway-credentials', { token: operator, body })).status).toBe(201)
    expect((await ask('POST', '/api/v1/gateway-credentials', { token: operator, body })).status).toBe(409)
    const line = JSON.stringify({
      protocol: 'cwmp',
      identity: 'i',
      class: 'gateway',
      household,
      credential: made('line'),
    })
    const type = { 'content-type': 'application/x-ndjson' }
    await ask('POST', '/api/v1/imports/devices', { token: operator, headers: type, body: line })

    const poll = (authorization: string, name = box.identity) =>
      ask('GET', `/main/controller/v1/${name}`, { headers: { authorization } })
    expect((await poll(`TargetToken ${credential.secret}`)).status).toBe(401)
    await poll(`TargetToken ${made('wrong-target-token')}`)
    expect((await poll(`GatewayToken ${batch.json.secret}`, 'unknown-box')).status).not.toBe(200)
    await poll(`GatewayToken ${made('wrong-gateway-token')}`)
    await poll(`Basic ${Buffer.from(`u:${made('basic')}`).toString('base64')}`)
    const inform = (name: string, secret: string) =>
      ask('POST', '/cwmp', {
        headers: {
          'content-type': 'text/xml',
          authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
        },
        body: `<x>${cpe.identity}</x>`,
      })
    await inform('cpe', password)
    await inform('batch', shared)
    await inform('cpe', made('wrong-cpe-password'))
    await ask('GET', `/api/v1/devices/${device}/identities`, { token: operator })
  })

  it('failures inside: what the database refuses, and a database that is away', async () => {
    const { sql } = database.owner
    const kinds = ['account', 'session', 'api_key', 'claim', 'invitation', 'identity_provider', 'device_credential']
    const tables = [...kinds, 'gateway_credential'].map((t) => `registration.registration_${t}`)
    for (const table of [...tables, 'participant_webhook'])
      await sql.unsafe(`alter table ${table} add constraint refuses_all check (false) not valid`)
    const fail = async (path: string, body: object) => {
      const { status } = await ask('POST', path, { token: operator, body })
      expect([path, status]).toEqual([path, 500])
    }
    await fail('/api/v1/accounts', { name: 'carl', password: made('password-of-carl'), roles: ['sponsor'] })
    await fail('/api/v1/sessions', firstOperator)
    await fail('/api/v1/api-keys', { name: 'K', roles: ['operator'] })
    await fail('/api/v1/claims', { household })
    await fail('/api/v1/gateway-credentials', {
      protocol: 'ddi',
      name: 'B',
      credential: { kind: 'token', token: made('token-of-a-batch') },
    })
    await fail('/api/v1/devices', {
      household,
      class: 'gateway',
      protocol: 'usp',
      identity: 'os::x',
      credential: { kind: 'password', password: made('password-of-an-agent') },
    })
    await fail('/api/v1/invitations', { roles: ['sponsor'] })
    await fail('/api/v1/identity-providers', {
      name: 'Q',
      issuer: 'https://q.example',
      clientId: 'c',
      clientSecret: made('client-secret'),
    })
    await fail('/api/v1/webhooks', { url: receiver.url, types: [] })
    for (const table of [...tables, 'participant_webhook'])
      await sql.unsafe(`alter table ${table} drop constraint refuses_all`)
    const attempts = Array.from({ length: 5 }, () =>
      ask('POST', '/api/v1/sessions', { body: { ...firstOperator, password: made('lost-password') } }),
    )
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    await Promise.all(attempts)
    await until(async () => (await ask('GET', '/readyz')).status === 200, { deadline: patience })
  })

  it('every list, the events, the audit and the metrics are asked for', async () => {
    const { json } = await ask('GET', '/openapi.json')
    const paths = Object.entries(json.paths as Record<string, { get?: unknown }>)
      .filter(([path, { get }]) => get && !path.includes('{') && path !== '/api/v1/events')
      // A search says what for.
      .map(([path]) => (path === '/api/v1/search' ? `${path}?q=test` : path))
    expect(paths.length).toBeGreaterThan(20)
    for (const path of paths)
      // Connections that were cut are found out one by one.
      await until(async () => (await ask('GET', path, { token: operator })).status === 200, { what: path })
    for (const { id } of (await ask('GET', '/api/v1/devices', { token: operator })).json.items)
      await ask('GET', `/api/v1/devices/${id}/outputs`, { token: operator })
    const abort = new AbortController()
    const events = await fetch(`${hub.url}/api/v1/events?since=0`, {
      headers: { authorization: `Bearer ${operator}` },
      signal: abort.signal,
    })
    let text = ''
    for await (const part of events.body!) {
      text += Buffer.from(part).toString()
      if (text.includes('webhook') || text.length > 200_000) break
    }
    abort.abort()
    told.push({ what: 'the event stream', text, gives: [] })
  })

  it('and none is found: in answers, webhooks, tables or the log', async () => {
    expect(planted.size).toBeGreaterThan(70)
    const found: string[] = []
    for (const { what, text, gives } of told)
      found.push(...planted.in(text, gives).map((secret) => `${what}: ${secret}`))
    for (const { headers, body } of receiver.messages)
      found.push(...planted.in(`${JSON.stringify(headers)}${body}`).map((secret) => `a webhook: ${secret}`))
    const { sql } = database.owner
    const tables = await sql<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema in ('public', 'registration') and table_type = 'BASE TABLE'`
    expect(tables.length).toBeGreaterThan(40)
    let rows = 0
    for (const { schema, name } of tables) {
      for (const { row } of await sql<{ row: string }[]>`select t::text as row from ${sql(`${schema}.${name}`)} t`) {
        rows++
        found.push(...planted.in(row).map((secret) => `table ${name}: ${secret}`))
      }
    }
    expect(rows).toBeGreaterThan(100)
    const log = hub.output().split('\n')
    expect(log.some((line) => line.includes('"level":20'))).toBe(true)
    for (const line of log) {
      found.push(...planted.in(line).map((secret) => `log: ${secret}: ${line.slice(0, 300)}`))
      if (line.includes('$argon2id$')) found.push(`log: a password's digest: ${line.slice(0, 300)}`)
    }
    expect([...new Set(found)]).toEqual([])
  })
})
