import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { createHousehold, patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'

let hub: ComposedHub
let household: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  household = await createHousehold(hub)
}, patience)

afterAll(() => hub?.stop(), patience)

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${hub.connection.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as Answer['body']) : {}
  return { status: response.status, headers: response.headers, body: json }
}

interface Operation {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly description: { tags?: string[]; summary?: string; responses: Record<string, unknown> }
}

async function operations(): Promise<Operation[]> {
  const { body } = await call('GET', '/openapi.json')
  const paths = body['paths'] as Record<string, Record<string, Operation['description'] & { operationId: string }>>
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, description]) => {
      return { method: method.toUpperCase(), path, operationId: description.operationId, description }
    }),
  )
}

/** Streams that would not end, and what ends the test's own credentials or leaves the hub without them. */
const leftAlone = new Set(['streamEvents', 'deleteSession', 'logOut', 'endSession'])
/** Takes no body and needs nothing else: whatever is sent along is not looked at. */
const bodiless = new Set(['requestIntermediate'])

describe('the OpenAPI document', { timeout: patience }, () => {
  it('is OpenAPI 3.1 and names every route of the API and no other, each once', async () => {
    const documented = await operations()
    const { body } = await call('GET', '/openapi.json')
    expect(body['openapi']).toMatch(/^3\.1\./)
    const routed = hub.routes
      .filter(({ method, path }) => path.startsWith('/api/v1/') && method !== 'ALL' && !path.includes('*'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(
      new Set(documented.map(({ method, path }) => `${method} ${path}`).filter((one) => one.includes('/api/v1/'))),
    ).toEqual(new Set(routed))
    expect(routed.length).toBeGreaterThan(40)
    const ids = documented.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { description } of documented) {
      expect(description.summary).toBeTruthy()
      expect(Object.keys(description.responses).length).toBeGreaterThan(0)
    }
  })

  it('refers only to what it defines', async () => {
    const response = await fetch(`${hub.url}/openapi.json`)
    const text = await response.text()
    const schemas = (JSON.parse(text) as { components: { schemas: Record<string, unknown> } }).components.schemas
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas).toHaveProperty(name!)
  })
})

describe('every documented address', { timeout: 2 * patience }, () => {
  const hostile = [
    '%00',
    '..%2f..%2fetc%2fpasswd',
    '%F0%9F%98%80',
    "'%20or%201=1--",
    'x'.repeat(2000),
    '%ff',
    '%ED%A0%80',
  ]

  it('answers hostile path parameters with a problem, never with a failure', async () => {
    const found = (await operations()).filter(
      ({ path, operationId }) => path.includes('{') && !leftAlone.has(operationId),
    )
    const failed: string[] = []
    for (const { method, path } of found)
      for (const value of hostile) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : {}
        const { status } = await call(method, path.replaceAll(/\{\w+\}/g, value), body)
        if (status < 400 || status >= 500) failed.push(`${method} ${path} with ${value.slice(0, 40)}: ${status}`)
      }
    expect(failed).toEqual([])
  })

  it('answers hostile bodies with a problem, never with a failure', async () => {
    const found = (await operations()).filter(({ method, path, operationId }) => {
      return (
        method !== 'GET' &&
        method !== 'DELETE' &&
        path.startsWith('/api/v1') &&
        !leftAlone.has(operationId) &&
        !bodiless.has(operationId)
      )
    })
    const bodies = [
      '',
      '{',
      'null',
      '7',
      '[]',
      '"\\ud800"',
      `${'['.repeat(100_000)}`,
      `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
    ]
    const failed: string[] = []
    for (const { method, path } of found)
      for (const body of bodies) {
        const { status } = await call(method, path.replaceAll(/\{\w+\}/g, 'none'), body)
        if (status < 400 || status >= 500) failed.push(`${method} ${path} with ${body.slice(0, 40)}: ${status}`)
      }
    expect(failed).toEqual([])
  })

  it('answers hostile queries with a problem or an empty list, never with a failure', async () => {
    const found = (await operations()).filter(({ method, path, operationId }) => {
      return method === 'GET' && path.startsWith('/api/v1') && !path.includes('{') && !leftAlone.has(operationId)
    })
    const queries = [
      'limit=0',
      'limit=1e9',
      'limit=x',
      'cursor=%00',
      'cursor=AA',
      'cursor=!!',
      'cursor=',
      'household=%00',
    ]
    const failed: string[] = []
    for (const { path } of found)
      for (const query of queries) {
        const { status } = await call('GET', `${path}?${query}`)
        if (status >= 500) failed.push(`${path}?${query}: ${status}`)
      }
    expect(failed).toEqual([])
  })

  it('needs a token, except for logging in, setting up and enrolling', async () => {
    const open = new Set<string>()
    for (const { method, path, operationId } of await operations()) {
      if (!path.startsWith('/api/v1')) continue
      const headers = { authorization: 'Bearer sut_wrong' }
      const body = method === 'GET' || method === 'DELETE' ? undefined : {}
      const { status } = await call(method, path.replaceAll(/\{\w+\}/g, 'none'), body, headers)
      if (status !== 401) open.add(operationId)
    }
    expect([...open].toSorted()).toEqual([
      'acceptInvitation',
      'acceptInvitationInBrowser',
      'createBrowserSession',
      'createSession',
      'enrolDevice',
      'finishOidcLogin',
      'renewCertificate',
      'startOidcLogin',
    ])
  })
})

describe('a request', { timeout: patience }, () => {
  it('to an address that does not exist, or with a method that is not taken, is told so', async () => {
    expect(await call('GET', '/api/v1/nowhere')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-route' },
    })
    const wrong = await call('PUT', '/api/v1/orders', {})
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toContain('POST')
  })

  it('repeated with its Idempotency-Key gets the same answer and does nothing twice', async () => {
    const headers = { 'idempotency-key': `key-${household}` }
    const body = { name: 'Once', timeZone: 'UTC' }
    const [first, second] = await Promise.all([
      call('POST', '/api/v1/households', body, headers),
      call('POST', '/api/v1/households', body, headers),
    ])
    const again = await call('POST', '/api/v1/households', body, headers)
    // While the first is under way the second is asked to wait: it must not be done twice.
    const made = [first, second, again].filter(({ status }) => status === 201).map((answer) => answer.body['id'])
    expect(made.length).toBeGreaterThanOrEqual(2)
    expect(new Set(made).size).toBe(1)
    const other = await call('POST', '/api/v1/households', { ...body, name: 'Other' }, headers)
    expect(other).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } })
  })

  it('to change what somebody else has changed meanwhile is refused', async () => {
    const path = `/api/v1/preferences/household/${household}`
    const read = await call('GET', path)
    const etag = read.headers.get('etag')!
    const quietHours = { from: '22:00', to: '06:00' }
    const saved = await call('PUT', path, { quietHours }, { 'if-match': etag })
    expect(saved.status).toBe(200)
    expect(saved.headers.get('etag')).not.toBe(etag)
    const late = await call('PUT', path, {}, { 'if-match': etag })
    expect(late).toMatchObject({ status: 412, body: { type: '/problems/changed-meanwhile' } })
    expect((await call('GET', path)).body['preferences']).toEqual({ quietHours })
    const both = await Promise.all(
      ['05:00', '04:00'].map((to) =>
        call('PUT', path, { quietHours: { from: '22:00', to } }, { 'if-match': saved.headers.get('etag')! }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412])
  })

  it('with preferences that cannot be is refused at the place that is wrong', async () => {
    const path = `/api/v1/preferences/household/${household}`
    for (const [body, pointer] of [
      [{ quietHours: { from: '25:00', to: '06:00' } }, '/quietHours/from'],
      [{ quietHours: { from: '06:00', to: '06:00' } }, '/quietHours'],
      [{ timeZone: 'Mars/Base' }, '/timeZone'],
      [{ loudHours: null }, '/loudHours'],
    ] as const) {
      const refused = await call('PUT', path, body)
      expect(refused.status).toBe(400)
      expect(refused.body['errors']).toMatchObject([{ pointer }])
    }
    expect((await call('GET', '/api/v1/preferences/household/hh-none')).status).toBe(404)
  })

  it('larger than any may be is refused before it is read', async () => {
    const { status } = await call('POST', '/api/v1/households', JSON.stringify({ name: 'x'.repeat(2_000_000) }))
    expect(status).toBe(413)
  })
})
