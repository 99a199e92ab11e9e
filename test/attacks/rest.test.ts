import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { openBrowser } from '../support/browser.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { CookieBrowser } from '../support/cookie-browser.ts'
import { firstOperator } from '../support/first-operator.ts'

/** Attacks on the API and the pages, each by its name in docs/security.md. */

let hub: ComposedHub
const address = () => ({ host: new URL(hub.url).hostname, port: Number(new URL(hub.url).port) })

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
}, patience)

afterAll(() => hub?.stop(), patience)

/** Sends bytes as they are, without a client that would tidy them. @returns all that comes back until the end */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(address(), () => socket.write(text))
    socket.setTimeout(patience, () => socket.destroy(new Error(`no end of the answer to ${text.slice(0, 80)}`)))
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

function bearer(token: string | undefined, more: Record<string, string> = {}): Record<string, string> {
  return { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...more }
}

describe('REST:', { timeout: patience }, () => {
  it('mass assignment: a field that is not offered is refused with 400, and changes nothing', async () => {
    const headers = bearer(hub.connection.token, { 'content-type': 'application/json' })
    for (const [path, body] of [
      ['/api/v1/households', { name: 'X', timeZone: 'UTC', id: 'hh-mine' }],
      ['/api/v1/accounts', { name: 'x', password: 'a long password', roles: ['sponsor'], id: 'usr-1', version: 9 }],
      ['/api/v1/invitations', { roles: ['sponsor'], createdBy: 'somebody', usedAt: null }],
      ['/api/v1/api-keys', { name: 'x', roles: ['operator'], account: 'somebody' }],
      ['/api/v1/sessions', { ...firstOperator, roles: ['operator'] }],
      ['/api/v1/setup', { ...firstOperator, token: 'x', roles: ['operator'] }],
    ] as const) {
      const response = await fetch(hub.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      expect([path, response.status]).toEqual([path, 400])
    }
  })

  it('oversize chunked: a body without a length is cut at the limit with 413', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const head = `POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`
    expect(statusOf(await raw(head + chunk.repeat(20)))).toBe(413)
  })

  it('JWT `none` or confused, sent as a bearer token, is nobody: 401', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = part({ sub: 'operator', roles: ['operator'], exp: 9_999_999_999 })
    const signature = (text: string) => createHmac('sha256', 'public key').update(text).digest('base64url')
    const hs256 = `${part({ alg: 'HS256', typ: 'JWT' })}.${claims}`
    const tokens = [
      `${part({ alg: 'none' })}.${claims}.`,
      `${hs256}.${signature(hs256)}`,
      `${part({ alg: 'None' })}.${claims}.x`,
    ]
    for (const token of tokens) {
      const response = await fetch(`${hub.url}/api/v1/me`, { headers: bearer(token) })
      expect([token.slice(0, 20), response.status]).toEqual([token.slice(0, 20), 401])
    }
  })

  it('encoded slashes, dot segments and double encodings do not get around authentication', async () => {
    const paths = [
      '/api/v1/%6de',
      '/api/v1//me',
      '/api/v1/./me',
      '/api/v1/x/../me',
      '/api/v1/..%2fv1%2fme',
      '/api%2fv1%2fme',
      '/api/v1/accounts%2f..%2fme',
      '/api/v1/%2e%2e/v1/accounts',
      '/api/v1/%252e%252e/accounts',
      '/login/../api/v1/accounts',
      '/login/..%2fapi%2fv1%2faccounts',
      '/docs/%2e%2e/api/v1/accounts',
      '/healthz/..;/api/v1/accounts',
      '/api/v1/accounts/',
      '/API/V1/accounts',
      '/api/v1/accounts%00',
      '/api/v1/accounts?x=/healthz',
      'http://elsewhere/api/v1/accounts',
    ]
    for (const path of paths) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: ${new URL(hub.url).host}\r\nconnection: close\r\n\r\n`)
      expect([path, [400, 401, 404].includes(statusOf(answer))]).toEqual([path, true])
      expect(answer).not.toContain(firstOperator.name)
    }
  })

  it('a request that has two lengths is refused, and TRACE gives nothing back', async () => {
    const { host } = new URL(hub.url)
    const head = `host: ${host}\r\nconnection: close\r\ncontent-type: application/json\r\nx-mine: of-mine\r\n`
    const chunk = '2\r\n{}\r\n0\r\n\r\n'
    for (const lengths of [
      'content-length: 2\r\ntransfer-encoding: chunked',
      'content-length: 2\r\ncontent-length: 3',
      'transfer-encoding: chunked, identity',
    ]) {
      const answer = await raw(`POST /api/v1/sessions HTTP/1.1\r\n${head}${lengths}\r\n\r\n${chunk}`)
      expect([lengths, statusOf(answer)]).toEqual([lengths, 400])
    }
    const traced = await raw(`TRACE /api/v1/me HTTP/1.1\r\n${head}\r\n`)
    expect([401, 404, 405]).toContain(statusOf(traced))
    expect(traced).not.toContain('of-mine')
  })

  it('CSRF and foreign origin: a browser’s session changes nothing on behalf of another site', async () => {
    const headers = { origin: hub.url, 'content-type': 'application/json' }
    const login = { method: 'POST', headers, body: JSON.stringify(firstOperator) }
    const entered = await fetch(`${hub.url}/api/v1/browser/sessions`, login)
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
    const body = JSON.stringify({ name: 'X', timeZone: 'UTC' })
    const post = (more: Record<string, string>) =>
      fetch(`${hub.url}/api/v1/households`, { method: 'POST', body, headers: { ...headers, cookie, ...more } })
    expect((await post({})).status).toBe(201)
    for (const origin of ['https://evil.example', 'null', `${hub.url}.evil.example`, 'http://127.0.0.1:1'])
      expect([origin, (await post({ origin })).status]).toEqual([origin, 403])
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    // A form of another site cannot say that it is JSON without being asked for permission, which nobody gives.
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415)
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const asked = await fetch(`${hub.url}/api/v1/households`, { method: 'OPTIONS', headers: preflight })
    expect(asked.headers.get('access-control-allow-origin')).toBe(null)
  })

  it('a session cannot be chosen for somebody: logging in makes another token', async () => {
    const browser = new CookieBrowser()
    const planted = `suc_${'A'.repeat(43)}`
    const headers = { origin: hub.url, 'content-type': 'application/json', cookie: `sutler-session=${planted}` }
    const login = { method: 'POST', headers, body: JSON.stringify(firstOperator) }
    const set = (await fetch(`${hub.url}/api/v1/browser/sessions`, login)).headers.get('set-cookie')
    expect(set).toMatch(/suc_/)
    expect(set).not.toContain(planted)
    expect((await browser.ask(`${hub.url}/api/v1/me`)).status).toBe(401)
  })

  it('every page and answer says what may load, run and frame it; none of it inline', async () => {
    for (const path of ['/login', '/setup', '/docs', '/problems', '/problems/not-found', '/api/v1/me', '/nowhere']) {
      const response = await fetch(hub.url + path)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
      for (const none of ['frame-ancestors', 'base-uri', 'form-action']) expect(policy).toContain(`${none} 'none'`)
      expect(response.headers.get('cache-control')).toMatch(/^no-(store|cache)$/)
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      const text = await response.text()
      expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i)
    }
  })

  it('over TLS the cookie is bound to the host, and the browser is told never to come without TLS again', async () => {
    const ca = await (await fetch(`${hub.url}/ca.pem`)).text()
    const { origin } = new URL(hub.secure.url)
    const body = JSON.stringify(firstOperator)
    const sent = request(`${origin}/api/v1/browser/sessions`, {
      method: 'POST',
      ca,
      agent: false,
      headers: { origin, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    }).end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(201)
    expect(response.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sutler-session=suc_.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ])
  })

  it('one caller cannot keep the others from being answered: 429 with Retry-After', async () => {
    const limited = await composeHub({ clock: systemClock, env: { SUTLER_REQUEST_RATE: '3' } })
    try {
      const ask = () => fetch(`${limited.url}/api/v1/me`, { headers: bearer(limited.connection.token) })
      const answers = await Promise.all(Array.from({ length: 60 }, ask))
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(0)
      expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await fetch(`${limited.url}/healthz`)).status).toBe(200)
    } finally {
      await limited.stop()
    }
  })
})

describe('a browser:', { timeout: patience }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  }, patience)

  afterAll(() => browser?.close(), patience)

  it('script in a name is inert: what people and devices write is text, on pages and in answers', async () => {
    const name = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    const headers = bearer(hub.connection.token, { 'content-type': 'application/json' })
    const body = JSON.stringify({ name, timeZone: 'UTC' })
    const made = (await (await fetch(`${hub.url}/api/v1/households`, { method: 'POST', headers, body })).json()) as {
      id: string
    }
    const provider = JSON.stringify({ name, issuer: 'https://id.example', clientId: 'x' })
    await fetch(`${hub.url}/api/v1/identity-providers`, { method: 'POST', headers, body: provider })
    const page = await browser.newPage({ extraHTTPHeaders: bearer(hub.connection.token) })
    for (const path of [`/api/v1/households/${made.id}`, '/login', `/problems/%3Cscript%3E`, '/docs']) {
      await page.goto(hub.url + path)
      expect([path, await page.locator('img, script:not([src])').count()]).toEqual([path, 0])
      expect([path, await page.title()]).not.toEqual([path, '1'])
    }
    await page.close()
  })

  it('logs in and out by the keyboard alone; every field has its name', async () => {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${hub.url}/login`)
    const unnamed = await page.evaluate(
      '[...document.querySelectorAll("input")].filter((each) => each.labels.length !== 1).length',
    )
    expect(unnamed).toBe(0)
    await page.keyboard.press('Tab')
    await page.keyboard.type(firstOperator.name)
    await page.keyboard.press('Tab')
    await page.keyboard.type('a wrong password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'Name or password is wrong' }).waitFor()
    await page.getByLabel('Password').fill(firstOperator.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/console/')
    await page.goto(`${hub.url}/login`)
    await page.getByRole('heading', { name: `You are logged in as ${firstOperator.name}` }).waitFor()
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.getByRole('button', { name: 'Log out here' }).press('Enter')
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    expect(await page.content()).not.toContain(`<span id="who">${firstOperator.name}`)
    expect(errors).toEqual([])
    await page.close()
  })
})
