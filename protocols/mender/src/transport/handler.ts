import { clientAddress, type Proxies } from '@sutler/http'
import { MenderError } from '../errors.ts'
import { authClause } from '../wire/auth-request.ts'
import { readBody } from './body.ts'
import { prefix, routeOf, type Answer, type RouteParts } from './routes.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MenderSessions } from '../sessions.ts'

export type MenderHandler = (request: IncomingMessage, response: ServerResponse) => boolean

export interface Serving {
  readonly handle: MenderHandler
  /** Resolves once what is being answered has been answered. */
  settled(): Promise<void>
}

/** Requests that are worked on at once; beyond it a device is asked to come again. */
const mostAtOnce = 2_000
/** Seconds after which a device that could not be served is to try again. */
const busySeconds = 10

export interface HandlerParts {
  readonly sessions: MenderSessions | null
  readonly tokens: RouteParts['tokens']
  readonly fronts: Proxies
  /** How long a body may take to arrive, milliseconds. */
  readonly bodyPatience: number
}

/**
 * Mender's device API, `/api/devices/v1/…` and `/api/devices/v2/…`.
 * With `sessions` null it is not started, or stopped: devices are asked to come again.
 * @param report hears what is no device's mistake
 */
export function createHandler(
  { sessions, tokens, fronts, bodyPatience }: HandlerParts,
  report: (error: unknown) => void,
): Serving {
  const working = new Set<Promise<void>>()
  return {
    handle(request, response) {
      if (request.url?.startsWith(prefix) !== true) return false
      if (sessions === null || working.size >= mostAtOnce) {
        refuse(request, response, new MenderError('not-taken', 'device API', 'the hub is not ready for more'))
        return true
      }
      const work = answer(request, { sessions, tokens }, clientAddress(request, fronts), bodyPatience)
        .then(
          (given) => send(response, given),
          (error: unknown) => {
            if (!(error instanceof MenderError) || error.code === 'not-taken') report(error)
            refuse(request, response, error)
          },
        )
        .finally(() => working.delete(work))
      working.add(work)
      return true
    },
    async settled() {
      await Promise.all(working)
    },
  }
}

async function answer(
  request: IncomingMessage,
  parts: RouteParts,
  address: string,
  bodyPatience: number,
): Promise<Answer> {
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  const { route, deployment } = routeOf(request.method ?? '', mark === -1 ? url : url.slice(0, mark))
  const { authorization, 'x-men-signature': signature } = request.headers
  // A log may have a megabyte: of whoever shows no good token nothing is read.
  if (route.clause !== authClause) await parts.tokens.read(authorization)
  const body = await readBody(request, route.mostBytes, route.clause, bodyPatience)
  const asked = {
    body,
    query: mark === -1 ? '' : url.slice(mark + 1),
    authorization,
    signature: typeof signature === 'string' ? signature : undefined,
    address,
    deployment,
  }
  return route.take(asked, parts)
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  if (response.destroyed) return
  if (body === undefined) response.writeHead(status, status === 204 ? {} : { 'content-length': 0 }).end()
  else response.writeHead(status, { 'content-type': type!, 'content-length': Buffer.byteLength(body) }).end(body)
}

/** Mender's form of an error; the client writes `error` into its log. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const known = error instanceof MenderError ? error : new MenderError('not-taken', 'device API', 'the hub failed')
  const body = JSON.stringify({ error: known.message, code: known.code })
  const retryAfter = known.retryAfter ?? (known.status === 503 ? busySeconds : null)
  response.writeHead(known.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(retryAfter === null ? {} : { 'retry-after': String(retryAfter) }),
    // What is left of the body is not read, so that nothing may follow it.
    ...(request.complete ? {} : { connection: 'close' }),
  })
  response.end(body)
}
