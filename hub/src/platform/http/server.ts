import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { createServer as createPlainServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { CallerError } from '../errors.ts'
import { listen } from '../listen.ts'
import type { Log } from '../log.ts'
import { boundHandshakes, type HandshakeLimits } from '../tls/handshakes.ts'
import { tlsSettings, type ServerKey } from '../tls/tls-settings.ts'
import type { ApiEnv } from './api.ts'
import { bindings, type Incoming } from './bindings.ts'
import { readJsonBody, sendProblem } from './body.ts'
import { methodNotAllowed, noSuchRoute } from './codes.ts'
import { hubResponse, measureRequests } from './hub-response.ts'
import { createIdempotency, type Idempotency, type IdempotencyOptions } from './idempotency.ts'
import { mount } from './mount.ts'
import type { OpenApi } from './openapi.ts'
import { addOperations, type OperationsOptions } from './operations.ts'
import { isUnexpected, problemResponse } from './problem.ts'
import { addPublicPages } from './public-pages.ts'
import { RequestLimited, requestLimits, type RequestLimits, type RequestRates } from './request-limits.ts'

/** Answers requests before any router sees them; returns false to leave one alone. */
export type RawHandler = (incoming: Incoming, outgoing: ServerResponse) => boolean

export interface WebServerOptions extends OperationsOptions, IdempotencyOptions {
  readonly version: string
  readonly log: Log
  /** The modules' routers, mounted under /api/v1. */
  readonly modules: readonly Hono<ApiEnv>[]
  /** Other interfaces' routers, by the prefix that each is mounted under. */
  readonly faces?: Readonly<Record<string, Hono<ApiEnv>>>
  /** Tried in order before the router: files. */
  readonly raw: readonly RawHandler[]
  /** Largest JSON body, bytes. */
  readonly bodyLimit: number
  /** How long a JSON body may take to arrive, milliseconds. */
  readonly bodyDeadline: number
  readonly connectionLimit: number
  /** Absent = no limits. */
  readonly rates?: RequestRates
  /** Pages for people, at their own addresses. */
  readonly pages?: readonly Hono<ApiEnv>[]
  readonly handshakes: HandshakeLimits
  /** Certificates of the hub's authority, PEM; public. */
  readonly authority: () => string
}

/** How a listener with TLS shows itself, and whose certificates it takes. */
export interface TlsIdentity {
  readonly server: ServerKey
  /** PEM of who signs devices' certificates. */
  readonly authority: string
}

export interface WebServer {
  readonly app: Hono<ApiEnv>
  readonly idempotency: Idempotency
  openApi(): Promise<OpenApi>
  /** With TLS. Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  listen(host: string, port: number, identity: TlsIdentity): Promise<number>
  /** Without TLS, for this machine only: on 127.0.0.1. Returns the port. @throws as `listen` */
  listenPlain(port: number): Promise<number>
  /** New connections see the new certificate; those that stand are left alone. */
  showIdentity(identity: TlsIdentity): void
  /** Passes on requests for a WebSocket at this path; without it they are refused. */
  onUpgrade(listener: UpgradeListener): void
  /** Takes no new requests, lets running ones finish for `deadline` milliseconds, then cuts them. */
  close(deadline: number): Promise<void>
}

export type UpgradeListener = (incoming: Incoming, socket: Duplex, head: Buffer) => void

export const apiPrefix = '/api/v1'
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The hub's web server: API, documentation, operations; files by a raw handler. */
export function createWebServer(options: WebServerOptions): WebServer {
  const app = new Hono<ApiEnv>()
  app.onError((error, c) => {
    const response = problemResponse(error, c)
    if (isUnexpected(error)) {
      const fields = { err: error, requestId: bindings(c).incoming?.requestId, path: c.req.path }
      options.log[response.status === 503 ? 'warn' : 'error'](fields, 'a request failed')
    }
    return response
  })
  app.notFound((c) => {
    const allowed = methods.filter((method) => app.router.match(method, c.req.path)[0].length > 0)
    if (allowed.length === 0)
      return problemResponse(new CallerError(noSuchRoute, `${c.req.path} is no address of this hub.`), c)
    const detail = `${c.req.method} ${c.req.path}; it takes ${allowed.join(', ')}.`
    const response = problemResponse(new CallerError(methodNotAllowed, detail), c)
    response.headers.set('allow', allowed.join(', '))
    return response
  })
  const idempotency = createIdempotency(options)
  const limits = options.rates && requestLimits(options.rates, options.clock, options.log)
  addOperations(app, options)
  for (const module of options.modules) mount(app, apiPrefix, module, options.access, idempotency, limits)
  for (const [prefix, face] of Object.entries(options.faces ?? {}))
    mount(app, prefix, face, options.access, idempotency, limits)
  for (const page of options.pages ?? []) app.route('/', page)
  const openApi = addPublicPages(app, options.version, options.authority)
  const { tls, plain } = createServers(options, requestListener(app, options, limits))
  return {
    app,
    idempotency,
    openApi,
    listen(host, port, identity) {
      tls.setSecureContext(tlsSettings(identity.server, identity.authority))
      return listen(tls, 'HTTPS', host, port, options.log)
    },
    listenPlain: (port) => listen(plain, 'plain HTTP', '127.0.0.1', port, options.log),
    showIdentity: (identity) => tls.setSecureContext(tlsSettings(identity.server, identity.authority)),
    onUpgrade(listener) {
      for (const server of [tls, plain]) server.on('upgrade', listener)
    },
    close: async (deadline) => void (await Promise.all([tls, plain].map((server) => close(server, deadline)))),
  }
}

/** The same answers with TLS and without. */
function createServers(
  options: WebServerOptions,
  answer: (incoming: Incoming, outgoing: ServerResponse) => void,
): { tls: TlsServer; plain: Server } {
  const common = {
    ServerResponse: hubResponse(measureRequests(options.metrics, options.clock, Object.keys(options.faces ?? {}))),
    keepAliveTimeout: 65_000,
    headersTimeout: 20_000,
    requestTimeout: 0,
    noDelay: true,
  }
  const plain = createPlainServer(common)
  // Devices show their certificate where they have one; people and systems have none, and nobody is let in by TLS alone.
  const tls = createTlsServer({
    ...common,
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: options.handshakes.deadline,
    ALPNProtocols: ['http/1.1'],
  })
  boundHandshakes(tls, options.handshakes)
  tls.on('tlsClientError', (error) => options.log.debug({ reason: error.message }, 'a TLS handshake failed'))
  for (const server of [plain, tls]) {
    server.maxConnections = options.connectionLimit
    server.on('request', answer)
  }
  return { tls, plain }
}

function requestListener(app: Hono<ApiEnv>, options: WebServerOptions, limits: RequestLimits | undefined) {
  const route = getRequestListener((request, env) => app.fetch(request, env), { overrideGlobalObjects: true })
  const boot = randomBytes(4).toString('hex')
  let count = 0
  return (incoming: Incoming, outgoing: ServerResponse): void => {
    incoming.requestId = `${boot}-${(++count).toString(36)}`
    for (const handle of options.raw) if (handle(incoming, outgoing)) return
    try {
      limits?.admitAddress(incoming.socket.remoteAddress ?? '')
    } catch (error) {
      const retry = error instanceof RequestLimited ? error.retryAfter : 1
      return sendProblem(incoming, outgoing, error, { connection: 'close', 'retry-after': String(retry) })
    }
    if (incoming.method === 'GET' || incoming.method === 'HEAD') void route(incoming, outgoing)
    else readJsonBody(incoming, outgoing, options.bodyLimit, options.bodyDeadline, () => void route(incoming, outgoing))
  }
}

async function close(server: Server, deadline: number): Promise<void> {
  if (!server.listening) return
  const timer = setTimeout(() => server.closeAllConnections(), deadline)
  // A connection whose last answer ends after this would be kept for its next request, which nobody takes.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  clearInterval(sweep)
  clearTimeout(timer)
}
