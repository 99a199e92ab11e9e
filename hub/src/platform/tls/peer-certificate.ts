import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { WallTime } from '../clock.ts'

/** What TLS has verified of whoever connects: an authority of ours has signed it, and it is not over. */
export interface PeerCertificate {
  /** The subject, when it is one common name; else ''. */
  readonly name: string
  /** Lower-case hexadecimal. */
  readonly serial: string
  readonly notAfter: WallTime
  /** Object identifiers of what it is for. */
  readonly uses: readonly string[]
}

/** The certificate at the other end of a connection; null without TLS, without one, and when it was not verified. */
export function peerCertificate(socket: unknown): PeerCertificate | null {
  const { authorized, getPeerX509Certificate } = (socket ?? {}) as Partial<TLSSocket>
  if (authorized !== true || getPeerX509Certificate === undefined) return null
  // A resumed session may be authorized although it has shown none.
  const certificate: X509Certificate | undefined = getPeerX509Certificate.call(socket)
  if (certificate === undefined) return null
  return {
    name: /^CN=([^\n+,]+)$/.exec(certificate.subject)?.[1] ?? '',
    serial: certificate.serialNumber.toLowerCase(),
    notAfter: certificate.validToDate.getTime(),
    uses: certificate.keyUsage ?? [],
  }
}
