import { createServer as createPlainServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { listen } from '../../listen.ts'
import type { Log } from '../../log.ts'
import { boundHandshakes, type HandshakeLimits } from '../../tls/handshakes.ts'
import { tlsSettings } from '../../tls/tls-settings.ts'
import type { Incoming } from '../bindings.ts'
import { sendProblem } from '../body.ts'
import { CallerError } from '../../errors.ts'
import { noSuchRoute } from '../codes.ts'
import type { TlsIdentity } from '../server.ts'
import { builtFiles } from './built-files.ts'
import type { Origins } from './origins.ts'

export interface AppListenerOptions {
  readonly log: Log
  /** Of the built frame and service worker. */
  readonly directory: string
  readonly origins: Origins
  readonly connectionLimit: number
  readonly handshakes: HandshakeLimits
}

export interface AppListener {
  /** With TLS. Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  listen(host: string, port: number, identity: TlsIdentity): Promise<number>
  /** Without, on 127.0.0.1. Returns the port. @throws as `listen` */
  listenPlain(port: number): Promise<number>
  /** New connections see the new certificate. */
  showIdentity(identity: TlsIdentity): void
  /** Takes no new requests, and ends all connections. */
  close(): Promise<void>
}

/**
 * The origin on which apps of browser devices run, apart from the hub's: they see neither its sessions nor the device's storage. All that
 * is served here is the frame by which a device puts them there and the service worker that serves them from the browser.
 */
export function createAppListener(options: AppListenerOptions): AppListener {
  const { log, connectionLimit, handshakes } = options
  const common = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 20_000, noDelay: true }
  const plain = createPlainServer(common)
  const tls = createTlsServer({ ...common, handshakeTimeout: handshakes.deadline, ALPNProtocols: ['http/1.1'] })
  boundHandshakes(tls, handshakes)
  tls.on('tlsClientError', (error) => log.debug({ reason: error.message }, 'a TLS handshake failed'))
  const answer = answers(options)
  for (const server of [plain, tls]) {
    server.maxConnections = connectionLimit
    server.on('request', answer)
  }
  const show = ({ server, authority }: TlsIdentity): void => tls.setSecureContext(tlsSettings(server, authority))
  return {
    listen(host, port, identity) {
      show(identity)
      return listen(tls, 'HTTPS for apps', host, port, log)
    },
    listenPlain: (port) => listen(plain, 'plain HTTP for apps', '127.0.0.1', port, log),
    showIdentity: show,
    close: async () => void (await Promise.all([plain, tls].map(close))),
  }
}

const address = /^\/\.sutler\/([a-z-]+\.(?:html|js))$/

function answers({ directory, origins }: AppListenerOptions) {
  const files = builtFiles(directory)
  return (incoming: Incoming, outgoing: ServerResponse): void => {
    const file = files.get(address.exec(incoming.url ?? '')?.[1] ?? '')
    if (file === undefined || (incoming.method !== 'GET' && incoming.method !== 'HEAD')) {
      const detail = `${incoming.url ?? ''} is not in this browser: apps are opened from the page of their device.`
      return sendProblem(incoming, outgoing, new CallerError(noSuchRoute, detail))
    }
    outgoing.writeHead(200, {
      'content-type': file.type,
      'content-length': file.bytes.length,
      'content-security-policy': policyFor(origins.hubsFor(incoming)),
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'service-worker-allowed': '/',
      'x-content-type-options': 'nosniff',
    })
    outgoing.end(incoming.method === 'HEAD' ? undefined : file.bytes)
  }
}

/** Only pages of the hub put apps here. */
function policyFor(hubs: readonly string[]): string {
  const framers = hubs.length === 0 ? "'none'" : hubs.join(' ')
  return `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framers}`
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
