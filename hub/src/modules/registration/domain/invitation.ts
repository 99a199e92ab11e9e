import type { Role } from '../../../platform/access.ts'
import type { WallTime } from '../../../platform/clock.ts'

/** How long the link for the first operator is good, milliseconds. A hub that starts again makes a new one. */
export const setupLinkLifetime = 24 * 3_600_000

/** A right to make one account; the token is known only to whoever the link was given to. */
export interface Invitation {
  readonly id: string
  readonly tenant: string
  /** Of the account. */
  readonly roles: readonly Role[]
  /** The person it is for; null = a new one, in `households`. */
  readonly user: string | null
  readonly households: readonly string[]
  /** Who logs in through an identity provider with this verified address may use it, too. */
  readonly email: string | null
  /** Account id; null = the hub itself, for its first operator. */
  readonly createdBy: string | null
  readonly createdAt: WallTime
  readonly expiresAt: WallTime
  readonly usedAt: WallTime | null
}

/**
 * The page with the token behind `#`: what follows it is sent to no server and is in no log. After a dot in it: by what the
 * command line recognises the hub.
 */
export function invitationLink(publicUrl: string, token: string): string {
  return `${publicUrl}/setup#${token}`
}
