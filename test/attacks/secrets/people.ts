import { randomBytes } from 'node:crypto'
import { firstOperator } from '../../support/first-operator.ts'
import { confused, type HostileProvider } from '../../support/hostile-provider.ts'
import { cookieOf, type Traces } from './traces.ts'

/** A hub whose answers are kept, as its operator asks it. */
export interface Searched {
  readonly traces: Traces
  readonly url: string
  readonly operator: string
}

const tokenOfLink = (link: string): string => new URL(link).hash.slice(1).split('.')[0]!

/** Passwords, sessions, cookies, keys, links; good, wrong and malformed. */
export async function secretsOfPeople({ traces, url, operator }: Searched): Promise<void> {
  const { planted, ask, made } = traces
  const own = () => ({ origin: url })
  const login = { name: firstOperator.name, password: firstOperator.password }
  await ask('POST', '/api/v1/sessions', { body: login, gives: ({ token }) => [token] })
  const { response } = await ask('POST', '/api/v1/browser/sessions', {
    body: login,
    headers: own(),
    gives: (_, r) => cookieOf(r),
  })
  const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!
  await ask('GET', '/api/v1/me', { headers: { cookie } })
  await ask('POST', '/api/v1/households', { headers: { cookie }, body: { name: 'X', timeZone: 'UTC' } })
  await ask('DELETE', '/api/v1/sessions', { headers: { cookie, ...own() } })
  await ask('GET', '/api/v1/me', { headers: { cookie } })

  const wrong = made('wrong-password')
  await ask('POST', '/api/v1/sessions', { body: { ...login, password: wrong } })
  await ask('POST', '/api/v1/sessions', {
    body: { name: made('password-typed-as-name').slice(0, 120), password: wrong },
  })
  await ask('POST', '/api/v1/sessions', { body: { name: 5, password: wrong } })
  const asName = made('password-as-a-key')
  await ask('POST', '/api/v1/sessions', { body: { password: wrong, [asName]: 1 }, echoed: [asName] })
  await ask('POST', '/api/v1/sessions', { body: `{"name":"operator","password":"${wrong}"` })
  await ask('POST', '/api/v1/sessions', { body: `{"name":"operator","password":"${wrong}\\u0000"}` })
  await ask('POST', '/api/v1/browser/sessions', {
    body: { ...login, password: wrong },
    headers: { origin: 'https://other.example' },
  })
  await ask('POST', '/api/v1/sessions', { body: wrong, headers: { 'content-type': 'text/plain' } })

  for (const [n, authorization] of [
    `Basic ${Buffer.from(`operator:${made('basic')}`).toString('base64')}`,
    `Bearer ${made('bearer')}`,
    `Bearer sut_${made('forged-session').padEnd(43, 'A').slice(0, 43)}`,
    `Bearer suk_${planted.plant('forged key', randomBytes(32).toString('base64url'))}`,
    `Digest username="x", response="${made('digest')}"`,
    made('no-scheme'),
    `Bearer ${made('long')}${'x'.repeat(5_000)}`,
  ].entries())
    for (const path of ['/api/v1/me', '/metrics', '/nowhere', `/api/v1/orders?n=${n}`, '/files/x', '/tuf/root.json'])
      await ask('GET', path, { headers: { authorization } })
  await ask('GET', `/api/v1/me?access_token=${made('token-in-a-query')}`)
  const inQuery = made('query-key')
  await ask('GET', `/api/v1/households?${inQuery}=1`, { token: operator, echoed: [inQuery] })
  await ask('GET', '/api/v1/me', {
    headers: { cookie: `sutler-session=${made('cookie')}; other=${made('foreign-cookie')}` },
  })

  const key = { name: 'K', roles: ['operator'] }
  const again = { 'idempotency-key': 'the-same' }
  const one = await ask('POST', '/api/v1/api-keys', {
    token: operator,
    body: key,
    headers: again,
    gives: (j) => [j.key],
  })
  await ask('POST', '/api/v1/api-keys', { token: operator, body: key, headers: again })
  await ask('POST', '/api/v1/api-keys', { token: operator, body: { ...key, name: 'L' }, headers: again })
  await ask('GET', '/api/v1/me', { token: one.json.key })
  await ask('DELETE', `/api/v1/api-keys/${one.json.id}`, { token: operator })
  await ask('GET', '/api/v1/me', { token: one.json.key })
  await ask('POST', '/api/v1/api-keys', {
    token: operator,
    body: { ...key, [asName]: made('value') },
    echoed: [asName],
  })

  const person = { name: 'anna', password: made('password-of-anna'), roles: ['sponsor'] }
  const headers = { 'idempotency-key': 'anna' }
  await ask('POST', '/api/v1/accounts', { token: operator, body: person, headers })
  await ask('POST', '/api/v1/accounts', { token: operator, body: person, headers })
  await ask('POST', '/api/v1/accounts', {
    token: operator,
    body: { ...person, password: made('other-password') },
    headers,
  })
  await ask('POST', '/api/v1/accounts', { token: operator, body: person })
  await ask('POST', '/api/v1/accounts', { token: operator, body: { ...person, roles: [made('password-as-role')] } })
  const next = made('next-password')
  await ask('POST', '/api/v1/sessions', { body: person })
  const signedIn = await ask('POST', '/api/v1/sessions', {
    body: { name: 'anna', password: person.password },
    gives: (j) => [j.token],
  })
  await ask('PUT', '/api/v1/me/password', { token: signedIn.json.token, body: { current: wrong, next } })
  await ask('PUT', '/api/v1/me/password', {
    token: signedIn.json.token,
    body: { current: person.password, next: 'short' },
  })
  await ask('PUT', '/api/v1/me/password', { token: signedIn.json.token, body: { current: person.password, next } })

  for (const [path, body] of [
    ['/api/v1/invitations', { roles: ['sponsor'] }],
    ['/api/v1/tenants', { id: 'acme', name: 'Acme' }],
  ] as const) {
    const { json } = await ask('POST', path, {
      token: operator,
      body,
      gives: ({ link }) => [tokenOfLink(link)],
      headers: { 'idempotency-key': path },
    })
    await ask('POST', path, { token: operator, body, headers: { 'idempotency-key': path } })
    const token = tokenOfLink(json.link)
    await ask('POST', '/api/v1/setup', { body: { token, name: 'NOT A NAME', password: made('password-at-setup') } })
    await ask('POST', '/api/v1/setup', { body: { token, name: 'bert', password: 'short' } })
    const accepted = { token, name: `bert${path.length}`, password: made('password-of-bert') }
    await ask('POST', '/api/v1/setup', { body: accepted, gives: (j) => [j.token] })
    await ask('POST', '/api/v1/setup', { body: accepted })
    await ask('POST', '/api/v1/browser/setup', { body: accepted, headers: own() })
  }
  await ask('POST', '/api/v1/setup', {
    body: { token: made('forged-invitation'), name: 'eve', password: made('password-of-eve') },
  })
}

/** Client secrets, codes, ID tokens, and what a browser keeps meanwhile. */
export async function secretsOfProviders(
  { traces, url, operator }: Searched,
  provider: HostileProvider,
): Promise<void> {
  const { planted, ask, made } = traces
  const own = () => ({ origin: url })
  const roleMapping = { claim: 'sub', roles: { eve: 'sponsor' } }
  const body = {
    name: 'P',
    issuer: provider.issuer,
    clientId: 'sutler',
    clientSecret: made('client-secret'),
    roleMapping,
  }
  const { json, response } = await ask('POST', '/api/v1/identity-providers', { token: operator, body })
  await ask('POST', '/api/v1/identity-providers', { token: operator, body })
  await ask('POST', '/api/v1/identity-providers', {
    token: operator,
    body: { ...body, scopes: [made('secret-as-scope')] },
  })
  await ask('POST', '/api/v1/identity-providers', {
    token: operator,
    body: { ...body, issuer: `https://user:${made('password-in-issuer')}@id.example` },
  })
  const change = { clientSecret: made('changed-client-secret') }
  const headers = { 'if-match': response.headers.get('etag')! }
  await ask('PATCH', `/api/v1/identity-providers/${json.id}`, { token: operator, headers, body: change })
  const honest = provider.forge
  const forgeries: (typeof honest)[] = [
    honest,
    (claims, keys) => confused(claims, keys.own),
    () => made('token-that-is-none'),
  ]
  for (const forge of forgeries) {
    provider.forge = (claims, keys) => planted.plant('ID token', forge(claims, keys))
    const toProvider = (r: Response) => new URL(r.headers.get('location')!).searchParams
    const begun = await ask('GET', `/api/v1/oidc/${json.id}/start`, {
      headers: own(),
      gives: (_, r) => [...cookieOf(r), toProvider(r).get('state')!, toProvider(r).get('nonce')!],
    })
    const cookie = begun.response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const sent = toProvider(begun.response)
    const state = sent.get('state')!
    const query = new URLSearchParams({ code: sent.get('nonce')!, state })
    const callback = `/api/v1/oidc/${json.id}/callback?${query}`
    await ask('GET', callback, { headers: { cookie }, gives: (_, r) => cookieOf(r) })
    await ask('GET', callback, { headers: { cookie } })
    await ask('GET', `/api/v1/oidc/${json.id}/callback?state=${made('state')}&code=${made('code')}`, {
      headers: { cookie },
    })
  }
  for (const form of provider.asked) planted.plant('PKCE verifier', form.get('code_verifier')!)
}
