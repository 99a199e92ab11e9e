import { SignerRefusal } from './refusal.ts'
import type { SignRequest } from './requests.ts'

const day = 86_400

/** How far ahead the end of a document may lie, seconds: whoever steals a hub must not get documents that last. */
export const longestLife: Readonly<Record<SignRequest['role'], number>> = {
  timestamp: 2 * day,
  snapshot: 14 * day,
  director: 14 * day,
}

/** Versions that a role may use at once; afterwards one a second. */
const versionsAtOnce = 1_000

export interface KeyUse {
  /** The last version that was signed; 0 = none. */
  readonly last: number
  /** When the role got its first key, seconds since the Unix epoch. */
  readonly since: number
}

/**
 * Versions only grow, and no faster than time does: a hub in the wrong hands can neither take anything back nor raise versions so
 * high that real ones look old (fast-forward). Assignments are many, so their versions are times: no memory of each is needed.
 * @param now seconds since the Unix epoch
 * @throws SignerRefusal `version-refused`, `expiry-refused`
 */
export function checkVersion({ role, fields: { version, expires } }: SignRequest, use: KeyUse, now: number): void {
  if (expires <= now || expires > now + longestLife[role])
    throw new SignerRefusal(
      'expiry-refused',
      `a ${role} document ends within ${longestLife[role]} s, and not before it begins`,
    )
  if (role === 'director') {
    if (Math.abs(version - now) > day)
      throw new SignerRefusal('version-refused', `the version of an assignment is the time, now ${now}`, now)
    return
  }
  if (version <= use.last)
    throw new SignerRefusal('version-refused', `${role} ${use.last} was signed, ${version} is not newer`, use.last)
  const most = farthestVersion(use, now)
  if (version > most) throw new SignerRefusal('version-refused', `${role} ${version} is ahead of ${most}`, use.last)
}

/** The highest version that may be signed now, and that can have been signed until now. */
export function farthestVersion({ last, since }: KeyUse, now: number): number {
  return Math.max(last + 1, versionsAtOnce + Math.max(0, now - since))
}
