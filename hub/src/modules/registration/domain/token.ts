import { hash, randomBytes } from 'node:crypto'

/** Secrets that the hub hands out once: each kind has its prefix, so that a scanner finds leaked ones. */
const prefixes = {
  session: 'sut_',
  browser: 'suc_',
  'api-key': 'suk_',
  claim: 'clm_',
  invitation: 'inv_',
  device: 'dvt_',
} as const

export type TokenKind = keyof typeof prefixes

const kinds = new Map(Object.entries(prefixes).map(([kind, prefix]) => [prefix as string, kind as TokenKind]))

/** 32 random bytes; 47 characters. */
export function newToken(kind: TokenKind): string {
  return prefixes[kind] + randomBytes(32).toString('base64url')
}

/** The kind of token this has the form of, or null. */
export function tokenKind(token: string): TokenKind | null {
  if (!/^[a-z]{3}_[A-Za-z0-9_-]{43}$/.test(token)) return null
  return kinds.get(token.slice(0, 4)) ?? null
}

/** SHA-256 in base64url: what is kept of a token. The token is random, so a plain digest is enough and is cheap. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url')
}

/** The same of a claim certificate's serial number: never that of a token, whose form it has not. */
export function claimSerialHash(serial: string): string {
  return hash('sha256', `claim certificate ${serial}`, 'base64url')
}

/**
 * The token that a request is made with: of the header only one that programs hold, of the cookie only one of a browser, so
 * that neither can be used in the other's place and around its rules.
 */
export function presentedToken(authorization: string | undefined, cookie: string | undefined): string | null {
  const token = authorization === undefined ? (cookie ?? null) : bearerToken(authorization)
  const kind = token === null ? null : tokenKind(token)
  const wanted = authorization === undefined ? kind === 'browser' : kind === 'session' || kind === 'api-key'
  return wanted ? token : null
}

/**
 * The token of an `Authorization` header, or null when it is no bearer token of ours (RFC 6750; the scheme's case is free,
 * RFC 9110, 11.1).
 */
function bearerToken(authorization: string | undefined): string | null {
  if (authorization?.length !== 54 || authorization.slice(0, 7).toLowerCase() !== 'bearer ') return null
  return authorization.slice(7)
}
