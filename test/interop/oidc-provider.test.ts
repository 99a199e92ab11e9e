import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from '@sutler/client'
import OidcProvider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { CookieBrowser } from '../support/cookie-browser.ts'

/** Logging in through a real OpenID Connect provider: node-oidc-provider, with its own pages. */

const people: Record<string, object> = {
  anna: { email: 'Anna@Example.org', email_verified: true, groups: [] },
  mallory: { email: 'anna@example.org', email_verified: false, groups: [] },
  brought: { email: 'Brought@Example.org', email_verified: true, groups: [] },
  unproved: { email: 'brought@example.org', email_verified: false, groups: [] },
  'entra-7': { groups: [] },
  olga: { email: 'olga@example.org', email_verified: true, groups: ['hub-operators'] },
}
let hub: ComposedHub
let server: Server
let idp: { id: string; callback: string }

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock, env: { SUTLER_IDENTITY_PROVIDERS_PRIVATE: 'allow' } })
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const roleMapping = { claim: 'groups', roles: { 'hub-operators': 'operator' as const } }
  const body = { name: 'Example', issuer, clientId: 'sutler', clientSecret: 'secret of the client', roleMapping }
  idp = answer(
    await hub.api.POST('/api/v1/identity-providers', { body: { ...body, scopes: ['openid', 'email', 'groups'] } }),
  )
  const provider = new OidcProvider(issuer, {
    clients: [{ client_id: 'sutler', client_secret: 'secret of the client', redirect_uris: [idp.callback] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['of this test'] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  })
  server.on('request', provider.callback())
}, patience)

afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await hub?.stop()
}, patience)

/** Logs in at the provider, and stops before the provider sends the browser back. @returns the callback's address */
async function vouched(browser: CookieBrowser, login: string): Promise<string> {
  const isBack = (url: string): boolean => url.startsWith(idp.callback)
  let at = await browser.go(`${hub.url}/api/v1/oidc/${idp.id}/start`, isBack)
  for (const form of [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }]) {
    if (isBack(at.url)) break
    const action = /action="([^"]+)"/.exec(await at.response.text())![1]!
    at = await browser.go(new URL(action, at.url).href, isBack, form as Record<string, string>)
  }
  expect(isBack(at.url)).toBe(true)
  // This test reaches the hub without TLS.
  return at.url.replace(new URL(at.url).origin, hub.url)
}

async function me(browser: CookieBrowser): Promise<{ status: number; name?: string; roles?: string[] }> {
  const response = await browser.ask(`${hub.url}/api/v1/me`)
  return { status: response.status, ...((await response.json()) as object) }
}

describe('logging in through an OpenID Connect provider', { timeout: patience }, () => {
  it('is offered on the log-in page', async () => {
    const page = await (await fetch(`${hub.url}/login`)).text()
    expect(page).toContain(`href="/api/v1/oidc/${idp.id}/start"`)
    expect(page).toContain('Log in with Example')
  })

  it('lets in who was invited by a verified address, once invited and then again', async () => {
    await hub.api.POST('/api/v1/invitations', { body: { roles: ['developer'], email: 'anna@example.org' } })
    const mallory = new CookieBrowser()
    const refused = await mallory.ask(await vouched(mallory, 'mallory'))
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('no-account')])
    expect((await me(mallory)).status).toBe(401)

    for (const browser of [new CookieBrowser(), new CookieBrowser()]) {
      const back = await browser.ask(await vouched(browser, 'anna'))
      expect(back.status).toBe(200)
      expect(await me(browser)).toMatchObject({ name: 'anna@example.org', roles: ['developer'] })
    }
  })

  it('lets in by the role mapping, and no longer when the provider says otherwise', async () => {
    const browser = new CookieBrowser()
    await browser.ask(await vouched(browser, 'olga'))
    expect(await me(browser)).toMatchObject({ name: 'olga@example.org', roles: ['operator'] })
    people['olga'] = { ...people['olga'], groups: [] }
    const later = new CookieBrowser()
    expect((await later.ask(await vouched(later, 'olga'))).status).toBe(403)
    expect((await me(later)).status).toBe(401)
  })

  it('lets in whom SCIM brought, as that person: by a verified address or by externalId, and only one who logs in elsewhere', async () => {
    const bring = async (userName: string, more: object = {}) => {
      const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, ...more }
      return String(answer(await hub.api.POST('/scim/v2/Users', { body }))['id'])
    }
    const ids = [await bring('brought@example.org'), await bring('Seven', { externalId: 'entra-7' })]
    const unproved = new CookieBrowser()
    expect((await unproved.ask(await vouched(unproved, 'unproved'))).status).toBe(403)
    for (const [i, login] of ['brought', 'entra-7'].entries()) {
      for (const browser of [new CookieBrowser(), new CookieBrowser()]) {
        expect((await browser.ask(await vouched(browser, login))).status).toBe(200)
        expect(await me(browser)).toMatchObject({ id: ids[i], roles: ['subscriber'] })
      }
    }
    // The account has an owner now: whoever else comes to have the address elsewhere is somebody else.
    people['later'] = people['brought']!
    const later = new CookieBrowser()
    expect((await later.ask(await vouched(later, 'later'))).status).toBe(403)
  })

  it('in another browser than the one that began it is refused, and spoils nothing', async () => {
    const [rightful, thief] = [new CookieBrowser(), new CookieBrowser()]
    const callback = await vouched(rightful, 'anna')
    await thief.ask(`${hub.url}/api/v1/oidc/${idp.id}/start`)
    const refused = await thief.ask(callback)
    expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('identity-refused')])
    expect((await me(thief)).status).toBe(401)
    expect((await rightful.ask(callback)).status).toBe(200)
  })

  it('by a callback that was used before is refused: the code is replayed', async () => {
    const browser = new CookieBrowser()
    const callback = await vouched(browser, 'anna')
    const secret = browser.cookie(hub.url, 'sutler-oidc')!
    expect((await browser.ask(callback)).status).toBe(200)
    expect(browser.cookie(hub.url, 'sutler-oidc')).toBe(undefined)
    const replayed = await fetch(callback, { headers: { cookie: `sutler-oidc=${secret}` } })
    expect([replayed.status, replayed.headers.get('set-cookie') ?? '']).toEqual([
      401,
      expect.not.stringContaining('suc_'),
    ])
  })

  it('through a provider that was disabled or taken away is not possible', async () => {
    const path = { id: idp.id }
    await hub.api.PATCH('/api/v1/identity-providers/{id}', {
      params: { path },
      body: { disabled: true },
      headers: { 'if-match': '"1"' },
    })
    expect((await fetch(`${hub.url}/api/v1/oidc/${idp.id}/start`, { redirect: 'manual' })).status).toBe(404)
    expect(await (await fetch(`${hub.url}/login`)).text()).not.toContain('Log in with Example')
    await hub.api.DELETE('/api/v1/identity-providers/{id}', { params: { path } })
    expect((await fetch(`${hub.url}/api/v1/oidc/${idp.id}/callback?code=x&state=y`)).status).toBe(401)
  })
})
