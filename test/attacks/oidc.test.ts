import { answer } from '@sutler/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { CookieBrowser } from '../support/cookie-browser.ts'
import {
  confused,
  honestToken,
  signed,
  startHostileProvider,
  unsigned,
  type Forgery,
  type HostileProvider,
} from '../support/hostile-provider.ts'

/** An identity provider that lies, or somebody in its place: nobody gets a session by it. */

const clientId = 'sutler'
let hub: ComposedHub
let provider: HostileProvider
let start: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock, env: { SUTLER_IDENTITY_PROVIDERS_PRIVATE: 'allow' } })
  provider = await startHostileProvider(clientId)
  const roleMapping = { claim: 'sub', roles: { eve: 'sponsor' as const } }
  const body = { name: 'Hostile', issuer: provider.issuer, clientId, clientSecret: 'known to both', roleMapping }
  const made = answer(await hub.api.POST('/api/v1/identity-providers', { body }))
  start = `${hub.url}/api/v1/oidc/${made.id}/start`
}, patience)

afterEach(() => void (provider.forge = honestToken))

afterAll(async () => {
  provider?.stop()
  await hub?.stop()
}, patience)

/** Begins a log-in. @returns the browser, and where the provider sends it back to */
async function begun(): Promise<{ browser: CookieBrowser; sent: URLSearchParams; callback: URL }> {
  const browser = new CookieBrowser()
  const sent = new URL((await browser.ask(start)).headers.get('location')!).searchParams
  // This test reaches the hub without TLS.
  const callback = new URL(new URL(sent.get('redirect_uri')!).pathname, hub.url)
  callback.search = String(new URLSearchParams({ code: sent.get('nonce')!, state: sent.get('state')! }))
  return { browser, sent, callback }
}

async function refused(browser: CookieBrowser, callback: URL): Promise<string> {
  const response = await browser.ask(callback.href)
  expect(response.status).toBe(401)
  expect(browser.cookie(hub.url, 'sutler-session')).toBe(undefined)
  expect((await browser.ask(`${hub.url}/api/v1/me`)).status).toBe(401)
  return response.text()
}

describe('a log-in through an identity provider', { timeout: patience }, () => {
  it('whose answer is as it must be ends with a session; state, nonce and PKCE are sent, and none of them is the other', async () => {
    const { browser, sent, callback } = await begun()
    expect(sent.get('code_challenge_method')).toBe('S256')
    expect(new Set(['state', 'nonce', 'code_challenge'].map((name) => sent.get(name))).size).toBe(3)
    expect((await browser.ask(callback.href)).status).toBe(200)
    expect((await browser.ask(`${hub.url}/api/v1/me`)).status).toBe(200)
    expect(provider.asked.at(-1)!.get('code_verifier')).toMatch(/^[\w-]{43}$/)
  })

  it.each<[string, Forgery]>([
    ['JWT `none`: a token that nobody signed', (honest) => `${unsigned({ alg: 'none' }, honest)}.`],
    ['JWT confused: HS256 with the public key as its secret', (honest, { own }) => confused(honest, own)],
    ['a token signed with another key', (honest, { foreign }) => signed(honest, foreign)],
    [
      'a token that was changed after it was signed',
      (honest, { own }) => {
        const [header, , signature] = signed(honest, own).split('.')
        return `${header}.${unsigned({}, { ...honest, sub: 'operator' }).split('.')[1]}.${signature}`
      },
    ],
    ['a token of another issuer', (honest, { own }) => signed({ ...honest, iss: 'https://elsewhere.example' }, own)],
    ['a token for another audience', (honest, { own }) => signed({ ...honest, aud: 'another client' }, own)],
    [
      'a token for several audiences, meant for another of them',
      (honest, { own }) => signed({ ...honest, aud: [clientId, 'other'], azp: 'other' }, own),
    ],
    ['a token with another nonce', (honest, { own }) => signed({ ...honest, nonce: 'another' }, own)],
    ['a token without a nonce', (honest, { own }) => signed({ ...honest, nonce: undefined }, own)],
    ['an expired token', (honest, { own }) => signed({ ...honest, exp: Number(honest['iat']) - 600 }, own)],
    ['a token that never expires', (honest, { own }) => signed({ ...honest, exp: undefined }, own)],
    ['a token about nobody', (honest, { own }) => signed({ ...honest, sub: undefined }, own)],
    ['what is no token', () => 'x.y.z'],
  ])('by %s is refused', async (_what, forge) => {
    provider.forge = forge
    const { browser, callback } = await begun()
    const page = await refused(browser, callback)
    expect(page).toContain('identity-refused')
    // Why exactly is for the log, not for whoever tries.
    expect(page).not.toMatch(/nonce|signature|issuer|audience|alg/i)
  })

  it('is not begun by a page elsewhere: who is logged in at the provider would be logged in here unasked', async () => {
    const from = (site: string) => fetch(start, { redirect: 'manual', headers: { 'sec-fetch-site': site } })
    for (const site of ['cross-site', 'same-site']) expect([site, (await from(site)).status]).toEqual([site, 403])
    for (const site of ['same-origin', 'none']) expect([site, (await from(site)).status]).toEqual([site, 302])
  })

  it('with a provider that calls itself otherwise than it was added is not begun', async () => {
    const issuer = provider.issuer.replace('127.0.0.1', 'localhost')
    const made = answer(await hub.api.POST('/api/v1/identity-providers', { body: { name: 'Other', issuer, clientId } }))
    const response = await fetch(`${hub.url}/api/v1/oidc/${made.id}/start`, { redirect: 'manual' })
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('Other could not be asked what it offers')
  })

  it('with the state of another browser is refused', async () => {
    const [mine, theirs] = [await begun(), await begun()]
    await refused(mine.browser, theirs.callback)
    await refused(new CookieBrowser(), theirs.callback)
    expect((await theirs.browser.ask(theirs.callback.href)).status).toBe(200)
  })

  it('with a callback that was changed, or used before, is refused', async () => {
    const { browser, callback } = await begun()
    const changed = new URL(callback)
    changed.searchParams.set('state', 'another')
    await refused(browser, changed)
    const second = await begun()
    expect((await second.browser.ask(second.callback.href)).status).toBe(200)
    expect((await second.browser.ask(second.callback.href)).status).toBe(401)
  })

  it('that the person declined is refused', async () => {
    const { browser, callback } = await begun()
    callback.search = String(
      new URLSearchParams({ error: 'access_denied', state: callback.searchParams.get('state')! }),
    )
    expect(await refused(browser, callback)).toContain('identity-refused')
  })

  it('at an address inside the hub’s network is not asked for, unless the operator allows it', async () => {
    const strict = await composeHub({ clock: systemClock })
    try {
      const body = { name: 'Inside', clientId: 'x', issuer: 'http://127.0.0.1:1' }
      await expect(strict.api.POST('/api/v1/identity-providers', { body })).rejects.toMatchObject({
        code: 'issuer-refused',
      })
      const issuer = 'https://127.0.0.1:1'
      const made = answer(await strict.api.POST('/api/v1/identity-providers', { body: { ...body, issuer } }))
      const response = await fetch(`${strict.url}/api/v1/oidc/${made.id}/start`, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([503, null])
    } finally {
      await strict.stop()
    }
  })
})
