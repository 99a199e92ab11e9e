import type { Context } from 'hono'
import type { Access, Principal } from '../access.ts'
import type { ApiEnv } from './api.ts'
import { auditStranger, type Wanted } from './audited.ts'
import { requireOwnOrigin, sessionCookie } from './browser-session.ts'
import type { RequestLimits } from './request-limits.ts'

/**
 * Gives the request its principal, at once where the credentials are known already, else as a promise. Synchronous because
 * every further turn of the event loop costs a small request a tenth of its throughput.
 * @throws CallerError `unauthenticated` (401), `foreign-origin` (403), which are in the audit; `too-many-requests` (429)
 */
export function requirePrincipal(
  access: Access,
  limits?: RequestLimits,
): (c: Context<ApiEnv>, wanted?: Wanted) => void | Promise<void> {
  const admit = (c: Context<ApiEnv>, principal: Principal): void => {
    limits?.admitPrincipal(principal.id)
    c.set('principal', principal)
  }
  return (c, wanted) => {
    if (c.get('principal') !== undefined) return
    const refuse = (error: unknown): void => auditStranger(access, wanted, c, error)
    try {
      const principal = authenticated(c, access)
      if (!(principal instanceof Promise)) return admit(c, principal)
      return principal.then((found) => admit(c, found)).catch(refuse)
    } catch (error) {
      refuse(error)
    }
  }
}

/** By what the caller sent on purpose, else by what its browser sends by itself: then a page of this hub must have caused it. */
function authenticated(c: Context<ApiEnv>, access: Access): Principal | Promise<Principal> {
  const authorization = c.req.header('authorization')
  const cookie = authorization === undefined ? sessionCookie(c) : undefined
  if (cookie === undefined) return access.authenticate(authorization)
  requireOwnOrigin(c)
  return access.authenticate(undefined, cookie)
}
