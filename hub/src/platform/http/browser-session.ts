import type { TLSSocket } from 'node:tls'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { CallerError } from '../errors.ts'
import { bindings } from './bindings.ts'
import { foreignOrigin } from './codes.ts'

/**
 * Sessions of browsers. The cookie is `__Host-sutler-session` (bound to this host, TLS only); where a browser reaches the hub
 * without TLS, which is possible on the machine itself only, it has no prefix, for browsers would not take it otherwise.
 */
const name = 'sutler-session'

/** Whether the connection that the request came over is encrypted. */
export function isEncrypted(c: Context): boolean {
  return (bindings(c).incoming?.socket as TLSSocket | undefined)?.encrypted === true
}

/** The token of the browser's session, or undefined. */
export function sessionCookie(c: Context): string | undefined {
  if (c.req.header('cookie') === undefined) return undefined
  return getCookie(c, name, 'host') ?? (isEncrypted(c) ? undefined : getCookie(c, name))
}

/** Gives the browser a session, or with `null` takes it away. @param seconds how long the browser keeps it */
export function setSessionCookie(c: Context, token: string | null, seconds: number): void {
  setBoundCookie(c, name, token, { sameSite: 'Strict', seconds })
}

/** A cookie that scripts cannot read and that goes to no other host. */
export function setBoundCookie(
  c: Context,
  cookie: string,
  value: string | null,
  { sameSite, seconds }: { sameSite: 'Strict' | 'Lax'; seconds: number },
): void {
  const secure = isEncrypted(c) || (c.req.header('origin') ?? '').startsWith('https:')
  const maxAge = value === null ? 0 : seconds
  const shared = { path: '/', httpOnly: true, sameSite, maxAge, secure } as const
  setCookie(c, cookie, value ?? '', secure ? { ...shared, prefix: 'host' } : shared)
}

/** A cookie that `setBoundCookie` set. */
export function boundCookie(c: Context, cookie: string): string | undefined {
  return getCookie(c, cookie, 'host') ?? (isEncrypted(c) ? undefined : getCookie(c, cookie))
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-site request forgery: what a browser sends by itself counts only when a page of this hub caused it. Browsers name the
 * origin with every request that can change something; one without is refused, too.
 * @throws CallerError `foreign-origin` (403)
 */
export function requireOwnOrigin(c: Context): void {
  if (safe.has(c.req.method)) return
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') throw refused(`The browser calls the request ${site}.`)
  if (origin === undefined ? site !== 'same-origin' : !isOwn(origin, c)) {
    throw refused(
      origin === undefined ? 'It does not say from which page it comes.' : 'It comes from a page elsewhere.',
    )
  }
}

/**
 * For what a browser does by going to an address: a link or a frame of another site does not begin it behind somebody's back.
 * Browsers that do not say where the way began are let through.
 * @throws CallerError `foreign-origin` (403)
 */
export function requireOwnNavigation(c: Context): void {
  const site = c.req.header('sec-fetch-site') ?? 'none'
  if (site !== 'same-origin' && site !== 'none') throw refused(`The browser calls the request ${site}.`)
}

/** Behind a proxy that speaks TLS for the hub the scheme is another one than here; never the other way round. */
function isOwn(origin: string, c: Context): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  if (protocol !== 'https:' && (isEncrypted(c) || protocol !== 'http:')) return false
  return host === (c.req.header('host') ?? '').toLowerCase()
}

function refused(detail: string): CallerError {
  return new CallerError(foreignOrigin, detail)
}
