import { hash } from 'node:crypto'
import type { Role } from '../../../platform/access.ts'
import type { WallTime } from '../../../platform/clock.ts'
import { roles } from './account.ts'

/** How long a person may take to log in elsewhere, milliseconds. */
export const oidcLoginLifetime = 10 * 60_000

/** Where people may log in by OpenID Connect. */
export interface IdentityProvider {
  readonly id: string
  readonly tenant: string
  /** On the log-in page. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /**
   * Whoever has one of these values in that claim gets the role, also without an invitation, and loses it with the value.
   * Null = only people who were invited.
   */
  readonly roleMapping: RoleMapping | null
  readonly disabled: boolean
  /** Grows with every change: the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

export interface RoleMapping {
  readonly claim: string
  readonly roles: Readonly<Record<string, Role>>
}

/** Claims of a token whose signature and addressee were checked. */
export type Claims = Readonly<Record<string, unknown>>

/** The roles that the claims give, in their usual order. */
export function mappedRoles(mapping: RoleMapping | null, claims: Claims): Role[] {
  if (mapping === null) return []
  const claim = claims[mapping.claim]
  const values = (Array.isArray(claim) ? claim : [claim]).filter((value) => typeof value === 'string')
  const given = new Set(values.flatMap((value) => (Object.hasOwn(mapping.roles, value) ? [mapping.roles[value]!] : [])))
  return roles.filter((role) => given.has(role))
}

/** The e-mail address, lower case, if the provider has verified it: anybody can claim an unverified one. */
export function verifiedEmail(claims: Claims): string | null {
  const { email, email_verified: verified } = claims
  return verified === true && typeof email === 'string' && email.length <= 254 ? email.toLowerCase() : null
}

/** A name for a new account of that person, of the characters that account names have. */
export function accountName(claims: Claims, subject: string): string {
  const wanted = [verifiedEmail(claims), claims['preferred_username'], subject].find(
    (text) => typeof text === 'string' && text !== '',
  )
  const name = String(wanted)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._@-]/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 63)
  return name === '' ? `person-${hash('sha256', subject).slice(0, 12)}` : name
}

/**
 * What must come back from the provider, and the proof that it is asked for by whoever began: all of it follows from a secret that
 * is in the browser's cookie only (RFC 7636; OpenID Connect Core 1.0, 3.1.2.1).
 */
export function oidcSecrets(browserSecret: string): { readonly verifier: string; readonly nonce: string } {
  return {
    verifier: hash('sha256', `sutler-oidc-verifier ${browserSecret}`, 'base64url'),
    nonce: hash('sha256', `sutler-oidc-nonce ${browserSecret}`, 'base64url'),
  }
}
