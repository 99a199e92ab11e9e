import { MenderError } from '../errors.ts'
import { authClause, readAuthRequest } from '../wire/auth-request.ts'
import { outputIdOf } from '../wire/deployment-id.ts'
import { inventoryClause, readInventory } from '../wire/inventory.ts'
import { limits } from '../wire/json.ts'
import { logClause, readLog } from '../wire/log.ts'
import { deploymentJson, nextClause, readNextQuery, readNextV1, readNextV2, type NextRequest } from '../wire/next.ts'
import { readStatus, statusClause } from '../wire/status.ts'
import { provenKey } from './device-key.ts'
import type { MenderSessions, Recognised } from '../sessions.ts'
import type { Tokens } from './token.ts'

/** What a route needs of a request. */
export interface Asked {
  readonly body: Buffer
  readonly query: string
  readonly authorization: string | undefined
  readonly signature: string | undefined
  /** Of the sender, for limits on guesses. */
  readonly address: string
  /** Output of the deployment in the path; 0 where it has none, or none that the hub has made. */
  readonly deployment: number
}

export interface Answer {
  readonly status: number
  readonly type?: 'application/json' | 'application/jwt'
  readonly body?: string
}

export interface RouteParts {
  readonly sessions: MenderSessions
  readonly tokens: Tokens
}

export interface Route {
  readonly clause: string
  readonly mostBytes: number
  readonly take: (asked: Asked, parts: RouteParts) => Promise<Answer>
}

const done: Answer = { status: 204 }

const authenticate: Route = {
  clause: authClause,
  mostBytes: limits.authRequestBytes,
  async take({ body, signature, address }, { sessions, tokens }) {
    const request = readAuthRequest(body)
    const { identity } = request
    const publicKey = provenKey(request.publicKey, body, signature)
    const { device } = await sessions.authenticate(request, { identity, publicKey, address })
    return { status: 200, type: 'application/jwt', body: await tokens.make({ device, identity, publicKey }) }
  },
}

/** The device whose token is shown. @throws MenderError `no-token`, `refused`, `not-accepted` */
async function admitted({ authorization, address }: Asked, { sessions, tokens }: RouteParts): Promise<Recognised> {
  const { device, identity, publicKey } = await tokens.read(authorization)
  return sessions.admit(device, { identity, publicKey, address })
}

function next(read: (asked: Asked) => NextRequest): Route {
  return {
    clause: nextClause,
    mostBytes: limits.nextBytes,
    async take(asked, parts) {
      const words = asked.body.length > 0 ? asked.body.toString('latin1') : asked.query
      const deployment = await parts.sessions.next(await admitted(asked, parts), words, () => read(asked))
      if (deployment === null) return done
      return { status: 200, type: 'application/json', body: deploymentJson(deployment) }
    },
  }
}

const status: Route = {
  clause: statusClause,
  mostBytes: limits.statusBytes,
  async take(asked, parts) {
    await parts.sessions.status(await admitted(asked, parts), asked.deployment, readStatus(asked.body))
    return done
  },
}

const log: Route = {
  clause: logClause,
  mostBytes: limits.logBytes,
  async take(asked, parts) {
    await parts.sessions.log(await admitted(asked, parts), asked.deployment, readLog(asked.body))
    return done
  },
}

function inventory(how: 'replace' | 'merge'): Route {
  return {
    clause: inventoryClause,
    mostBytes: limits.inventoryBytes,
    async take(asked, parts) {
      await parts.sessions.inventory(await admitted(asked, parts), readInventory(asked.body), how)
      return { status: 200 }
    },
  }
}

const deployments = '/deployments/device/deployments'

/** Method and path below `/api/devices` → route. `{id}` is the deployment. */
const table: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  '/v1/authentication/auth_requests': { POST: authenticate },
  [`/v1${deployments}/next`]: {
    GET: next(({ query }) => readNextQuery(query)),
    POST: next(({ body }) => readNextV1(body)),
  },
  [`/v2${deployments}/next`]: { POST: next(({ body }) => readNextV2(body)) },
  [`/v1${deployments}/{id}/status`]: { PUT: status },
  [`/v1${deployments}/{id}/log`]: { PUT: log },
  '/v1/inventory/device/attributes': { PUT: inventory('replace'), PATCH: inventory('merge') },
}

export const prefix = '/api/devices/'
const withId = new RegExp(`^(/v1${deployments})/([\\w.-]{1,100})/(status|log)$`)

/** @throws MenderError `unknown-path`, `wrong-method` */
export function routeOf(method: string, path: string): { route: Route; deployment: number } {
  const below = path.slice(prefix.length - 1)
  const parts = withId.exec(below)
  const methods = table[parts ? `${parts[1]}/{id}/${parts[3]}` : below]
  if (!methods) throw new MenderError('unknown-path', 'device API', `there is no ${path.slice(0, 200)}`)
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!route) throw new MenderError('wrong-method', 'device API', `${path} takes ${Object.keys(methods).join(', ')}`)
  return { route, deployment: outputIdOf(parts?.[2] ?? '') ?? 0 }
}
