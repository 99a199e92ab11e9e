import { once } from 'node:events'
import { createServer } from 'node:net'
import { StreamPath } from './stream-path.ts'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import type { CoapTransport, PathEvents, PathKind } from './path.ts'

export interface TcpOptions {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  /** Connections at a time. */
  readonly connections?: number
  /** Turns a connection into a secured one; absent = without security. */
  readonly secure?: (socket: Socket) => Promise<{ socket: Socket; identity: string }>
}

/** CoAP over TCP, and over TLS where the connection is secured (RFC 8323). */
export function tcpTransport({ host, port, clock, connections = 50_000, secure }: TcpOptions): CoapTransport {
  const kind: PathKind = secure ? 'coaps+tcp' : 'coap+tcp'
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true, keepAlive: true })
  server.maxConnections = connections
  const accept = async (events: PathEvents, accepted: Socket) => {
    const key = `${kind} ${accepted.remoteAddress}:${accepted.remotePort}`
    open.add(accepted)
    accepted.on('close', () => open.delete(accepted))
    accepted.on('error', (error) => events.refused(key, error))
    try {
      const { socket, identity } = secure ? await secure(accepted) : { socket: accepted, identity: null }
      new StreamPath({ key, kind, identity, socket, events, clock }).open()
    } catch (error) {
      events.refused(key, error)
      accepted.destroy()
    }
  }
  return {
    kind,
    async start(events) {
      server.on('connection', (socket) => void accept(events, socket))
      server.listen(port, host)
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address ? address.port : port
    },
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
    pathTo: () => null,
  }
}
