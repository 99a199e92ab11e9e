import { authParameters } from './parameters.ts'

/** A `WWW-Authenticate` challenge, as a device's connection request server sends it. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'digest'
      readonly realm: string
      readonly nonce: string
      readonly opaque: string | null
      readonly algorithm: 'MD5' | 'SHA-256'
      /** Whether `qop="auth"` is offered; without it the client answers as RFC 2069 has it. */
      readonly auth: boolean
    }

/** Null where the challenge is none that this client can meet. @throws CwmpError `bad-authorization` */
export function challengeOf(header: string | undefined): Challenge | null {
  if (header === undefined) return null
  const digest = /(?:^|,)\s*digest\s+/i.exec(header)
  if (digest === null) return /(?:^|,)\s*basic\b/i.test(header) ? { scheme: 'basic' } : null
  const from = digest.index + digest[0].length
  // A header may hold several challenges; the next begins with its scheme (RFC 9110, 11.6.1).
  const next = /,\s*(?:basic|bearer|digest|negotiate|ntlm)\b(?!\s*=)/i.exec(header.slice(from))
  const given = authParameters(next ? header.slice(0, from + next.index) : header, from)
  const algorithm = (given.get('algorithm') ?? 'MD5').toUpperCase()
  const [realm, nonce] = [given.get('realm'), given.get('nonce')]
  if (realm === undefined || nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null
  const offered = given
    .get('qop')
    ?.split(',')
    .map((name) => name.trim().toLowerCase())
  if (offered && !offered.includes('auth')) return null
  return { scheme: 'digest', realm, nonce, opaque: given.get('opaque') ?? null, algorithm, auth: offered !== undefined }
}
