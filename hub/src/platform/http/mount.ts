import type { Context, Handler, Hono, Next } from 'hono'
import type { Access } from '../access.ts'
import { InvariantError } from '../errors.ts'
import { endpointOf, type ApiEnv, type Endpoint } from './api.ts'
import { audited, requestFor } from './audited.ts'
import { bindings } from './bindings.ts'
import type { Idempotency } from './idempotency.ts'
import { requirePrincipal } from './principal.ts'
import type { RequestLimits } from './request-limits.ts'

type Answer = Response | void | Promise<Response | void>

/**
 * Puts the routes of `module` under `prefix` of `root`, each behind authentication unless its endpoint says
 * `security: 'none'`. An endpoint and its handler become one function: hono runs a route of one function without its
 * middleware chain, which is half of a small request's time.
 */
export function mount(
  root: Hono<ApiEnv>,
  prefix: string,
  module: Hono<ApiEnv>,
  access: Access,
  idempotency: Idempotency,
  limits?: RequestLimits,
): void {
  const identify = requirePrincipal(access, limits)
  const routes = module.routes
  for (let i = 0; i < routes.length; i++) {
    const { method, path, handler } = routes[i]!
    const endpoint = endpointOf(handler)
    const next = routes[i + 1]
    const paired = endpoint !== undefined && next?.method === method && next.path === path
    const before = (c: Context<ApiEnv>): void | Promise<void> => {
      c.set('requestId', bindings(c).incoming?.requestId ?? '')
      if (endpoint?.spec.security !== 'none') return identify(c, endpoint?.spec)
    }
    if (paired) {
      register(
        root,
        method,
        prefix + path,
        joined(before, endpoint, next.handler as Handler<ApiEnv>, access, idempotency),
        handler,
      )
      i++
    } else {
      register(root, method, prefix + path, guarded(before, handler as Handler<ApiEnv>, access), handler)
    }
  }
}

/** Authentication, validation and the handler in one; stays synchronous as long as they are. */
function joined(
  before: (c: Context<ApiEnv>) => void | Promise<void>,
  endpoint: Endpoint,
  handler: Handler<ApiEnv>,
  access: Access,
  idempotency: Idempotency,
): Handler<ApiEnv> {
  const answer = (c: Context<ApiEnv>): Answer => {
    const checked = endpoint.check(c)
    return checked instanceof Promise ? checked.then(() => handler(c, noNext)) : (handler(c, noNext) as Answer)
  }
  const admitted = (c: Context<ApiEnv>): Answer => {
    const repeatable = c.req.method === 'POST' && endpoint.spec.answer.secret !== true
    const key = repeatable ? c.req.header('idempotency-key') : undefined
    return key === undefined || c.get('principal') === undefined ? answer(c) : idempotency.once(key, c, () => answer(c))
  }
  const acted = onBehalf(access, endpoint, admitted)
  return (c) => {
    const identified = before(c)
    return (identified instanceof Promise ? identified.then(() => acted(c)) : acted(c)) as Response
  }
}

/** Answers on behalf of the request's principal, where it has one; what was decided goes into the audit. */
function onBehalf(access: Access, endpoint: Endpoint | undefined, answer: (c: Context<ApiEnv>) => Answer) {
  return (c: Context<ApiEnv>): Answer => {
    const principal = c.get('principal')
    if (principal === undefined) return answer(c)
    const who = requestFor(principal, endpoint?.spec, c)
    return audited(access, endpoint?.spec, c, who, () => answer(c))
  }
}

function guarded(
  before: (c: Context<ApiEnv>) => void | Promise<void>,
  handler: Handler<ApiEnv>,
  access: Access,
): Handler<ApiEnv> {
  return async (c, next) => {
    await before(c)
    return onBehalf(access, undefined, () => handler(c, next) as Promise<Response>)(c) as Response
  }
}

async function noNext(): Promise<void> {
  throw new InvariantError('an endpoint’s handler is the last of its route')
}

function register(root: Hono<ApiEnv>, method: string, path: string, handler: Handler<ApiEnv>, original: object): void {
  // The description that openapi.json is made from sits on the endpoint's function.
  for (const key of Object.getOwnPropertySymbols(original)) {
    Object.assign(handler, { [key]: (original as Record<symbol, unknown>)[key] })
  }
  if (method === 'ALL') root.all(path, handler as (c: Context, next: Next) => Response)
  else root.on(method, path, handler)
}
