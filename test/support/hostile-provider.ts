import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a token says; `undefined` leaves the claim out. */
export type TokenClaims = Readonly<Record<string, unknown>>

/** Makes the ID token that the provider answers with. @param honest what an honest provider would put into it */
export type Forgery = (honest: TokenClaims, keys: ProviderKeys) => string

export interface ProviderKeys {
  readonly own: KeyObject
  /** Of no key that the provider shows. */
  readonly foreign: KeyObject
}

/** An OpenID Connect provider that lies where a test wants it to. */
export interface HostileProvider {
  readonly issuer: string
  /** For the next log-ins. */
  forge: Forgery
  /** What the token endpoint was asked, form by form. */
  readonly asked: URLSearchParams[]
  stop(): void
}

export async function startHostileProvider(clientId: string): Promise<HostileProvider> {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const keys = { own: pair(), foreign: pair() }
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = { issuer, forge: honestToken as Forgery, asked: [] as URLSearchParams[], stop: () => server.close() }
  const documents: Record<string, unknown> = {
    '/.well-known/openid-configuration': {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      // Everything, so that only the hub's own judgement stands between a forged token and a session.
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    },
    '/jwks': { keys: [{ ...publicJwk(keys.own), kid: 'own', alg: 'RS256', use: 'sig' }] },
  }
  server.on('request', (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += String(chunk)))
    request.on('end', () => {
      const document = documents[request.url!] ?? token(new URLSearchParams(body))
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    })
  })
  const token = (form: URLSearchParams) => {
    provider.asked.push(form)
    const now = Math.floor(Date.now() / 1000)
    // The code is the nonce that the hub sent: so this provider needs no memory.
    const honest = { iss: issuer, aud: clientId, sub: 'eve', nonce: form.get('code'), iat: now, exp: now + 300 }
    return { access_token: 'any', token_type: 'Bearer', id_token: provider.forge(honest, keys) }
  }
  return provider
}

export const honestToken: Forgery = (honest, { own }) => signed(honest, own)

/** A JWT (RFC 7519) signed with RS256, or said to be. */
export function signed(claims: TokenClaims, key: KeyObject, header: object = {}): string {
  const text = unsigned({ alg: 'RS256', kid: 'own', ...header }, claims)
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

/** The signature is an HMAC whose secret is the provider's public key, as everybody can read it. */
export function confused(claims: TokenClaims, key: KeyObject): string {
  const text = unsigned({ alg: 'HS256', kid: 'own' }, claims)
  const secret = createPublicKey(key).export({ type: 'spki', format: 'pem' })
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

export function unsigned(header: object, claims: TokenClaims): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}

function publicJwk(key: KeyObject): JsonWebKey {
  return createPublicKey(key).export({ format: 'jwk' })
}
