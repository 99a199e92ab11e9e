import type { DigestCredentials } from './credentials.ts'
import type { Challenge } from './challenge.ts'

/** Hexadecimal digest of a text's UTF-8 bytes. */
export type Hash = (algorithm: 'MD5' | 'SHA-256', text: string) => string

/** RFC 7616, 3.4.2: H(A1), all of the password that a server needs to keep. */
export function secretOf(
  hash: Hash,
  algorithm: 'MD5' | 'SHA-256',
  user: string,
  realm: string,
  password: string,
): string {
  return hash(algorithm, `${user}:${realm}:${password}`)
}

/** RFC 7616, 3.4.1: the response that proves knowledge of `secret` (H(A1)) for one request. */
export function responseFor(
  hash: Hash,
  secret: string,
  method: string,
  given: Pick<DigestCredentials, 'algorithm' | 'nonce' | 'uri' | 'qop'>,
): string {
  const request = hash(given.algorithm, `${method}:${given.uri}`)
  const middle = given.qop ? `${given.nonce}:${given.qop.count}:${given.qop.cnonce}:auth` : given.nonce
  return hash(given.algorithm, `${secret}:${middle}:${request}`)
}

/** The `Authorization` header of a client that meets a challenge. `cnonce` is fresh for each. */
export function authorizationFor(
  hash: Hash,
  challenge: Extract<Challenge, { scheme: 'digest' }>,
  request: { readonly method: string; readonly uri: string },
  credentials: { readonly username: string; readonly password: string },
  cnonce: string,
): string {
  const { realm, nonce, opaque, algorithm } = challenge
  const qop = challenge.auth ? { name: 'auth' as const, count: '00000001', cnonce } : null
  const secret = secretOf(hash, algorithm, credentials.username, realm, credentials.password)
  const response = responseFor(hash, secret, request.method, { algorithm, nonce, uri: request.uri, qop })
  const parts = [
    `username=${quoted(credentials.username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
  ]
  if (qop) parts.push(`qop=auth`, `nc=${qop.count}`, `cnonce=${quoted(qop.cnonce)}`)
  if (opaque !== null) parts.push(`opaque=${quoted(opaque)}`)
  return `Digest ${parts.join(', ')}`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
