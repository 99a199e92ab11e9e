import { connect } from 'node:net'
import type { Socket as NodeSocket } from 'node:net'
import { AgentError } from '../../core/errors.ts'
import type { TlsConnections } from './tls.ts'
import type { Socket, SocketEvents, Sockets } from '../../core/platform.ts'

/** Bytes a hub may leave unread before the connection counts as broken. */
const mostBuffered = 4_194_304

const defaultPorts: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 }

export const nodeSockets = (tls: TlsConnections): Sockets => ({
  addressOf: (mqtt) => mqtt,
  async connect(url, timeout, events) {
    const { protocol, hostname, port } = new URL(url)
    const fallback = defaultPorts[protocol]
    if (fallback === undefined) throw new AgentError('network', `${url} is no MQTT address`)
    const host = hostname.replace(/^\[|\]$/g, '')
    const target = { host, port: port === '' ? fallback : Number(port) }
    if (protocol === 'mqtt:') return open(connect({ ...target, noDelay: true }), 'connect', url, timeout, events)
    const socket = await tls.connect({ ...target, protocol: null, verify: true })
    return open(socket, 'secureConnect', url, timeout, events)
  },
})

function open(socket: NodeSocket, ready: string, url: string, timeout: number, events: SocketEvents): Promise<Socket> {
  let reason = 'the connection was closed'
  return new Promise((resolve, reject) => {
    let connected = false
    const late = setTimeout(() => socket.destroy(new Error(`no connection to ${url} within ${timeout} ms`)), timeout)
    socket.once(ready, () => {
      connected = true
      clearTimeout(late)
      resolve({ write: (bytes) => write(socket, bytes), close: () => socket.end(() => socket.destroy()) })
    })
    socket.on('data', (bytes) => events.data(bytes))
    socket.on('error', (error) => (reason = error.message))
    socket.on('close', () => {
      clearTimeout(late)
      if (connected) events.closed(reason)
      else reject(new AgentError('network', reason))
    })
  })
}

function write(socket: NodeSocket, bytes: Uint8Array): void {
  if (!socket.writable) return
  socket.write(bytes)
  if (socket.writableLength > mostBuffered) socket.destroy(new Error('the hub does not read'))
}
