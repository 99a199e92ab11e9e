import type { Context } from 'hono'
import type { Access } from '../access.ts'
import type { ApiEnv } from './api.ts'
import { auditStranger, type Wanted } from './audited.ts'

/**
 * Gives the request its principal, at once where the credentials are known already, else as a promise. Synchronous because
 * every further turn of the event loop costs a small request a tenth of its throughput.
 * @throws CallerError `unauthenticated` (401), which is in the audit
 */
export function requirePrincipal(access: Access): (c: Context<ApiEnv>, wanted?: Wanted) => void | Promise<void> {
  return (c, wanted) => {
    if (c.get('principal') !== undefined) return
    try {
      const principal = access.authenticate(c.req.header('authorization'))
      if (!(principal instanceof Promise)) return c.set('principal', principal)
      return principal.then(
        (found) => c.set('principal', found),
        (error: unknown) => auditStranger(access, wanted, c, error),
      )
    } catch (error) {
      auditStranger(access, wanted, c, error)
    }
  }
}
