import { createSocket, type SocketOptions } from 'node:dgram'
import { lookup } from 'node:dns'
import { once } from 'node:events'
import { isIP } from 'node:net'
import { DatagramPeers } from './datagram-peers.ts'
import type { Clock } from '../clock.ts'
import type { CoapTransport } from './path.ts'

/** Bytes that the kernel may hold for the socket: a storm of registrations arrives faster than it is taken. */
const socketBuffer = 4 * 1024 * 1024

export interface UdpOptions {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  readonly random: () => number
}

/** What is sent to is the address that was heard from: only a name to listen on is looked up. */
export const addressItself: NonNullable<SocketOptions['lookup']> = (address, options, found) => {
  const family = isIP(address)
  if (family === 0) lookup(address, options, found)
  else found(null, address, family)
}

/** CoAP over UDP without security. Requests leave from the port on which it listens: devices and NATs let only that one in. */
export function udpTransport({ host, port, clock, random }: UdpOptions): CoapTransport {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', lookup: addressItself })
  let peers: DatagramPeers | null = null
  return {
    kind: 'coap',
    async start(events) {
      const send = (bytes: Uint8Array, to: { host: string; port: number }) => {
        socket.send(bytes, to.port, to.host)
      }
      const opened = new DatagramPeers({ kind: 'coap', clock, random, events, send })
      peers = opened
      socket.on('message', (bytes, from) => opened.received(bytes, { host: from.address, port: from.port }))
      // Rejects when the socket reports an error first, for example a port that is taken.
      const listening = once(socket, 'listening')
      socket.bind(port, host)
      await listening
      socket.setRecvBufferSize(socketBuffer)
      socket.on('error', (error) => events.refused('the datagram socket', error))
      return socket.address().port
    },
    async stop() {
      peers?.stop()
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
    pathTo: (address) => peers?.pathTo(address) ?? null,
  }
}
