import type { Action, Role } from '../../../platform/access.ts'
import type { WallTime } from '../../../platform/clock.ts'
import type { Approval } from './approval.ts'

export const roles = ['operator', 'developer', 'sponsor', 'subscriber', 'auditor'] as const satisfies readonly Role[]

/** How long a person stays logged in, milliseconds. */
export const sessionLifetime = 12 * 3_600_000

/** A browser in which nobody does anything for so long is logged out, milliseconds. */
export const browserIdleLimit = 30 * 60_000

/** `browser`: in a cookie; `token`: in a program's hands. */
export type SessionKind = 'token' | 'browser'

/** A person who is logged in somewhere. */
export interface OpenSession {
  readonly id: string
  readonly kind: SessionKind
  readonly createdAt: WallTime
  /** Not exact: some seconds late. */
  readonly lastUsedAt: WallTime
  readonly expiresAt: WallTime
}

/** Log-ins that one account keeps at a time; the oldest goes when another comes. */
export const sessionsPerAccount = 50

/** A person who can log in. Its id is that of the user in entity-management. */
export interface Account {
  readonly id: string
  readonly tenant: string
  /** What is typed at log-in: lower case, unique. */
  readonly name: string
  readonly roles: readonly Role[]
  readonly disabled: boolean
  /** Grows with every change: the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

/** A credential for a system, on behalf of the account that made it. */
export interface ApiKey {
  readonly id: string
  /** Its account's. */
  readonly tenant: string
  /** Id of the account: what the system does, it does as its owner. */
  readonly account: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Only these; null = all that the roles allow. */
  readonly actions: readonly Action[] | null
  readonly createdAt: WallTime
  readonly expiresAt: WallTime
  readonly revokedAt: WallTime | null
  /** Not exact: some seconds late. Null = never. */
  readonly lastUsedAt: WallTime | null
}

/** A right to enrol devices into a household; the secret is known only to whoever it was given to. */
export interface Claim {
  readonly id: string
  readonly tenant: string
  readonly household: string
  /** What proves it: a secret, or the key of a claim certificate. */
  readonly kind: 'token' | 'certificate'
  readonly serial: string | null
  readonly serialPrefix: string | null
  /** Who agrees besides: `none`, `person`, or a CEL expression over serial and class; where that does not hold, a person. */
  readonly approval: Approval
  /** It ends with this order. */
  readonly order: string | null
  /** It gives this device its identity back; null = it makes new ones. */
  readonly device: string | null
  readonly uses: number
  readonly used: number
  readonly createdBy: string
  readonly createdAt: WallTime
  readonly expiresAt: WallTime
  readonly revokedAt: WallTime | null
}

/** The roles that both lists have, in the order of the second. */
export function sharedRoles(granted: readonly Role[], held: readonly Role[]): Role[] {
  return held.filter((role) => granted.includes(role))
}

/** What an account has of its own and what is given to it, each once, in their usual order. */
export function allRoles(own: readonly Role[], given: readonly Role[]): Role[] {
  return roles.filter((role) => own.includes(role) || given.includes(role))
}
