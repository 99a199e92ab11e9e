import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecured } from 'node:tls'
import { fromDatagram, fromFrame, message, none, toDatagram, toFrame, whole } from './coap.ts'
import type { OpenLink } from './endpoint.ts'

export interface Server {
  readonly host: string
  readonly port: number
}

export interface PreShared {
  readonly identity: string
  readonly key: Buffer
}

/** CoAP over UDP. @param local the port it sends from; 0 = any */
export function udpLink(server: Server, local = 0): OpenLink {
  return async (received) => {
    const socket = createSocket('udp4')
    socket.bind(local, server.host === '127.0.0.1' ? '127.0.0.1' : undefined)
    await once(socket, 'listening')
    socket.on('message', (bytes) => received(fromDatagram(bytes)))
    let open = true
    return {
      send: (coap) => open && socket.send(toDatagram(coap), server.port, server.host),
      close: () => {
        open = false
        socket.close()
      },
    }
  }
}

/** CoAP over TCP, or over TLS with a pre-shared key (RFC 8323). */
export function streamLink(server: Server, psk?: PreShared): OpenLink {
  return async (received, ended) => {
    const socket = psk ? secured(server, psk) : connectPlain({ ...server, noDelay: true })
    await once(socket, psk ? 'secureConnect' : 'connect')
    let kept: Buffer = none
    socket.on('data', (bytes: Buffer) => {
      kept = Buffer.concat([kept, bytes])
      for (let next = fromFrame(kept); next; next = fromFrame(kept)) {
        kept = next.rest
        received(next.coap)
      }
    })
    socket.on('close', ended)
    socket.on('error', ended)
    // Settings: messages of up to 1200 bytes (RFC 8323, 5.3.1).
    socket.write(toFrame(message(0xe1, { options: [[2, whole(1200)]] })))
    return { send: (coap) => socket.writable && socket.write(toFrame(coap)), close: () => socket.destroy() }
  }
}

function secured(server: Server, { identity, key }: PreShared): Socket {
  return connectSecured({
    ...server,
    maxVersion: 'TLSv1.2',
    ciphers: 'PSK-AES128-GCM-SHA256:PSK-AES128-CCM8:PSK-AES128-CBC-SHA256:@SECLEVEL=0',
    pskCallback: () => ({ psk: key, identity }),
    checkServerIdentity: () => undefined,
  })
}
