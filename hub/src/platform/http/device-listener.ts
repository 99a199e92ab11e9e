import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { listen } from '../listen.ts'
import type { Log } from '../log.ts'
import type { Incoming } from './bindings.ts'
import { sendProblem } from './body.ts'
import { CallerError } from '../errors.ts'
import { noSuchRoute } from './codes.ts'
import type { RawHandler } from './server.ts'

/** Takes a request to speak WebSocket; false = not its path. */
export type UpgradeHandler = (incoming: Incoming, socket: Duplex, head: Buffer) => boolean

export interface DeviceListenerOptions {
  readonly log: Log
  /** Tried in order; what none of them takes is not found. */
  readonly raw: readonly RawHandler[]
  readonly upgrade: UpgradeHandler
  readonly connectionLimit: number
}

export interface DeviceListener {
  /** Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  listen(host: string, port: number): Promise<number>
  /** Takes no new requests, and ends all connections. */
  close(): Promise<void>
}

/** A listener without TLS for devices that cannot do it: their protocols and files, no API and no pages. */
export function createDeviceListener(options: DeviceListenerOptions): DeviceListener {
  const server: Server = createServer({
    keepAliveTimeout: 65_000,
    headersTimeout: 20_000,
    requestTimeout: 0,
    noDelay: true,
  })
  server.maxConnections = options.connectionLimit
  server.on('request', (incoming: Incoming, outgoing) => {
    for (const handle of options.raw) if (handle(incoming, outgoing)) return
    sendProblem(incoming, outgoing, new CallerError(noSuchRoute, `${incoming.url ?? ''} is no address for devices.`))
  })
  server.on('upgrade', (incoming: Incoming, socket, head) => {
    if (options.upgrade(incoming, socket, head)) return
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  return {
    listen: (host, port) => listen(server, 'plain HTTP for devices', host, port, options.log),
    async close() {
      if (!server.listening) return
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
