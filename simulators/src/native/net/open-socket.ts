import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { SecureContext } from 'node:tls'
import type { Peer } from './loopback.ts'

/** Whom a fleet trusts, and, for a connection of one device, as whom it goes. */
export interface Credentials {
  /** PEM; null = those that the system trusts. */
  readonly authority: string | null
  /** PEM; null = it shows no certificate. */
  readonly device: { readonly certificate: string; readonly key: string } | null
}

/** Bytes that came, at the front of a buffer that is only good until the function returns. */
export type Take = (buffer: Buffer, length: number) => void

/** The contexts of connections that show no certificate, by authority: making one costs more than using it. */
const contexts = new Map<string | null, SecureContext>()

/**
 * Opens a connection; `ready` is called when it stands, the handshake included. Without TLS all connections that pass the
 * same `shared` buffer read into it: sound because libuv asks for the buffer, reads, and calls back in one go.
 */
export function openSocket(
  { host, port, tls }: Peer,
  credentials: Credentials,
  shared: Buffer,
  take: Take,
  ready: () => void,
): Socket {
  if (!tls) {
    const callback = (length: number): boolean => (take(shared, length), true)
    return connectPlain({ host, port, noDelay: true, onread: { buffer: shared, callback } }, ready)
  }
  const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
  const socket = connectTls({ host, port, secureContext: contextOf(credentials), ...servername }, ready)
  socket.setNoDelay(true)
  socket.on('data', (bytes: Buffer) => take(bytes, bytes.length))
  return socket
}

function contextOf({ authority, device }: Credentials): SecureContext {
  const ca = authority === null ? {} : { ca: authority }
  if (device !== null) return createSecureContext({ ...ca, cert: device.certificate, key: device.key })
  const known = contexts.get(authority) ?? createSecureContext(ca)
  contexts.set(authority, known)
  return known
}
