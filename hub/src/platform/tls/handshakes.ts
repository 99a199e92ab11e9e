import type { Socket } from 'node:net'
import type { Server } from 'node:tls'

export interface HandshakeLimits {
  /** Handshakes in progress at a time, over all addresses; a connection beyond is cut before anything is computed. */
  readonly most: number
  /** Of these, from one address other than this machine's own. */
  readonly mostPerAddress: number
  /** One that takes longer is cut, milliseconds. */
  readonly deadline: number
}

type Listener = (this: Server, socket: Socket) => void

/**
 * Bounds the handshakes of a server that are in progress: each costs it a signature, and whoever connects has proved nothing
 * yet. Call it once, before it listens.
 */
export function boundHandshakes(server: Server, limits: HandshakeLimits): void {
  const begin = server.listeners('connection') as Listener[]
  const byAddress = new Map<string, number>()
  /** Address, by address and port of the other end. */
  const running = new Map<string, string>()

  const ended = (peer: string): void => {
    const address = running.get(peer)
    if (address === undefined) return
    running.delete(peer)
    const left = byAddress.get(address)! - 1
    if (left === 0) byAddress.delete(address)
    else byAddress.set(address, left)
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = byAddress.get(address) ?? 0
    const most = isLoopback(address) ? limits.most : limits.mostPerAddress
    if (running.size >= limits.most || count >= most) return void socket.destroy()
    const peer = `${address} ${socket.remotePort}`
    running.set(peer, address)
    byAddress.set(address, count + 1)
    socket.once('close', () => ended(peer))
    for (const listener of begin) listener.call(server, socket)
  })
  // One that is late is reported by Node, but left open.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  server.on('secureConnection', (socket) => ended(`${socket.remoteAddress ?? ''} ${socket.remotePort}`))
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
