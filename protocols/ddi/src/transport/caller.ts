import { createHash } from 'node:crypto'
import { clientAddress, type Proxies } from '@sutler/http'
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { IdentityProof } from '@sutler/device-model'
import { DdiError } from '../errors.ts'
import { readAuthorization } from '../wire/authorization.ts'

/** A reverse proxy that ends TLS for the hub and says in headers what it has seen. */
export interface Front {
  /** Whether a connection comes from it: only then are its headers believed. */
  readonly trusts: Proxies
  /** Carries the client's certificate: its SHA-256 in hexadecimal, or itself as PEM, percent-encoded. Lower case. */
  readonly certificateHeader: string
}

/** What a request shows of the device, and how the device reaches the hub. */
export interface Shown {
  readonly proof: IdentityProof
  readonly address: string
  /** `http://host:port`, for the links in answers. */
  readonly origin: string
}

/** @throws DdiError `no-credentials`, `bad-field` */
export function shownBy(request: IncomingMessage, front: Front | null, publicUrl: string | null): Shown {
  const { headers, socket } = request
  const trusts = front?.trusts ?? (() => false)
  const trusted = trusts(socket.remoteAddress ?? '')
  const token = readAuthorization(headers.authorization)
  const passedOn = front && trusted ? one(headers[front.certificateHeader]) : undefined
  const certificate = token ? null : passedOn === undefined ? peerCertificate(socket) : certificateIn(passedOn)
  if (!token && certificate === null)
    throw new DdiError('no-credentials', 'Authorization', 'neither a token nor a certificate is shown')
  const proof = token
    ? token.kind === 'target'
      ? { token: token.token }
      : { gatewayToken: token.token }
    : { certificate: certificate! }
  return { proof, address: clientAddress(request, trusts), origin: publicUrl ?? originOf(request, trusted) }
}

function originOf({ headers, socket }: IncomingMessage, trusted: boolean): string {
  const scheme = (trusted && one(headers['x-forwarded-proto'])) || ('encrypted' in socket ? 'https' : 'http')
  const host = (trusted && one(headers['x-forwarded-host'])) || headers.host || ''
  if (!/^[\w.:[\]-]{1,255}$/.test(host) || !/^https?$/.test(scheme))
    throw new DdiError('bad-field', { clause: 'Host', pointer: '' }, 'is no host and port')
  return `${scheme}://${host}`
}

/** SHA-256 of the certificate that TLS has proved the client to hold; registration knows whose it is. */
function peerCertificate(socket: unknown): string | null {
  const certificate = (socket as Partial<TLSSocket>).getPeerX509Certificate?.()
  return certificate ? certificate.fingerprint256.replaceAll(':', '').toLowerCase() : null
}

function certificateIn(header: string): string | null {
  const digest = header.replaceAll(':', '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digest)) return digest
  const base64 = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]{1,20000})-----END/.exec(percentDecoded(header))?.[1]
  return base64 === undefined ? null : createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex')
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
